// Runs of imports as rows: which file, how it went, and whether its books balance.
import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { instant } from '../format';
import { ImportOfDocument, ImportsOfSourceDocument, type ShownImportFragment } from '../made/graphql/graphql';
import { useModel } from '../model';
import type { Part } from '../sums';
import { Equation } from './Equation';
import { Fault } from './Fault';
import { Empty, Pending } from './Page';
import { RecordLink } from './RecordLink';
import { type Column, Rows } from './Rows';

export const FATES = ['new', 'changed', 'unchanged', 'rejected'] as const;
export type Fate = (typeof FATES)[number];

/** What came of rows beside the books, by the name of its sum. */
export const BESIDE = { companions: 'companion', unresolved: 'unresolved' } as const;
export type Aside = (typeof BESIDE)[keyof typeof BESIDE];

/** The right side of the books; `place` where the rows of a fate are shown. */
export function usePartsOf(): (run: ShownImportFragment, place?: (fate: Fate) => string) => Part[] {
  const { t } = useTranslation();
  return (run, place) =>
    FATES.map((fate) => ({ key: fate, words: t(`imports.${fate}`), count: run[fate], place: place?.(fate) }));
}

const ICONS = {
  DIED: CloseCircleOutlined,
  FINISHED: CheckCircleOutlined,
  RUNNING: ClockCircleOutlined,
  WAITING: ClockCircleOutlined,
};

export function ImportState({ run }: { run: ShownImportFragment }) {
  const model = useModel();
  const words = model.chosen('Import', 'state', run.state);
  const Icon = ICONS[run.state];
  const tone = { DIED: 'no', FINISHED: 'yes', RUNNING: undefined, WAITING: undefined }[run.state];
  return (
    <span className={tone}>
      <Icon aria-hidden="true" /> {words}
    </span>
  );
}

export function ImportRuns({ runs, label }: { runs: readonly ShownImportFragment[]; label: string }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const parts = usePartsOf();
  const columns: Column<ShownImportFragment>[] = [
    { key: 'file', title: t('imports.file'), shown: (run) => <RecordLink record={run} /> },
    { key: 'source', title: t('imports.source'), shown: (run) => run.source && <RecordLink record={run.source} /> },
    { key: 'state', title: t('imports.state'), shown: (run) => <ImportState run={run} /> },
    {
      key: 'books',
      title: t('imports.books'),
      shown: (run) => <Equation total={run.read} unit={t('imports.read')} parts={parts(run)} />,
    },
    { key: 'started', title: t('imports.started'), shown: (run) => instant(run.startedAt, language) },
  ];
  return <Rows rows={runs} columns={columns} label={label} />;
}

/** What was imported of a source. */
export function RunsOfSource({ id }: { id: string }) {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({ query: trusted(ImportsOfSourceDocument), variables: { source: id } });
  return (
    <section aria-labelledby="imports-of-source">
      <h2 id="imports-of-source">{t('imports.ofSource')}</h2>
      {error && <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Pending />}
      {data?.imports.nodes.length === 0 && <Empty>{t('imports.ofSourceEmpty')}</Empty>}
      {data && data.imports.nodes.length > 0 && <ImportRuns runs={data.imports.nodes} label={t('imports.ofSource')} />}
    </section>
  );
}

/** The import that last wrote a record, where one did and it may be seen. */
export function ImportOf({ id }: { id: string }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const [{ data }] = useQuery({ query: trusted(ImportOfDocument), variables: { of: id } });
  const entry = data?.history.nodes[0];
  if (!entry?.import) return null;
  return (
    <div>
      <dt>{t('imports.ofRecord')}</dt>
      <dd>
        <RecordLink record={entry.import} />{' '}
        <span className="quiet small">{t('imports.ofRecordAt', { at: instant(entry.at, language) })}</span>
      </dd>
    </div>
  );
}
