// A sum that people can check: `30 = 25 confirmed + 5 free`, balanced or not, with the same as a bar.
import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { whole } from '../format';
import { useModel } from '../model';
import { gap, type Part, widths } from '../sums';

export function Equation({ total, unit, parts }: { total: number; unit?: string; parts: readonly Part[] }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const missing = gap(total, parts);
  return (
    <span className="equation">
      <strong>{whole(total, language)}</strong> {unit} ={' '}
      {parts.map((each, index) => (
        <span key={each.key} className="summand">
          {index > 0 && '+ '}
          {each.place ? (
            <Link to={each.place}>
              <strong>{whole(each.count, language)}</strong> {each.words}
            </Link>
          ) : (
            <>
              <strong>{whole(each.count, language)}</strong> {each.words}
            </>
          )}{' '}
        </span>
      ))}
      {missing === 0 ? (
        <span className="yes">
          <CheckCircleOutlined aria-hidden="true" /> {t('sum.balanced')}
        </span>
      ) : (
        <span className="no">
          <CloseCircleOutlined aria-hidden="true" /> {t('sum.missing', { count: whole(missing, language) as never })}
        </span>
      )}
    </span>
  );
}

/** The same as a bar; the equation beside it says all of it in words. */
export function Meter({ total, parts }: { total: number; parts: readonly Part[] }) {
  const shares = widths(total, parts);
  return (
    <span className="meter" aria-hidden="true">
      {parts.map((each, index) => (
        <span key={each.key} className={`share ${each.key}`} style={{ width: `${shares[index]}%` }} />
      ))}
    </span>
  );
}
