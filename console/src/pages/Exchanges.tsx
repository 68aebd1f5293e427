// All exchanges that one may see, drawn from the model as every list, with what can be done about exchange as a whole.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { documentsOfType } from '../places';
import List from './List';

export default function Exchanges() {
  const { t } = useTranslation();
  const documents = documentsOfType('CadreExchange');
  if (!documents) return null;
  return (
    <List
      documents={documents}
      actions={
        <>
          <Link className="button primary" to="/exchanges/new">
            {t('exchange.new')}
          </Link>
          <Link className="button" to="/exchanges/ledger">
            {t('exchange.ledger')}
          </Link>
          <Link className="button" to="/exchanges/matching">
            {t('exchange.matching')}
          </Link>
          <Link className="button" to="/posts">
            {t('exchange.posts')}
          </Link>
          <Link className="button" to="/exchange-wishes">
            {t('wish.list')}
          </Link>
        </>
      }
    />
  );
}
