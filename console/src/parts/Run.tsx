// A run of a flow: how it went, how long it took, and trying it again.
import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { whole } from '../format';
import { RetryFlowRunDocument, type ShownRunFragment } from '../made/graphql/graphql';
import { useModel } from '../model';
import { isPlatformAdmin } from '../rights';
import { useViewer } from '../viewer';
import { DeedButton } from './DeedButton';

const ENDED_BADLY = new Set(['FAILED', 'CRASHED']);

export function RunState({ run }: { run: ShownRunFragment }) {
  const { t } = useTranslation();
  const model = useModel();
  const words = model.chosen('FlowRun', 'state', run.state);
  const isBad = ENDED_BADLY.has(run.state);
  const Icon = isBad ? CloseCircleOutlined : run.state === 'COMPLETED' ? CheckCircleOutlined : ClockCircleOutlined;
  return (
    <span className={isBad ? 'no' : run.state === 'COMPLETED' ? 'yes' : undefined}>
      <Icon aria-hidden="true" /> {words}
      {run.attempt > 1 && <span className="quiet"> · {t('flows.attempt', { count: run.attempt })}</span>}
    </span>
  );
}

export function Took({ run: { startedAt, endedAt } }: { run: ShownRunFragment }) {
  const { t } = useTranslation();
  const { language } = useModel();
  if (!endedAt) return <>{t('flows.goesOn')}</>;
  const seconds = (new Date(endedAt).getTime() - new Date(startedAt).getTime()) / 1000;
  return <>{t('flows.seconds', { count: whole(Math.round(10 * seconds) / 10, language) as never })}</>;
}

/** The failure in a sentence, else what it did. */
export function useSaid(): (run: ShownRunFragment) => string {
  const { language } = useModel();
  return ({ failure, report, reportEn }) => failure ?? (language === 'en' ? reportEn : report) ?? '—';
}

export function Retry({ run, onDone }: { run: ShownRunFragment; onDone: () => void }) {
  const { t } = useTranslation();
  const isAdmin = isPlatformAdmin(useViewer());
  if (!isAdmin || !ENDED_BADLY.has(run.state)) return null;
  return (
    <DeedButton
      document={RetryFlowRunDocument}
      label={t('flows.again')}
      question={t('flows.againQuestion')}
      input={{ id: run.id }}
      onDone={onDone}
    />
  );
}
