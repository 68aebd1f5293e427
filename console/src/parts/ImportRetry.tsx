// Trying an import again: a button for each kind of row that it did not take, and the imports that have tried.
import { useTranslation } from 'react-i18next';
import { whole } from '../format';
import { useRecordChanges } from '../live';
import { type ImportPageQuery, RetryImportDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { isPlatformAdmin } from '../rights';
import { useViewer } from '../viewer';
import { DeedButton } from './DeedButton';
import { ImportRuns } from './ImportRuns';

/** So many rows of each fate does the hub keep (`flows/sources/runs.py`). */
export const KEPT = 1_000;

type Run = NonNullable<ImportPageQuery['import']>;

const RETRIED = ['rejected', 'unresolved'] as const;
const AT_WORK = new Set(['WAITING', 'RUNNING']);

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
  const runs = run.retriedBy.nodes;
  useRecordChanges(atWork(run)?.id, onChange);
  if (runs.length === 0) return null;
  return (
    <section aria-labelledby="retried-by">
      <h2 id="retried-by">{t('imports.retry.title')}</h2>
      <p className="quiet">{t(atWork(run) ? 'imports.retry.goesOn' : 'imports.retry.lead')}</p>
      <ImportRuns runs={runs} label={t('imports.retry.title')} />
    </section>
  );
}
