// One decision: what it is about, what was done so far, who is next, what it leaves of the quota, and what can be done about it.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { whole } from '../format';
import { useFollowed } from '../live';
import { QuotaOfDocument, TaskToldDocument, type TaskToldQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { recordPlace } from '../places';
import { CommentsShown } from './Comments';
import { Fault } from './Fault';
import { Empty, Pending } from './Page';
import { RecordLink } from './RecordLink';
import { Done, Route } from './Route';
import { type Exchange, Form, type Subject, subjectOf } from './Subject';
import { TaskDeeds } from './TaskDeeds';

export function TaskDetail({
  id,
  onDecided,
  onDone,
  backTo,
}: {
  id: string;
  onDecided: () => void;
  onDone: () => void;
  backTo: string;
}) {
  const { t } = useTranslation();
  const { data, error, reload } = useFollowed(TaskToldDocument, id);
  const back = (
    <Link className="button only-narrow" to={backTo}>
      {t('inbox.back')}
    </Link>
  );
  if (error) {
    return (
      <>
        {back}
        <Fault error={error} retry={reload} />
      </>
    );
  }
  if (!data) return <Pending rows={8} />;
  if (!data.task) {
    return (
      <>
        {back}
        <Empty>{t('inbox.notThere')}</Empty>
      </>
    );
  }
  return (
    <>
      {back}
      <Told
        told={data}
        task={data.task}
        onDecided={onDecided}
        onDone={() => {
          reload();
          onDone();
        }}
      />
    </>
  );
}

type Task = NonNullable<TaskToldQuery['task']>;

function Told({
  told,
  task,
  onDecided,
  onDone,
}: {
  told: TaskToldQuery;
  task: Task;
  onDecided: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const owed = told.inbox.nodes[0];
  const subject = subjectOf(task);
  return (
    <article aria-labelledby="task-name" className="task-detail">
      <h2 id="task-name">{model.name(task)}</h2>
      {owed && (
        <TaskDeeds key={task.id} task={task.id} possible={owed.possible} onDecided={onDecided} onDone={onDone} />
      )}
      <Done task={task} />
      <h3>{t('inbox.form')}</h3>
      {subject && <Form subject={subject} />}
      {owed && subject && <Next subject={subject} />}
      {owed && (
        <>
          <h3>{t('inbox.route')}</h3>
          <Route events={owed.history} type={subject?.__typename ?? ''} />
        </>
      )}
      <CommentsShown comments={task.comments.nodes} />
      {task.watchers.length > 0 && (
        <p>
          <span className="quiet">{t('inbox.watchers')}</span>{' '}
          {task.watchers.map((each) => (
            <RecordLink key={each.id} record={each} />
          ))}
        </p>
      )}
      {subject && (
        <p>
          <Link to={recordPlace(subject.id, subject.__typename)}>{t('inbox.openCase')}</Link>
        </p>
      )}
    </article>
  );
}

function Next({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const model = useModel();
  const words = () => {
    if (subject.__typename === 'Registration') return t('inbox.afterSeat');
    if (subject.__typename === 'TrainingClass') return t('inbox.afterClass');
    if (subject.exchangeState === 'SUBMITTED' && subject.host) {
      return t('inbox.afterHost', { name: model.name(subject.host) });
    }
    return t('inbox.afterBegin', { day: subject.since ?? '' });
  };
  return (
    <>
      <h3>{t('inbox.next_')}</h3>
      <p>{words()}</p>
      {subject.__typename === 'CadreExchange' && subject.exchangeState === 'SUBMITTED' && <Quota exchange={subject} />}
    </>
  );
}

/** The states in which a place of the quota is taken (decision 17). */
const COUNTED = ['HOME_APPROVED', 'ACCEPTED', 'ACTIVE', 'COMPLETED'] as const;

function Quota({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation();
  const model = useModel();
  const { clause, party, since } = exchange;
  const year = since?.slice(0, 4) ?? '';
  const inYear = clause?.per === 'YEAR' ? { since: { gte: `${year}-01-01`, lte: `${year}-12-31` } } : {};
  const [{ data }] = useQuery({
    query: trusted(QuotaOfDocument),
    variables: {
      clause: clause?.id ?? '',
      where: { party: { id: { eq: party?.id ?? '' } }, state: { in: [...COUNTED] }, ...inYear },
    },
    pause: !clause || !party,
    requestPolicy: 'cache-and-network',
  });
  const told = data?.clause;
  if (!clause || !party) return <p className="quiet">{t('inbox.quotaUnseen')}</p>;
  if (!told) return null;
  if (told.quota == null) return <p>{t('inbox.quotaFree')}</p>;
  const used = told.exchanges.totalCount;
  return (
    <p className={used + 1 > told.quota ? 'no' : undefined}>
      {t('inbox.quotaAfter', { per: model.per(told), quota: whole(told.quota, model.language), used, after: used + 1 })}
    </p>
  );
}
