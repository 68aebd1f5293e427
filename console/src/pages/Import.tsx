// One import: its books as a sum of which each number opens its rows; what was rejected, with the rule and what repairs it.
import { DownloadOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { csv, download } from '../csv';
import { instant, whole } from '../format';
import { KindMark } from '../kinds';
import { useFollowed } from '../live';
import {
  type ImportFate,
  ImportPageDocument,
  type ImportPageQuery,
  ImportRowsOfDocument,
  type ImportRowsOfQuery,
} from '../made/graphql/graphql';
import { type Model, useModel } from '../model';
import { Equation } from '../parts/Equation';
import { FactRows } from '../parts/FactRows';
import { Fault } from '../parts/Fault';
import { KEPT, RetriedBy, RetryButtons, useFates } from '../parts/ImportRetry';
import { type Aside, BESIDE, FATES, type Fate, ImportState, usePartsOf } from '../parts/ImportRuns';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink, SyntheticChip } from '../parts/RecordLink';
import { type Column, Rows } from '../parts/Rows';
import { useNames } from '../parts/Told';
import { CopyButton } from '../parts/Value';
import { recordPlace } from '../places';
import { runsTheHub } from '../rights';
import { useViewer } from '../viewer';
import { NotFound } from './NotFound';

type Run = NonNullable<ImportPageQuery['import']>;
type Line = ImportRowsOfQuery['importRows']['nodes'][number];

export default function Import() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const model = useModel();
  const { data, error, reload } = useFollowed(ImportPageDocument, id);
  if (!data) {
    return (
      <Page title={t('imports.title')}>{error ? <Fault error={error} retry={reload} /> : <Pending rows={8} />}</Page>
    );
  }
  const run = data.import;
  if (!run) return <NotFound />;
  return (
    <Page
      title={model.name(run)}
      heading={
        <>
          <p className="kicker">
            <KindMark type="Import" /> <ImportState run={run} />
            {run.synthetic && <SyntheticChip />}
          </p>
          <h1>{model.name(run)}</h1>
        </>
      }
      actions={
        <>
          <RetryButtons run={run} onDone={reload} />
          <Link className="button" to="/imports">
            <UnorderedListOutlined aria-hidden="true" /> {t('imports.back')}
          </Link>
        </>
      }
    >
      <Books run={run} />
      <RetriedBy run={run} onChange={reload} />
      <About run={run} />
      <RowsOfFate run={run} />
    </Page>
  );
}

function Books({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const parts = usePartsOf();
  const beside = [
    ['passedOver', run.passedOver],
    ['companion', run.companions],
    ['links', run.links],
    ['unresolved', run.unresolved],
  ] as const;
  return (
    <section aria-labelledby="books">
      <h2 id="books">{t('imports.books')}</h2>
      <p className="books">
        <Equation total={run.read} unit={t('imports.read')} parts={parts(run, (fate) => `?fate=${fate}`)} />
      </p>
      <p className="quiet">
        {t('imports.beside')}{' '}
        {beside.map(([name, count], index) => {
          const words = `${whole(count ?? 0, language)} ${t(`imports.${name}`)}`;
          return (
            <span key={name}>
              {index > 0 && ' · '}
              {count && isAside(name) ? <Link to={`?fate=${name}`}>{words}</Link> : words}
            </span>
          );
        })}
      </p>
    </section>
  );
}

function About({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const rows = [
    [t('imports.failure'), language === 'en' ? run.failureEn : run.failure],
    [t('imports.retry.former'), run.retries && <Former key="former" run={run} />],
    [t('imports.retry.flow'), run.runs.nodes.map((each) => <RecordLink key={each.id} record={each} />)],
    [t('imports.source'), run.source && <RecordLink key="source" record={run.source} />],
    [t('imports.connector'), <code key="connector">{run.connector}</code>],
    [t('imports.mapping'), run.mapping && <code key="mapping">{run.mapping}</code>],
    [t('imports.started'), instant(run.startedAt, language)],
    [t('imports.ended'), run.endedAt && instant(run.endedAt, language)],
    [t('imports.actor'), <code key="actor">{run.actor}</code>],
    [
      t('imports.digest'),
      <span key="digest" className="identifier">
        <code>{run.digest}</code>
        <CopyButton text={run.digest} label={t('imports.digest')} />
      </span>,
    ],
  ] as const;
  return <FactRows rows={rows} />;
}

/** The import whose rows it reads again, by the time of it: both bear the name of the same file. */
function Former({ run: { retries, fates } }: { run: Run }) {
  const words = useFates();
  const { t } = useTranslation();
  const { language } = useModel();
  if (!retries) return null;
  return (
    <>
      <Link to={recordPlace(retries.id, 'Import')}>
        {t('imports.retry.formerAt', { name: retries.name, at: instant(retries.startedAt, language) })}
      </Link>{' '}
      <span className="quiet">{words({ fates })}</span>
    </>
  );
}

/** The rows of the fate in the address; unless told, what was rejected, where anything was. */
function RowsOfFate({ run }: { run: Run }) {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const viewer = useViewer();
  const asked = [...FATES, ...Object.values(BESIDE)].find((each) => each === parameters.get('fate'));
  const fate = asked ?? (run.rejected > 0 ? 'rejected' : FATES.find((each) => run[each] > 0));
  if (viewer && !runsTheHub(viewer)) return <Empty>{t('imports.forOperators')}</Empty>;
  return fate ? <Kept key={`${fate} ${run.state}`} run={run} fate={fate} /> : null;
}

function Kept({ run, fate }: { run: Run; fate: Fate | Aside }) {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data, error }, again] = useQuery({
    query: trusted(ImportRowsOfDocument),
    variables: { run: run.id, fate: fate.toUpperCase() as ImportFate, first: KEPT },
    requestPolicy: 'cache-and-network',
  });
  const lines = data?.importRows.nodes ?? [];
  const names = useNames(lines.flatMap((each) => each.recordId ?? []));
  const columns = useColumns(fate, names);
  const words = t(`imports.${fate}`);
  const title = t('imports.rowsOf', { fate: words });
  const more = counted(run, fate) - lines.length;
  const save = () =>
    download(
      csv([columns.map((each) => each.title), ...lines.map((line) => cells(line, fate, model, names))]),
      t('imports.fileName', { fate: words }),
    );
  return (
    <section aria-labelledby="rows">
      <h2 id="rows">{title}</h2>
      {error && <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Pending rows={6} />}
      {data && lines.length === 0 && <Empty>{t('imports.none')}</Empty>}
      {lines.length > 0 && (
        <>
          <p>
            <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={save}>
              {t('imports.csv')}
            </Button>
          </p>
          {more > 0 && (
            <p>
              {t('imports.bound', {
                kept: whole(lines.length, model.language),
                more: whole(more, model.language),
              })}
            </p>
          )}
          <Rows rows={lines} columns={columns} label={title} />
        </>
      )}
    </section>
  );
}

