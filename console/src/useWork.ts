// The rows of one part of the inbox: what the viewer owes, what others owe them, what they decided, what was copied to them.
import { useEffect, useState } from 'react';
import { type CombinedError, useMutation, useQuery } from 'urql';
import { requestKey, trusted } from './ask';
import { kindOfBulk } from './inbox';
import {
  DecideTasksDocument,
  InboxDocument,
  type InboxKind,
  type InboxQuery,
  TasksAlikeDocument,
  type TasksAlikeQuery,
  type TasksAlikeQueryVariables,
} from './made/graphql/graphql';
import { resultsOf } from './parts/Bulk';
import { asSubject, subjectOf } from './parts/Subject';
import type { Checks, Work } from './parts/TaskList';
import { decidesAt } from './rights';
import type { Viewer } from './viewer';

/** So few are on the page at once, however many are open. */
export const PAGE = 25;

export const TABS = ['todo', 'sent', 'done', 'copied'] as const;
export type Tab = (typeof TABS)[number];

export interface Asked {
  tab: Tab;
  kind: InboxKind | null;
  isOverdue: boolean;
  isMine: boolean;
}

export interface Rows {
  rows: readonly Work[];
  counts: { open: number; overdue: number } | null;
  total: number | null;
  endCursor: string | null;
  hasNext: boolean;
}

interface Found {
  data: Rows | null;
  error: CombinedError | undefined;
  again: () => void;
}

export function useWork(asked: Asked, viewer: Viewer | null, after: string | null): Found {
  const isTodo = asked.tab === 'todo';
  const isSignedOn = !!viewer?.isSignedOn;
  const [todo, againTodo] = useQuery({
    query: trusted(InboxDocument),
    variables: {
      first: PAGE,
      after,
      kind: asked.kind,
      overdue: asked.isOverdue || null,
      assignedToMe: asked.isMine,
    },
    pause: !isTodo || !isSignedOn,
    requestPolicy: 'cache-and-network',
  });
  const [alike, againAlike] = useQuery({
    query: trusted(TasksAlikeDocument),
    variables: { ...conditions(asked.tab, viewer), first: PAGE, after },
    pause: isTodo || !isSignedOn,
    requestPolicy: 'cache-and-network',
  });
  const asking = isTodo ? todo : alike;
  return {
    data: isTodo ? ofInbox(todo.data) : ofTasks(alike.data),
    error: asking.error,
    again: () => (isTodo ? againTodo : againAlike)({ requestPolicy: 'network-only' }),
  };
}

function ofInbox(data: InboxQuery | undefined): Rows | null {
  if (!data) return null;
  const { nodes, counts, pageInfo } = data.inbox;
  const rows = nodes.flatMap(({ task, record, possible }) =>
    task ? [{ task, possible, record: asSubject(record) }] : [],
  );
  return { rows, counts, total: null, endCursor: pageInfo.endCursor ?? null, hasNext: pageInfo.hasNextPage };
}

function ofTasks(data: TasksAlikeQuery | undefined): Rows | null {
  if (!data) return null;
  const { nodes, totalCount, pageInfo } = data.tasks;
  const rows = nodes.map((task) => ({ task, possible: [], record: subjectOf(task) }));
  return {
    rows,
    counts: null,
    total: totalCount,
    endCursor: pageInfo.endCursor ?? null,
    hasNext: pageInfo.hasNextPage,
  };
}

function conditions(tab: Tab, viewer: Viewer | null): Pick<TasksAlikeQueryVariables, 'where' | 'orderBy'> {
  const me = { id: { eq: viewer?.person?.id ?? '' } };
  const mine = { id: { in: (viewer?.institutionIds ?? []).map(String) } };
  switch (tab) {
    case 'done':
      return { where: { doneBy: me.id, state: { eq: 'DONE' } }, orderBy: [{ doneAt: 'DESC' }] };
    case 'copied':
      return { where: { watchers: { some: me } }, orderBy: [{ state: 'ASC' }, { dueAt: 'ASC' }] };
    default: {
      const elsewhere = { not: { institution: { id: { in: decidesAt(viewer) } } } };
      const ofHome = [{ exchange: { home: mine } }, { registration: { home: mine } }];
      const ofOneself = [{ exchange: { person: me } }, { registration: { person: me } }];
      const or = [...ofHome.map((each) => ({ ...each, ...elsewhere })), ...ofOneself];
      return { where: { state: { eq: 'OPEN' as const }, or }, orderBy: [{ dueAt: 'ASC' }] };
    }
  }
}

/** Tries to approve each row that may be approved, which writes nothing and says what would stand in the way. */
export function useChecks(rows: readonly Work[]): Checks {
  const [, decide] = useMutation(trusted(DecideTasksDocument));
  const [checks, setChecks] = useState<Checks>(new Map());
  const tasks = rows.filter((each) => kindOfBulk(each)).map((each) => each.task.id);
  const asked = tasks.join(' ');
  useEffect(() => {
    if (!asked) return;
    let isWanted = true;
    const input = { tasks: asked.split(' '), decision: 'approve' };
    void decide({ requestKey: requestKey(), input, dryRun: true }).then(({ data }) => {
      if (data && isWanted) setChecks(resultsOf(data.decideTasks.results));
    });
    return () => {
      isWanted = false;
    };
  }, [asked, decide]);
  return checks;
}
