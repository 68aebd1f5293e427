// One run of a flow: how it went and why, which records it served, and trying it again.
import { UnorderedListOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { instant, whole } from '../format';
import { KindMark } from '../kinds';
import { useFollowed } from '../live';
import { FlowRunPageDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { FactRows } from '../parts/FactRows';
import { Fault } from '../parts/Fault';
import { Page, Pending } from '../parts/Page';
import { Relations } from '../parts/Relations';
import { Retry, RunState, Took } from '../parts/Run';
import { documentsOfType } from '../places';
import { NotFound } from './NotFound';

export default function FlowRun() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const model = useModel();
  const { data, error, reload } = useFollowed(FlowRunPageDocument, id);
  const documents = documentsOfType('FlowRun');
  if (!data || !documents) {
    return <Page title={t('flows.run')}>{error ? <Fault error={error} retry={reload} /> : <Pending rows={6} />}</Page>;
  }
  const run = data.flowRun;
  if (!run) return <NotFound />;
  const rows = [
    [t('flows.state'), <RunState key="state" run={run} />],
    [t('flows.failure'), run.failure],
    [t('flows.report'), model.language === 'en' ? run.reportEn : run.report],
    [t('flows.started'), instant(run.startedAt, model.language)],
    [t('flows.took'), <Took key="took" run={run} />],
    [t('flows.effects'), run.effects == null ? null : whole(run.effects, model.language)],
    [t('flows.worker'), run.worker && <code key="worker">{run.worker}</code>],
  ] as const;
  return (
    <Page
      title={model.name(run)}
      heading={
        <>
          <p className="kicker">
            <KindMark type="FlowRun" />
          </p>
          <h1>{model.name(run)}</h1>
        </>
      }
      actions={
        <>
          <Retry run={run} onDone={reload} />
          <Link className="button" to="/flows">
            <UnorderedListOutlined aria-hidden="true" /> {t('flows.back')}
          </Link>
        </>
      }
    >
      <FactRows rows={rows} />
      <Relations documents={documents} id={id} />
    </Page>
  );
}
