// Why may I see or use this? The hub's own explanation: you → role → institution → party → agreement → clause → record.
import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { type AccessAction, ExplainDocument, type ExplainQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { recordPlace } from '../places';
import { signOnAddress, useViewer } from '../viewer';
import { Fault } from './Fault';
import { Pending } from './Page';
import { RecordLink } from './RecordLink';

const ACTIONS: Record<string, readonly AccessAction[]> = {
  Instrument: ['USE', 'SEE', 'EDIT', 'PREFERENTIAL_PRICE', 'USE_VOUCHER'],
  Dataset: ['USE', 'SEE', 'EDIT'],
  Institution: ['SEE', 'EDIT', 'DECIDE', 'EXCHANGE_CADRES', 'SEND_TO_TRAINING'],
};
const STANDARD: readonly AccessAction[] = ['SEE', 'EDIT'];

export function AccessPanel({ type, id }: { type: string; id: string }) {
  const { t } = useTranslation();
  const actions = ACTIONS[type] ?? STANDARD;
  const [action, setAction] = useState<AccessAction>(actions[0] ?? 'SEE');
  const words: Record<AccessAction, string> = {
    SEE: t('access.see'),
    USE: t('access.use'),
    EDIT: t('access.edit'),
    DECIDE: t('access.decide'),
    EXCHANGE_CADRES: t('access.exchange'),
    SEND_TO_TRAINING: t('access.training'),
    USE_VOUCHER: t('access.voucher'),
    PREFERENTIAL_PRICE: t('access.price'),
  };
  return (
    <section className="panel" aria-labelledby="access">
      <h2 id="access">{t('entity.access')}</h2>
      <p id="access-question">{t('access.question')}</p>
      <Radio.Group
        aria-labelledby="access-question"
        value={action}
        onChange={(event) => setAction(event.target.value as AccessAction)}
        options={actions.map((each) => ({ value: each, label: words[each] }))}
      />
      <Explained node={id} action={action} />
    </section>
  );
}

function Explained({ node, action }: { node: string; action: AccessAction }) {
  const [{ data, error, fetching }, again] = useQuery({ query: trusted(ExplainDocument), variables: { node, action } });
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data || fetching) return <Pending rows={3} />;
  return <Answer told={data.explainAccess} />;
}

function Answer({ told }: { told: ExplainQuery['explainAccess'] }) {
  const { t } = useTranslation();
  const model = useModel();
  const viewer = useViewer();
  const isEnglish = model.language === 'en';
  const missing = isEnglish ? told.missingEn : told.missing;
  return (
    <div aria-live="polite" className="explained">
      <p className={told.allowed ? 'verdict yes' : 'verdict no'}>
        {told.allowed ? <CheckCircleOutlined aria-hidden="true" /> : <CloseCircleOutlined aria-hidden="true" />}{' '}
        <strong>{told.allowed ? t('access.yes') : t('access.no')}</strong>
        {told.until && <span> · {t('access.until', { day: told.until })}</span>}
      </p>
      <p>{isEnglish ? told.sentenceEn : told.sentence}</p>
      {told.path.length > 0 && (
        <>
          <h3>{t('access.path')}</h3>
          <ol className="grounds">
            {told.path.map((each) => (
              <li key={`${each.part}-${each.words}`}>
                {each.node ? (
                  <Link to={recordPlace(each.node.id, each.node.__typename)}>
                    {isEnglish ? each.wordsEn : each.words}
                  </Link>
                ) : isEnglish ? (
                  each.wordsEn
                ) : (
                  each.words
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      {missing && (
        <>
          <h3>{t('access.missing')}</h3>
          <p>{missing}</p>
        </>
      )}
      <Granters told={told} />
      {!told.allowed && viewer && !viewer.isSignedOn && <Button href={signOnAddress()}>{t('access.signOn')}</Button>}
    </div>
  );
}

function Granters({ told }: { told: ExplainQuery['explainAccess'] }) {
  const { t } = useTranslation();
  if (told.whoCouldGrant.length === 0) return null;
  return (
    <>
      <h3>{t('access.grant')}</h3>
      <ul className="plain">
        {told.whoCouldGrant.map((each) => (
          <li key={each.institution?.id ?? each.people.map((one) => one.id).join()}>
            {each.institution && <RecordLink record={each.institution} hasKind />}
            {each.people.map((one) => one.person && <RecordLink key={one.id} record={one.person} hasKind />)}
          </li>
        ))}
      </ul>
    </>
  );
}
