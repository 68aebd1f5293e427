// The decisions of whoever is signed on: the list on the left, one of them beside it; it changes by itself.
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { kindOfBulk } from '../inbox';
import { useInboxChanges } from '../live';
import type { InboxKind } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Bulk } from '../parts/Bulk';
import { Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { SignedOut } from '../parts/SignedOut';
import { TaskDetail } from '../parts/TaskDetail';
import { TaskList, type Work } from '../parts/TaskList';
import { ChoiceField } from '../parts/Typed';
import { type Asked, type Rows, TABS, type Tab, useChecks, useWork } from '../useWork';
import { useViewer } from '../viewer';

const KINDS: Record<InboxKind, string> = {
  CADRE_EXCHANGE: 'CadreExchange',
  REGISTRATION: 'Registration',
  TRAINING_CLASS: 'TrainingClass',
};

export default function Inbox() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { task } = useParams();
  if (viewer && !viewer.isSignedOn) return <SignedOut title={t('inbox.title')} text={t('inbox.signedOut')} />;
  return (
    <Page
      title={t('inbox.title')}
      lead={t('inbox.lead')}
      actions={
        <Link className="button" to="/me/delegations">
          {t('inbox.delegations')}
        </Link>
      }
    >
      <Tabs />
      <Parts task={task} />
    </Page>
  );
}

function askedOf(parameters: URLSearchParams): Asked {
  const tab = parameters.get('tab');
  const kind = parameters.get('kind');
  return {
    tab: TABS.includes(tab as Tab) ? (tab as Tab) : 'todo',
    kind: kind && kind in KINDS ? (kind as InboxKind) : null,
    isOverdue: parameters.has('overdue'),
    isMine: parameters.has('mine'),
  };
}

function Tabs() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const { tab } = askedOf(parameters);
  return (
    <nav className="tabs" aria-label={t('inbox.tabs')}>
      {TABS.map((each) => (
        <Link
          key={each}
          to={each === 'todo' ? '/inbox' : `/inbox?tab=${each}`}
          className={each === tab ? 'active' : ''}
          aria-current={each === tab ? 'page' : undefined}
        >
          {t(`inbox.${each}`)}
        </Link>
      ))}
    </nav>
  );
}

/** Where a page begins, and where those before it did. */
type Places = readonly (string | null)[];

function Parts({ task }: { task: string | undefined }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const { search } = useLocation();
  const [parameters] = useSearchParams();
  const asked = askedOf(parameters);
  const [places, setPlaces] = useState<{ of: string; stack: Places }>({ of: search, stack: [null] });
  const stack = places.of === search ? places.stack : [null];
  const { data, error, again } = useWork(asked, viewer, stack.at(-1) ?? null);
  useInboxChanges(!!viewer?.isSignedOn, again);
  const rows = data?.rows ?? [];
  const decided = () => {
    const index = rows.findIndex((each) => each.task.id === task);
    const next = rows[index + 1] ?? rows[index - 1];
    void navigate(
      next && asked.tab === 'todo' ? `/inbox/${encodeURIComponent(next.task.id)}${search}` : `/inbox${search}`,
    );
    again();
  };
  return (
    <div className={task ? 'inbox has-task' : 'inbox'}>
      <div className="inbox-list">
        {asked.tab === 'todo' && <Filters asked={asked} />}
        {error && <Fault error={error} retry={again} />}
        {!data && !error && <Pending rows={8} />}
        {data && (
          <Found
            key={asked.tab}
            asked={asked}
            data={data}
            task={task}
            page={stack.length}
            onPage={(next) => setPlaces({ of: search, stack: next ? [...stack, data.endCursor] : stack.slice(0, -1) })}
            again={again}
          />
        )}
      </div>
      <div className="inbox-detail">
        {task ? (
          <TaskDetail key={task} id={task} backTo={`/inbox${search}`} onDecided={decided} onDone={again} />
        ) : (
          <Choose />
        )}
      </div>
    </div>
  );
}

function Choose() {
  const { t } = useTranslation();
  return <Empty>{t('inbox.choose')}</Empty>;
}

function Filters({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const model = useModel();
  const [parameters, setParameters] = useSearchParams();
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(parameters);
    if (value) next.set(name, value);
    else next.delete(name);
    setParameters(next, { replace: true });
  };
  const kinds = Object.entries(KINDS).map(([value, type]) => ({ value, label: model.nounLabel(type) }));
  return (
    <div className="filters">
      <ChoiceField
        label={t('inbox.kind')}
        value={asked.kind ?? ''}
        onChange={(value) => set('kind', value)}
        options={[{ value: '', label: t('inbox.allKinds') }, ...kinds]}
      />
      <Checkbox checked={asked.isOverdue} onChange={(event) => set('overdue', event.target.checked ? '1' : '')}>
        {t('inbox.onlyOverdue')}
      </Checkbox>
      <Checkbox checked={asked.isMine} onChange={(event) => set('mine', event.target.checked ? '1' : '')}>
        {t('inbox.onlyMine')}
      </Checkbox>
    </div>
  );
}

const NOTHING = {
  todo: 'inbox.nothingTodo',
  sent: 'inbox.nothingSent',
  done: 'inbox.nothingDone',
  copied: 'inbox.nothingCopied',
} as const;

function Found({
  asked,
  data,
  task,
  page,
  onPage,
  again,
}: {
  asked: Asked;
  data: Rows;
  task: string | undefined;
  page: number;
  onPage: (isNext: boolean) => void;
  again: () => void;
}) {
  const { t } = useTranslation();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [bulk, setBulk] = useState<readonly Work[] | null>(null);
  const checks = useChecks(data.rows);
  const chosen = data.rows.filter((each) => selected.has(each.task.id));
  const turn = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  const kind = chosen[0] ? kindOfBulk(chosen[0]) : null;
  return (
    <>
      <Counted data={data} />
      {asked.tab === 'todo' && chosen.length > 0 && (
        <div className="actions" role="status">
          <Button type="primary" onClick={() => setBulk(chosen)}>
            {t('inbox.approveMany', { count: chosen.length })}
          </Button>
          <Button onClick={() => setSelected(new Set())}>{t('inbox.clearSelection')}</Button>
        </div>
      )}
      {data.rows.length === 0 && <Empty>{t(NOTHING[asked.tab])}</Empty>}
      <TaskList
        rows={data.rows}
        current={task}
        choice={asked.tab === 'todo' ? { selected, kind, turn } : undefined}
        checks={checks}
      />
      {(page > 1 || data.hasNext) && (
        <div className="actions">
          <Button disabled={page === 1} onClick={() => onPage(false)}>
            {t('inbox.previous')}
          </Button>
          <span>{t('inbox.page', { page })}</span>
          <Button disabled={!data.hasNext} onClick={() => onPage(true)}>
            {t('inbox.next')}
          </Button>
        </div>
      )}
      {bulk && (
        <Bulk
          rows={bulk}
          checks={checks}
          onClose={() => {
            setBulk(null);
            setSelected(new Set());
            again();
          }}
        />
      )}
    </>
  );
}

function Counted({ data }: { data: Rows }) {
  const { t } = useTranslation();
  return (
    <p aria-live="polite">
      {data.counts ? (
        <>
          <strong>{t('inbox.open', { count: data.counts.open })}</strong>{' '}
          {data.counts.overdue > 0 && (
            <span className="late">{t('inbox.overdueCount', { count: data.counts.overdue })}</span>
          )}
        </>
      ) : (
        t('list.count', { count: data.total ?? 0 })
      )}
    </p>
  );
}