function isAside(name: string): name is Aside {
  return Object.values(BESIDE).some((each) => each === name);
}

function counted(run: Run, fate: Fate | Aside): number {
  if (fate === 'companion') return run.companions ?? 0;
  return run[fate] ?? 0;
}

type Names = ReturnType<typeof useNames>;

function useColumns(fate: Fate | Aside, names: Names): Column<Line>[] {
  const { t } = useTranslation();
  const model = useModel();
  const row: Column<Line> = { key: 'row', title: t('imports.row'), isNumber: true, shown: (line) => line.row };
  const record: Column<Line> = {
    key: 'record',
    title: t('imports.record'),
    shown: ({ recordId }) => {
      const found = names.get(recordId ?? '');
      return found ? <RecordLink record={found} hasKind /> : <span className="quiet">{t('imports.unseen')}</span>;
    },
  };
  const told = (name: 'field' | 'value', title: string): Column<Line> => ({
    key: name,
    title,
    shown: (line) => (line[name] ? <code>{line[name]}</code> : <span className="quiet">—</span>),
  });
  const sentence = (name: 'rule' | 'repair'): Column<Line> => ({
    key: name,
    title: t(`imports.${name}`),
    shown: (line) => <span>{said(line, name, model)}</span>,
  });
  if (fate === 'rejected') {
    const faults = [told('field', t('imports.field')), told('value', t('imports.value'))];
    return [row, ...faults, sentence('rule'), sentence('repair')];
  }
  if (fate !== 'unresolved') return [row, record];
  const shown = (line: Line) => <span>{relationOf(line, model, names)}</span>;
  const relation: Column<Line> = { key: 'field', title: t('imports.relation'), shown };
  return [row, record, relation, told('value', t('imports.sought')), sentence('repair')];
}

/** What the model calls the link, seen from the record that is there. */
function relationOf(line: Line, model: Model, names: Names): string {
  const noun = model.noun(names.get(line.recordId ?? '')?.__typename ?? '');
  const edge = noun?.edges.find((each) => each.name === line.field);
  return edge ? model.label(edge) : (line.field ?? '');
}

function said(line: Line, name: 'rule' | 'repair', { language }: Model): string {
  return (language === 'en' ? line[`${name}En`] : line[name]) ?? '';
}

function cells(line: Line, fate: Fate | Aside, model: Model, names: Names): string[] {
  const row = String(line.row);
  if (fate === 'rejected') {
    return [row, line.field ?? '', line.value ?? '', said(line, 'rule', model), said(line, 'repair', model)];
  }
  if (fate !== 'unresolved') return [row, line.recordId ?? ''];
  return [row, line.recordId ?? '', relationOf(line, model, names), line.value ?? '', said(line, 'repair', model)];
}
