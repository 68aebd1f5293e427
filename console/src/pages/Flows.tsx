// How flows stand: who runs them, what waits and was left behind, each plan, and the runs with what became of them.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { instant, whole } from '../format';
import { type FlowRunState, FlowsPageDocument, type FlowsPageQuery, RunFlowDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { DeedButton } from '../parts/DeedButton';
import { Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink } from '../parts/RecordLink';
import { type Column, Rows } from '../parts/Rows';
import { Retry, RunState, Took, useSaid } from '../parts/Run';
import { SignOnFirst } from '../parts/SignedOut';
import { StateChoice, useChosenState } from '../parts/StateChoice';
import { isPlatformAdmin } from '../rights';
import { useViewer } from '../viewer';

type Standing = NonNullable<FlowsPageQuery['flows']>;
type Flow = Standing['flows'][number] & { id: string };
type Run = FlowsPageQuery['flowRuns']['nodes'][number];

const PAGE = 25;
const STATES: readonly FlowRunState[] = ['FAILED', 'CRASHED', 'RUNNING', 'WAITING', 'COMPLETED'];

export default function Flows() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const state = useChosenState(STATES);
  const [first, setFirst] = useState(PAGE);
  const [{ data, error }, again] = useQuery({
    query: trusted(FlowsPageDocument),
    variables: { states: state ? [state] : [...STATES], first },
  });
  const reload = () => again({ requestPolicy: 'network-only' });
  return (
    <Page title={t('flows.title')} lead={t('flows.lead')}>
      {viewer && !viewer.isSignedOn && <SignOnFirst text={t('flows.forNetwork')} />}
      {error && <Fault error={error} retry={reload} />}
      {!data && !error && <Pending rows={8} />}
      {data?.flows && <Standings standing={data.flows} />}
      {data && viewer?.isSignedOn && (
        <Runs runs={data.flowRuns} onMore={() => setFirst(first + PAGE)} onChange={reload} />
      )}
      {data?.flows && <Plans standing={data.flows} onChange={reload} />}
    </Page>
  );
}

function Standings({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const { workers, due, firstDueAt, givenUp } = standing;
  return (
    <dl className="figures">
      <div>
        <dt>{t('flows.workers')}</dt>
        <dd>{whole(workers, language)}</dd>
        {workers === 0 && <dd className="no">{t('flows.noWorkers')}</dd>}
      </div>
      <div>
        <dt>{t('flows.due')}</dt>
        <dd>{whole(due, language)}</dd>
        <dd className="quiet">
          {firstDueAt ? t('flows.first', { at: instant(firstDueAt, language) }) : t('flows.none')}
        </dd>
      </div>
      <div>
        <dt>{t('flows.givenUp')}</dt>
        <dd>{whole(givenUp, language)}</dd>
        {givenUp > 0 && <dd className="no">{t('flows.givenUpText')}</dd>}
      </div>
    </dl>
  );
}

function Plans({ standing, onChange }: { standing: Standing; onChange: () => void }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const isAdmin = isPlatformAdmin(useViewer());
  const rows: Flow[] = standing.flows.map((each) => ({ ...each, id: each.name }));
  const at = (text: string | null | undefined) => (text ? instant(text, language) : '—');
  const columns: Column<Flow>[] = [
    {
      key: 'flow',
      title: t('flows.flow'),
      shown: (each) => (
        <>
          {language === 'en' ? each.aboutEn : each.about}
          <br />
          <code className="quiet">{each.name}</code>
        </>
      ),
    },
    {
      key: 'schedule',
      title: t('flows.schedule'),
      shown: ({ schedule, isPaused }) => (
        <>
          {schedule ? <code>{schedule}</code> : t('flows.follows')} {isPaused && <strong>{t('flows.paused')}</strong>}
        </>
      ),
    },
    { key: 'next', title: t('flows.nextAt'), shown: (each) => at(each.nextAt) },
    {
      key: 'last',
      title: t('flows.lastAt'),
      shown: (each) => (
        <>
          {at(each.lastAt)} {each.lastFailed && <span className="no">{t('flows.lastFailed')}</span>}
        </>
      ),
    },
  ];
  const shown = ({ name }: Flow) => (
    <DeedButton
      document={RunFlowDocument}
      label={t('flows.runNow')}
      question={t('flows.runQuestion')}
      input={{ flow: name }}
      onDone={onChange}
    />
  );
  return (
    <section aria-labelledby="plans">
      <h2 id="plans">{t('flows.plans')}</h2>
      <Rows
        rows={rows}
        columns={isAdmin ? [...columns, { key: 'run', title: t('flows.runNow'), shown }] : columns}
        label={t('flows.plans')}
      />
    </section>
  );
}

function Runs({
  runs,
  onMore,
  onChange,
}: {
  runs: FlowsPageQuery['flowRuns'];
  onMore: () => void;
  onChange: () => void;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const columns = useRunColumns(onChange);
  return (
    <section aria-labelledby="runs">
      <div className="above-rows">
        <h2 id="runs">{t('flows.runs')}</h2>
        <StateChoice type="FlowRun" states={STATES} every={t('flows.all')} />
      </div>
      {runs.totalCount === 0 ? (
        <Empty>{t('flows.noRuns')}</Empty>
      ) : (
        <>
          <p className="quiet small">
            {t('list.count', { count: whole(runs.totalCount, model.language) as never })} ·{' '}
            {t('list.shown', { shown: runs.nodes.length })}
          </p>
          <Rows rows={runs.nodes} columns={columns} label={t('flows.runs')} />
        </>
      )}
      {runs.pageInfo.hasNextPage && <Button onClick={onMore}>{t('list.more', { count: PAGE })}</Button>}
    </section>
  );
}

function useRunColumns(onChange: () => void): Column<Run>[] {
  const { t } = useTranslation();
  const model = useModel();
  const said = useSaid();
  return [
    { key: 'run', title: t('flows.run'), shown: (each) => <RecordLink record={each} /> },
    { key: 'state', title: t('flows.state'), shown: (each) => <RunState run={each} /> },
    { key: 'started', title: t('flows.started'), shown: (each) => instant(each.startedAt, model.language) },
    { key: 'took', title: t('flows.took'), isNumber: true, shown: (each) => <Took run={each} /> },
    { key: 'said', title: t('flows.said'), shown: (each) => said(each) },
    { key: 'again', title: t('flows.again'), shown: (each) => <Retry run={each} onDone={onChange} /> },
  ];
}
