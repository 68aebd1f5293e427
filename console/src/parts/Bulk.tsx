// Approving many at once: first who and what of which quota, then whether each would pass, then a result for each.
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { requestKey, trusted } from '../ask';
import { refusal } from '../deed';
import { DecideTasksDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Dialog } from './Dialog';
import { type Fact, FactShown, Fault } from './Fault';
import { personOf, type Subject, useWay } from './Subject';
import type { Checks, Work } from './TaskList';

export function Bulk({ rows, checks, onClose }: { rows: readonly Work[]; checks: Checks; onClose: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const [{ fetching, error }, decide] = useMutation(trusted(DecideTasksDocument));
  const [results, setResults] = useState<Checks | null>(null);
  const key = useRef(requestKey());
  const kind = rows[0]?.record?.__typename ?? '';
  const ready = rows.filter((each) => checks.get(each.task.id) == null);
  const approve = async (chosen: readonly Work[]) => {
    const tasks = chosen.map((each) => each.task.id);
    const { data } = await decide({ requestKey: key.current, input: { tasks, decision: 'approve' }, dryRun: false });
    if (data) setResults(resultsOf(data.decideTasks.results));
  };
  return (
    <Dialog title={t('bulk.title', { count: rows.length, kind: model.nounLabel(kind) })} onClose={onClose}>
      {error && <Fault error={error} />}
      {results ? <Summary results={results} /> : <Beforehand rows={rows} />}
      <ul className="plain bulk">
        {rows.map((each) => (
          <BulkRow key={each.task.id} work={each} checks={checks} results={results} />
        ))}
      </ul>
      <div className="actions">
        {results ? (
          <Button type="primary" onClick={onClose}>
            {t('bulk.close')}
          </Button>
        ) : (
          <>
            <Button type="primary" loading={fetching} onClick={() => approve(rows)}>
              {t('bulk.confirm', { count: rows.length })}
            </Button>
            {ready.length > 0 && ready.length < rows.length && (
              <Button disabled={fetching} onClick={() => approve(ready)}>
                {t('bulk.confirmReady', { count: ready.length })}
              </Button>
            )}
            <Button onClick={onClose}>{t('inbox.cancel')}</Button>
          </>
        )}
      </div>
    </Dialog>
  );
}

export function resultsOf(results: readonly { taskId: string | number; result: object }[]): Checks {
  return new Map(results.map((each) => [String(each.taskId), refusal(each.result)]));
}

function Summary({ results }: { results: Checks }) {
  const { t } = useTranslation();
  const refused = [...results.values()].filter(Boolean).length;
  return (
    <p role="status">
      <strong>{t('bulk.summary', { done: results.size - refused, refused })}</strong>
    </p>
  );
}

function Beforehand({ rows }: { rows: readonly Work[] }) {
  const { t } = useTranslation();
  const model = useModel();
  const way = useWay();
  const subjects = rows.flatMap((each) => (each.record ? [each.record] : []));
  const ways = counted(subjects.map((each) => [way(each), each] as const));
  const clauses = counted(
    subjects.flatMap((each) =>
      each.__typename === 'CadreExchange' && each.clause ? [[each.clause.id, each] as const] : [],
    ),
  );
  return (
    <>
      <p>{t('bulk.lead')}</p>
      <ul>
        {ways.map(({ key, of }) => (
          <li key={key}>
            {t('list.count', { count: of.length as never })} · {key}
          </li>
        ))}
        {clauses.map(({ key, of }) => {
          const clause = of[0]?.__typename === 'CadreExchange' ? of[0].clause : null;
          return (
            clause?.quota != null && (
              <li key={key}>
                {t('bulk.quota', {
                  name: model.name(clause),
                  count: of.length,
                  per: model.per(clause),
                  quota: clause.quota,
                })}
              </li>
            )
          );
        })}
      </ul>
    </>
  );
}

function counted(pairs: readonly (readonly [string, Subject])[]): { key: string; of: Subject[] }[] {
  const found = new Map<string, Subject[]>();
  for (const [key, subject] of pairs) found.set(key, [...(found.get(key) ?? []), subject]);
  return [...found].map(([key, of]) => ({ key, of }));
}

function BulkRow({ work, checks, results }: { work: Work; checks: Checks; results: Checks | null }) {
  const { t } = useTranslation();
  const model = useModel();
  const way = useWay();
  const { task, record } = work;
  const person = record && personOf(record);
  const told = results ?? checks;
  const fact: Fact | null | undefined = told.get(task.id);
  return (
    <li data-result={fact === undefined ? 'none' : fact ? 'refused' : 'passes'}>
      <p>
        <strong>{person ? model.name(person) : model.name(task)}</strong>{' '}
        <span className="quiet">{record && way(record)}</span>{' '}
        {fact === null && <span className="yes">{results ? t('bulk.approved') : t('inbox.ready')}</span>}
      </p>
      {fact && <FactShown fact={fact} />}
    </li>
  );
}
