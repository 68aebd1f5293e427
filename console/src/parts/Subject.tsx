// What a decision is about: an exchange, a registration, a class; on one line and as a form.
import type { ReactNode } from 'react';
import type { TasksAlikeQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { FactRows } from './FactRows';
import { type Named, RecordLink } from './RecordLink';

type Row = TasksAlikeQuery['tasks']['nodes'][number];
export type Exchange = NonNullable<Row['exchange']>;
export type Registration = NonNullable<Row['registration']>;
export type Class = NonNullable<Row['trainingClass']>;
export type Subject = Exchange | Registration | Class;

/** A record of the hub as a subject; null where it may not be seen or is nothing that is decided on. */
export function asSubject(record: { __typename?: string } | null | undefined): Subject | null {
  const isKnown = ['CadreExchange', 'Registration', 'TrainingClass'].includes(record?.__typename ?? '');
  return isKnown ? (record as Subject) : null;
}

export function subjectOf(task: Pick<Row, 'exchange' | 'registration' | 'trainingClass'> | null): Subject | null {
  return task?.exchange ?? task?.registration ?? task?.trainingClass ?? null;
}

export function personOf(subject: Subject): Named | null {
  return subject.__typename === 'TrainingClass' ? null : (subject.person ?? null);
}

/** Who sends and who receives. */
export function endsOf(subject: Subject): { from: Named | null; to: Named | null } {
  switch (subject.__typename) {
    case 'CadreExchange':
      return { from: subject.home ?? null, to: subject.host ?? null };
    case 'Registration':
      return { from: subject.home ?? null, to: subject.organiser ?? null };
    default:
      return { from: subject.organiser ?? null, to: null };
  }
}

/** `四川大学 → 重庆大学` */
export function useWay(): (subject: Subject) => string {
  const model = useModel();
  return (subject) => {
    const { from, to } = endsOf(subject);
    return [from, to].flatMap((each) => (each ? [model.name(each)] : [])).join(' → ');
  };
}

export function stateOf(subject: Subject): { type: string; state: string } {
  switch (subject.__typename) {
    case 'CadreExchange':
      return { type: subject.__typename, state: subject.exchangeState };
    case 'Registration':
      return { type: subject.__typename, state: subject.registrationState };
    default:
      return { type: subject.__typename, state: subject.classState };
  }
}

export function useStateWord(): (type: string, state: string) => string {
  const model = useModel();
  return (type, state) => model.chosen(type, 'state', state);
}

export function Form({ subject }: { subject: Subject }) {
  const model = useModel();
  const word = useStateWord();
  const { type, state } = stateOf(subject);
  const label = (name: string) => {
    const named = model.field(type, name) ?? model.noun(type)?.edges.find((each) => each.name === name);
    return named ? model.label(named) : name;
  };
  const rows: [string, ReactNode][] = [['state', word(type, state)], ...rowsOf(subject)];
  return <FactRows rows={rows.map(([name, value]) => [label(name), value] as const)} isNarrow />;
}

function link(record: Named | null | undefined): ReactNode {
  return record ? <RecordLink record={record} hasKind /> : null;
}

function rowsOf(subject: Subject): [string, ReactNode][] {
  switch (subject.__typename) {
    case 'CadreExchange':
      return [
        ['person', link(subject.person)],
        ['home', link(subject.home)],
        ['host', link(subject.host)],
        ['post', link(subject.post)],
        ['since', subject.since],
        ['until', subject.until],
        ['purpose', subject.purpose],
        ['clause', link(subject.clause)],
      ];
    case 'Registration':
      return [
        ['person', link(subject.person)],
        ['home', link(subject.home)],
        ['organiser', link(subject.organiser)],
        ['trainingClass', link(subject.trainingClass)],
        ['partySize', String(subject.partySize)],
      ];
    default:
      return [
        ['organiser', link(subject.organiser)],
        ['startsOn', subject.startsOn],
        ['endsOn', subject.endsOn],
        ['place', subject.place],
        ['seats', String(subject.seats)],
      ];
  }
}
