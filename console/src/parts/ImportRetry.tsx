// Trying an import again: a button for each kind of row that it did not take, and the imports that have tried.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { instant, whole } from '../format';
import { useRecordChanges } from '../live';
import { type ImportPageQuery, RetryImportDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { recordPlace } from '../places';
import { isPlatformAdmin } from '../rights';
import { useViewer } from '../viewer';
import { DeedButton } from './DeedButton';
import { Equation } from './Equation';
import { ImportState, usePartsOf } from './ImportRuns';
import { type Column, Rows } from './Rows';

/** So many rows of each fate does the hub keep (`flows/sources/runs.py`). */
export const KEPT = 1_000;

type Run = NonNullable<ImportPageQuery['import']>;
type Retry = Run['retriedBy']['nodes'][number];

const RETRIED = ['rejected', 'unresolved'] as const;
const AT_WORK = new Set(['WAITING', 'RUNNING']);

/** Whose rows a retry reads, in words. */
export function useFates(): (retry: { fates: readonly string[] }) => string {
  const { t } = useTranslation();
  return ({ fates }) =>
    RETRIED.filter((each) => fates.includes(each))
      .map((each) => t(`imports.${each}`))
      .join(t('imports.and'));
}

/** The import that waits to try it again, or is about to. */
function atWork(run: Run) {
  return run.retriedBy.nodes.find((each) => AT_WORK.has(each.state));
}

export function RetryButtons({ run, onDone }: { run: Run; onDone: () => void }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const isAdmin = isPlatformAdmin(useViewer());
  if (!isAdmin || AT_WORK.has(run.state) || atWork(run)) return null;
  return RETRIED.map((fate) => {
    const count = run[fate] ?? 0;
    if (count === 0) return null;
    const isWhole = Math.max(count, run.rejected) > KEPT;
    const told = { count, number: whole(count, language) };
    return (
      <DeedButton
        key={fate}
        document={RetryImportDocument}
        label={t(`imports.retry.${fate}`, told)}
        question={t(isWhole ? 'imports.retry.whole' : `imports.retry.${fate}Question`, told)}
        input={{ id: run.id, fates: [fate === 'rejected' ? 'REJECTED' : 'UNRESOLVED'] }}
        onDone={onDone}
      />
    );
  });
}

/** The imports that have tried it again, the last first; one that is at work is followed. */
export function RetriedBy({ run, onChange }: { run: Run; onChange: () => void }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const parts = usePartsOf();
  const fates = useFates();
  const runs = run.retriedBy.nodes;
  const columns: Column<Retry>[] = [
    {
      key: 'what',
      title: t('imports.retry.what'),
      shown: (retry) => <Link to={recordPlace(retry.id, 'Import')}>{fates(retry)}</Link>,
    },
    { key: 'state', title: t('imports.state'), shown: (retry) => <ImportState run={retry} /> },
    {
      key: 'books',
      title: t('imports.books'),
      shown: (retry) =>
        retry.read === 0 && retry.failure ? (
          <span>{language === 'en' ? retry.failureEn : retry.failure}</span>
        ) : (
          <Equation total={retry.read} unit={t('imports.read')} parts={parts(retry)} />
        ),
    },
    {
      key: 'links',
      title: t('imports.retry.links'),
      isNumber: true,
      shown: (retry) => whole(retry.links ?? 0, language),
    },
    { key: 'started', title: t('imports.started'), shown: (retry) => instant(retry.startedAt, language) },
  ];
  useRecordChanges(atWork(run)?.id, onChange);
  if (runs.length === 0) return null;
  return (
    <section aria-labelledby="retried-by">
      <h2 id="retried-by">{t('imports.retry.title')}</h2>
      <p className="quiet">{t(atWork(run) ? 'imports.retry.goesOn' : 'imports.retry.lead')}</p>
      <Rows rows={runs} columns={columns} label={t('imports.retry.title')} />
    </section>
  );
}
