// An agreement's clauses and what each one opens, for whom, until when.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { AgreementClausesDocument, type AgreementClausesQuery, type ClauseKind } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Fault } from './Fault';
import { Empty, Pending } from './Page';
import { RecordLink } from './RecordLink';
import { type Column, Rows } from './Rows';

type Clause = NonNullable<AgreementClausesQuery['agreement']>['clauses'][number];

export function Clauses({ id }: { id: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data, error }, again] = useQuery({ query: trusted(AgreementClausesDocument), variables: { id } });
  const columns = useColumns();
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Pending />;
  const agreement = data.agreement;
  if (!agreement) return null;
  return (
    <section aria-labelledby="clauses">
      <h2 id="clauses">{t('agreement.clauses')}</h2>
      <p>
        <span className="quiet">{t('agreement.parties')}</span>{' '}
        {agreement.parties.edges.map((each) => (
          <span key={each.node.id} className="party">
            <RecordLink record={each.node} hasKind />
            {each.role && <span className="quiet"> {model.chosenOf('Agreement', 'parties', 'role', each.role)}</span>}
            {each.signedBy && <span className="quiet"> · {each.signedBy}</span>}
          </span>
        ))}
      </p>
      {agreement.clauses.length === 0 ? (
        <Empty>{t('agreement.none')}</Empty>
      ) : (
        <Rows rows={agreement.clauses} columns={columns} label={t('agreement.clauses')} />
      )}
    </section>
  );
}

function useColumns(): Column<Clause>[] {
  const { t } = useTranslation();
  const model = useModel();
  const opens: Record<ClauseKind, string> = {
    SHARE_INSTRUMENTS: t('agreement.instruments'),
    SHARE_DATA: t('agreement.data'),
    ACCEPT_VOUCHERS: t('agreement.vouchers'),
    EXCHANGE_CADRES: t('agreement.exchange'),
    TRAINING_SEATS: t('agreement.training'),
    PREFERENTIAL_PRICE: t('agreement.price'),
  };
  return [
    { key: 'name', title: t('agreement.clause'), shown: (each) => <RecordLink record={each} /> },
    {
      key: 'opens',
      title: t('agreement.opens'),
      shown: (each) => (
        <>
          {opens[each.kind]}
          {each.quota != null && <strong> · {t('agreement.per', { quota: each.quota, per: model.per(each) })}</strong>}
          {each.percent != null && <strong> · {t('agreement.percent', { percent: each.percent })}</strong>}
        </>
      ),
    },
    { key: 'scope', title: t('agreement.scope'), shown: (each) => <Scope clause={each} /> },
    {
      key: 'validity',
      title: t('agreement.validity'),
      shown: (each) =>
        each.effectiveOn || each.expiresOn
          ? `${each.effectiveOn ?? '…'} – ${each.expiresOn ?? '…'}`
          : t('agreement.always'),
    },
  ];
}

function Scope({ clause }: { clause: Clause }) {
  const { t } = useTranslation();
  const model = useModel();
  const named = [...clause.divisions, ...clause.institutions];
  const options = (model.noun('Institution')?.fields ?? []).flatMap((each) => each.options);
  const kinds = clause.scopeKinds.map((each) => {
    const noun = model.ofKind(each.toUpperCase());
    return noun ? model.pluralLabel(noun.name) : model.option(options, each.toUpperCase());
  });
  if (named.length === 0 && kinds.length === 0) return <>{t('agreement.everywhere')}</>;
  return (
    <ul className="plain">
      {kinds.length > 0 && <li>{kinds.join(model.language === 'en' ? ', ' : '、')}</li>}
      {named.map((each) => (
        <li key={each.id}>
          <RecordLink record={each} />
        </li>
      ))}
    </ul>
  );
}
