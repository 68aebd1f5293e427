// Who came to a class: marked row by row with the keys, or all at once; nothing is written before it is saved.
import { App, Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { useDeed } from '../deed';
import {
  ClassRegistrationsDocument,
  type ClassRegistrationsQuery,
  MarkAttendanceDocument,
  type RegistrationState,
} from '../made/graphql/graphql';
import { useModel } from '../model';
import { Equation, Meter } from '../parts/Equation';
import { Fault, Refused } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink } from '../parts/RecordLink';
import { type Column, Rows } from '../parts/Rows';
import { ClassTabs } from '../parts/training/ClassTabs';
import { RollFile } from '../parts/training/RollFile';
import { mayEdit } from '../rights';
import { type Mark, markedSoFar, toSave } from '../roll';
import { counted } from '../sums';
import { useViewer } from '../viewer';
import { NotFound } from './NotFound';

type Class = NonNullable<ClassRegistrationsQuery['trainingClass']>;
type Registration = Class['registrations']['nodes'][number];

/** As many as one command marks. */
const MOST = 500;
const SEATED: RegistrationState[] = ['CONFIRMED', 'ATTENDED', 'NO_SHOW', 'CERTIFIED'];
const HELD = new Set(['HELD', 'CERTIFIED']);

export default function Roll() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const viewer = useViewer();
  const variables = { id, states: SEATED, first: MOST };
  const [{ data, error }, again] = useQuery({ query: trusted(ClassRegistrationsDocument), variables });
  const reload = () => again({ requestPolicy: 'network-only' });
  const of = data?.trainingClass;
  if (data && !of) return <NotFound />;
  return (
    <Page title={t('training.roll')} lead={of && <RecordLink record={of} />} actions={<RollFile id={id} />}>
      <ClassTabs id={id} organiser={of?.organiser?.id} />
      {error && <Fault error={error} retry={reload} />}
      {!of && !error && <Pending rows={8} />}
      {of && !mayEdit(viewer, of.organiser?.id) && <Empty>{t('training.rollIsOrganisers')}</Empty>}
      {of && mayEdit(viewer, of.organiser?.id) && !HELD.has(of.state) && <Empty>{t('training.notHeld')}</Empty>}
      {of && mayEdit(viewer, of.organiser?.id) && HELD.has(of.state) && <Marks of={of} onDone={reload} />}
    </Page>
  );
}

function Marks({ of, onDone }: { of: Class; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const rows = of.registrations.nodes;
  const [changed, setChanged] = useState<ReadonlyMap<string, Mark>>(new Map());
  const save = useDeed(MarkAttendanceDocument);
  const mark = (id: string, to: Mark) => setChanged((before) => new Map(before).set(id, to));
  const marks = markedSoFar(rows, changed);
  const keys = useMemo(() => {
    const to = (mark: Mark) => (index: number) => {
      const row = rows[index];
      if (row && row.state !== 'CERTIFIED') setChanged((before) => new Map(before).set(row.id, mark));
    };
    return { p: to('present'), a: to('absent') };
  }, [rows]);
  const columns = useColumns(marks, mark);
  const { attended, absent } = toSave(rows, changed);
  const open = rows.filter((each) => !marks.has(each.id));
  const submit = async () => {
    if (!(await save.run({ input: { trainingClass: of.id, attended, absent } }))) return;
    setChanged(new Map());
    void message.success(t('training.saved'));
    onDone();
  };
  if (rows.length === 0) return <Empty>{t('training.nobodySeated')}</Empty>;
  return (
    <>
      <Sum rows={rows} marks={marks} />
      <p className="quiet">{t('training.rollKeys')}</p>
      <div className="actions above-table">
        <Button
          disabled={open.length === 0}
          onClick={() => setChanged(new Map([...changed, ...open.map((each) => [each.id, 'present'] as const)]))}
        >
          {t('training.allPresent', { count: open.length })}
        </Button>
        <Button
          type="primary"
          loading={save.isBusy}
          disabled={attended.length + absent.length === 0}
          onClick={() => void submit()}
        >
          {t('training.save', { count: attended.length + absent.length })}
        </Button>
      </div>
      <Refused deed={save} retry={() => void submit()} />
      <Rows rows={rows} columns={columns} label={t('training.roll')} keys={keys} />
    </>
  );
}

function Sum({ rows, marks }: { rows: readonly Registration[]; marks: ReadonlyMap<string, Mark> }) {
  const { t } = useTranslation();
  const found = counted(rows, (each) => marks.get(each.id) ?? 'open');
  const parts = (['present', 'absent', 'open'] as const).map((key) => ({
    key,
    words: t(`training.mark.${key}`),
    count: found.get(key) ?? 0,
  }));
  return (
    <div className="seats" aria-live="polite">
      <Meter total={rows.length} parts={parts} />
      <p>
        <Equation total={rows.length} unit={t('dashboard.persons')} parts={parts} />
      </p>
    </div>
  );
}

function useColumns(marks: ReadonlyMap<string, Mark>, mark: (id: string, to: Mark) => void): Column<Registration>[] {
  const { t } = useTranslation();
  const model = useModel();
  const nameOf = ({ person, id }: Registration) => (person ? model.name(person) : id);
  return [
    {
      key: 'who',
      title: t('training.who'),
      shown: (each) => (each.person ? <RecordLink record={each.person} /> : <code>{each.id}</code>),
    },
    {
      key: 'mark',
      title: t('training.came'),
      shown: (each) =>
        each.state === 'CERTIFIED' ? (
          t('training.isCertified')
        ) : (
          <fieldset className="inline" aria-label={nameOf(each)}>
            {(['present', 'absent'] as const).map((to) => (
              <label key={to} className="choice">
                <input
                  type="radio"
                  name={each.id}
                  checked={marks.get(each.id) === to}
                  onChange={() => mark(each.id, to)}
                />{' '}
                {t(`training.mark.${to}`)}
              </label>
            ))}
          </fieldset>
        ),
    },
    { key: 'home', title: t('training.home'), shown: (each) => (each.home ? model.name(each.home) : '—') },
  ];
}
