// Who is registered for a class: a group is one row that opens; approved, rejected, cancelled, certified by those who may.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { instant, whole } from '../format';
import {
  ClassRegistrationsDocument,
  type ClassRegistrationsQuery,
  type RegistrationState,
} from '../made/graphql/graphql';
import { useModel } from '../model';
import { type Party, parties } from '../parties';
import { Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink } from '../parts/RecordLink';
import { type Column, Rows } from '../parts/Rows';
import { StateChoice, useChosenState } from '../parts/StateChoice';
import { ClassTabs } from '../parts/training/ClassTabs';
import { Deeds } from '../parts/training/Deeds';
import { RollFile } from '../parts/training/RollFile';
import { mayEdit } from '../rights';
import { useKept } from '../useKept';
import { useViewer } from '../viewer';
import { NotFound } from './NotFound';

type Class = NonNullable<ClassRegistrationsQuery['trainingClass']>;
type Registration = Class['registrations']['nodes'][number];

const PAGE = 100;
const STATES: readonly RegistrationState[] = [
  'SUBMITTED',
  'CONFIRMED',
  'WAITLISTED',
  'APPROVED',
  'ATTENDED',
  'CERTIFIED',
  'NO_SHOW',
  'CANCELLED',
  'REJECTED',
];
/** Who is out is shown when asked for. */
const LIVE = STATES.slice(0, -2);

export default function Registrations() {
  const { id = '' } = useParams();
  const state = useChosenState(STATES);
  return <Listed key={`${id} ${state}`} id={id} states={state ? [state] : LIVE} />;
}

function Listed({ id, states }: { id: string; states: readonly RegistrationState[] }) {
  const { t } = useTranslation();
  const model = useModel();
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, stale }, again] = useQuery({
    query: trusted(ClassRegistrationsDocument),
    variables: { id, states: [...states], first },
  });
  const reload = () => again({ requestPolicy: 'network-only' });
  const shown = useKept(data);
  const of = shown?.trainingClass;
  if (shown && !of) return <NotFound />;
  return (
    <Page title={t('training.registrations')} lead={of && <RecordLink record={of} />} actions={<RollFile id={id} />}>
      <ClassTabs id={id} organiser={of?.organiser?.id} />
      <p>
        <StateChoice type="Registration" states={STATES} every={t('training.allLive')} />
      </p>
      {error && <Fault error={error} retry={reload} />}
      {!of && !error && <Pending rows={8} />}
      {of && of.registrations.totalCount === 0 && <Empty>{t('training.noRegistrations')}</Empty>}
      {of && of.registrations.totalCount > 0 && (
        <>
          <p aria-live="polite">
            {t('list.count', { count: whole(of.registrations.totalCount, model.language) as never })}
            <span className="quiet"> · {t('list.shown', { shown: of.registrations.nodes.length })}</span>
          </p>
          <Table of={of} onChange={reload} />
          {of.registrations.pageInfo.hasNextPage && (
            <Button loading={stale} onClick={() => setFirst(first + PAGE)}>
              {t('list.more', { count: PAGE })}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

function Table({ of, onChange }: { of: Class; onChange: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const isOrganiser = mayEdit(useViewer(), of.organiser?.id);
  const at = (text: string | null | undefined) => (text ? instant(text, model.language) : '—');
  const columns: Column<Party<Registration>>[] = [
    {
      key: 'who',
      title: t('training.who'),
      shown: (each) => <Who party={each} isOrganiser={isOrganiser} onChange={onChange} />,
    },
    {
      key: 'home',
      title: t('training.home'),
      shown: ({ members: [first] }) => (first?.home ? <RecordLink record={first.home} /> : '—'),
    },
    {
      key: 'state',
      title: t('training.state'),
      shown: ({ members }) =>
        [...new Set(members.map((each) => model.chosen('Registration', 'state', each.state)))].join(
          model.language === 'en' ? ', ' : '、',
        ),
    },
    { key: 'submitted', title: t('training.submittedAt'), shown: ({ members: [first] }) => at(first?.submittedAt) },
    { key: 'approved', title: t('training.approvedAt'), shown: ({ members: [first] }) => at(first?.approvedAt) },
    {
      key: 'deeds',
      title: t('training.deed'),
      shown: ({ members }) => {
        const asked = members.find((each) => each.state === 'SUBMITTED') ?? members[0];
        const isForAll = members.length > 1;
        return asked && <Deeds registration={asked} isOrganiser={isOrganiser} onDone={onChange} isForAll={isForAll} />;
      },
    },
  ];
  return <Rows rows={parties(of.registrations.nodes)} columns={columns} label={t('training.registrations')} />;
}

function Who({
  party,
  isOrganiser,
  onChange,
}: {
  party: Party<Registration>;
  isOrganiser: boolean;
  onChange: () => void;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const [first, ...others] = party.members;
  if (!first) return null;
  if (others.length === 0) return <Person of={first} />;
  return (
    <details className="party-row">
      <summary>
        {t('training.groupOf', {
          name: first.person ? model.name(first.person) : first.id,
          count: party.members.length,
        })}
      </summary>
      <ul className="plain">
        {party.members.map((each) => (
          <li key={each.id}>
            <Person of={each} /> <span className="quiet">{model.chosen('Registration', 'state', each.state)}</span>
            <Deeds registration={each} isOrganiser={isOrganiser} onDone={onChange} isOfGroup />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Person({ of }: { of: Registration }) {
  return of.person ? <RecordLink record={of.person} /> : <code>{of.id}</code>;
}
