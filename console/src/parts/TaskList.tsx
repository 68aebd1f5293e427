// Decisions as rows under the days on which they are due: what, who, from whom to whom, and whether the rules would let them pass.
import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { instant } from '../format';
import { dueInWords, grouped, kindOfBulk } from '../inbox';
import { KindMark } from '../kinds';
import type { InboxQuery, TasksAlikeQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { useViewer, type Viewer } from '../viewer';
import type { Fact } from './Fault';
import { SyntheticChip } from './RecordLink';
import { useRowKeys } from './Rows';
import { personOf, type Subject, useWay } from './Subject';
import { Told } from './Told';

type Task = TasksAlikeQuery['tasks']['nodes'][number];
export type Move = InboxQuery['inbox']['nodes'][number]['possible'][number];

export interface Work {
  task: Omit<Task, 'exchange' | 'registration' | 'trainingClass'>;
  record: Subject | null;
  possible: readonly Move[];
}

export interface Choice {
  selected: ReadonlySet<string>;
  kind: string | null;
  turn: (id: string) => void;
}

/** Whether each would pass, as far as it has been checked: null passes. */
export type Checks = ReadonlyMap<string, Fact | null>;

export function TaskList({
  rows,
  current,
  choice,
  checks,
}: {
  rows: readonly Work[];
  current: string | undefined;
  choice?: Choice;
  checks?: Checks;
}) {
  const { t } = useTranslation();
  const open = rows.filter((each) => each.task.state === 'OPEN');
  const groups: { group: 'overdue' | 'today' | 'week' | 'later' | 'settled'; rows: Work[] }[] = [
    ...grouped(open, new Date()),
    { group: 'settled' as const, rows: rows.filter((each) => each.task.state !== 'OPEN') },
  ].filter((each) => each.rows.length > 0);
  const order = groups.flatMap((each) => each.rows);
  const keys = useRowKeys(order.length, (index) => {
    const row = order[index];
    if (row && choice && isChoosable(row, choice)) choice.turn(row.task.id);
  });
  return (
    <div ref={keys.box} className="task-list">
      {groups.map(({ group, rows: inside }) => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`} className={group === 'overdue' ? 'late' : undefined}>
            {t(`inbox.${group}`)} <span className="quiet">{inside.length}</span>
          </h2>
          <ul className="plain">
            {inside.map((each) => (
              <TaskRow
                key={each.task.id}
                work={each}
                isOpen={each.task.id === current}
                isCurrent={order.indexOf(each) === keys.current}
                choice={choice}
                checks={checks}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function isChoosable(row: Work, choice: Choice): boolean {
  const kind = kindOfBulk(row);
  return kind !== null && (choice.kind === null || choice.kind === kind);
}

function TaskRow({
  work,
  isOpen,
  isCurrent,
  choice,
  checks,
}: {
  work: Work;
  isOpen: boolean;
  isCurrent: boolean;
  choice?: Choice;
  checks?: Checks;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const way = useWay();
  const { search } = useLocation();
  const { task, record } = work;
  const person = record && personOf(record);
  const classes = ['task-row', isOpen && 'open', isCurrent && 'current'].filter(Boolean).join(' ');
  return (
    <li data-row="" className={classes}>
      {choice && (
        <Checkbox
          checked={choice.selected.has(task.id)}
          disabled={!isChoosable(work, choice)}
          onChange={() => choice.turn(task.id)}
          title={choice.kind && !isChoosable(work, choice) ? t('inbox.otherKind') : undefined}
          aria-label={`${t('inbox.select')} ${model.name(task)}`}
        />
      )}
      <div>
        <p className="task-what">
          {record && <KindMark type={record.__typename} />}
          <Link to={`/inbox/${encodeURIComponent(task.id)}${search}`} aria-current={isOpen ? 'true' : undefined}>
            {model.name(task)}
          </Link>
          {task.synthetic && <SyntheticChip />}
        </p>
        {record && (
          <p>
            {person && <strong>{model.name(person)}</strong>} <span className="quiet">{way(record)}</span>
          </p>
        )}
        <Marks work={work} checks={checks} />
      </div>
    </li>
  );
}

function Marks({ work, checks }: { work: Work; checks?: Checks }) {
  const { t } = useTranslation();
  const model = useModel();
  const viewer = useViewer();
  const { task } = work;
  const principal = principalOf(work, viewer);
  const now = new Date();
  const isLate = task.state === 'OPEN' && new Date(task.dueAt) < now;
  const when = dueInWords(task.dueAt, now, model.language);
  return (
    <p className="task-marks quiet small">
      {task.state === 'OPEN' ? (
        <span className={isLate ? 'late' : undefined} title={instant(task.dueAt, model.language)}>
          <ClockCircleOutlined aria-hidden="true" /> {isLate ? t('inbox.late', { when }) : t('inbox.due', { when })}
        </span>
      ) : (
        task.doneAt && <span>{t('inbox.doneAt', { at: instant(task.doneAt, model.language) })}</span>
      )}
      {principal && <span className="state">{t('inbox.proxy', { name: model.name(principal) })}</span>}
      {task.assignee && <span>{t('inbox.handed', { name: model.name(task.assignee) })}</span>}
      {!!task.escalations && <span>{t('inbox.escalated', { count: task.escalations })}</span>}
      {checks?.has(task.id) && <Checked fact={checks.get(task.id) ?? null} />}
    </p>
  );
}

function Checked({ fact }: { fact: Fact | null }) {
  const { t } = useTranslation();
  const model = useModel();
  if (!fact) {
    return (
      <span className="yes">
        <CheckCircleOutlined aria-hidden="true" /> {t('inbox.ready')}
      </span>
    );
  }
  return (
    <span className="no">
      <CloseCircleOutlined aria-hidden="true" /> <Told text={model.language === 'en' ? fact.messageEn : fact.message} />
    </span>
  );
}

/** In whose place the viewer would decide: they are a deputy at that institution and decide there by no role of their own. */
function principalOf({ task }: Work, viewer: Viewer | null) {
  const there = (viewer?.roles ?? []).filter(
    (each) =>
      each.institution?.id === task.institution?.id && (each.role === 'APPROVER' || each.role === 'INSTITUTION_ADMIN'),
  );
  return there.some((each) => !each.deputyFor) ? null : (there.find((each) => each.deputyFor)?.deputyFor ?? null);
}
