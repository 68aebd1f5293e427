// The course of an exchange, the rules in the order in which the hub asks them, and the ledger as a matrix.
import type { ExchangeLedgerQuery, ExchangeState } from './made/graphql/graphql';

export type Standing = 'passed' | 'now' | 'ahead';

const COURSE: readonly ExchangeState[] = ['DRAFT', 'SUBMITTED', 'HOME_APPROVED', 'ACCEPTED', 'ACTIVE', 'COMPLETED'];
const ENDED: ReadonlySet<ExchangeState> = new Set(['WITHDRAWN', 'REJECTED', 'RECALLED', 'EXPIRED', 'COMPLETED']);

export function hasEnded(state: ExchangeState): boolean {
  return ENDED.has(state);
}

/** The states as a line; one that ended before its time shows how far it came and how it ended. */
export function course(
  state: ExchangeState,
  reached: { wasSubmitted: boolean; approvals: number },
): { state: ExchangeState; standing: Standing }[] {
  const at = COURSE.indexOf(state);
  if (at >= 0) {
    return COURSE.map((each, index) => ({
      state: each,
      standing: index < at ? 'passed' : index === at ? 'now' : 'ahead',
    }));
  }
  const came = state === 'RECALLED' ? 5 : reached.wasSubmitted ? 2 + Math.min(reached.approvals, 2) : 1;
  const passed = COURSE.slice(0, came).map((each) => ({ state: each, standing: 'passed' as const }));
  return [...passed, { state, standing: 'now' }];
}

/** What submitting asks, in the hub's order (graph_store/commands/exchanges.py), each with the facts by which it refuses. */
export const RULES = [
  { rule: 'ruleFirstDay', facts: ['FirstDayHasCome'] },
  { rule: 'ruleHome', facts: ['NotEmployedAtHome'] },
  { rule: 'rulePost', facts: ['PostIsClosed', 'PeriodOutsidePost'] },
  { rule: 'ruleSkills', facts: ['RequirementsNotMet'] },
  { rule: 'rulePerson', facts: ['PersonIsOnExchange'] },
  { rule: 'ruleClause', facts: ['NoClauseCoversIt', 'AgreementNotInForce', 'QuotaIsUsedUp'] },
  { rule: 'rulePostRoom', facts: ['PostIsTaken'] },
] as const;

export type Verdict = 'passes' | 'fails' | 'unknown';

/** How each rule came out: those before the one that refused passed, those after it were not asked. */
export function verdicts(fact: string | null): { rule: (typeof RULES)[number]['rule']; verdict: Verdict }[] {
  const failed = fact ? RULES.findIndex(({ facts }) => (facts as readonly string[]).includes(fact)) : RULES.length;
  return RULES.map(({ rule }, index) => ({
    rule,
    verdict: failed < 0 || index > failed ? 'unknown' : index === failed ? 'fails' : 'passes',
  }));
}

/** Whole calendar months and the rest in tenths, for people: `6`, `5.5`. */
export function monthsBetween(since: string, until: string): number {
  const [first, last] = [new Date(`${since}T00:00:00Z`), new Date(`${until}T00:00:00Z`)];
  const days = (last.getTime() - first.getTime()) / 86_400_000 + 1;
  return Math.round((days / 365.25) * 12 * 10) / 10;
}

type Pair = ExchangeLedgerQuery['exchangeLedger']['pairs'][number];
export type Entry = Pair['sent'][number];

export interface Institution {
  id: string;
  name: string;
  nameEn: string | null;
}

export interface Sum {
  people: number;
  served: number;
  planned: number;
}

export interface Matrix {
  institutions: readonly Institution[];
  cells: ReadonlyMap<string, readonly Entry[]>;
}

/** A cell, to look into. */
export interface Opened {
  from: Institution;
  to: Institution;
  entries: readonly Entry[];
}

export function cellKey(from: string, to: string): string {
  return `${from} ${to}`;
}

/** Each pair is told once; here it is two cells: what `one` sent to `other`, and the other way round. */
export function matrix(pairs: readonly Pair[]): Matrix {
  const known = new Map<string, Institution>();
  const cells = new Map<string, readonly Entry[]>();
  const note = (id: string, record: Pair['one']) =>
    known.set(id, { id, name: record?.name ?? id, nameEn: record?.nameEn ?? null });
  for (const pair of pairs) {
    const [one, other] = [String(pair.oneId), String(pair.otherId)];
    note(one, pair.one);
    note(other, pair.other);
    if (pair.sent.length > 0) cells.set(cellKey(one, other), pair.sent);
    if (pair.received.length > 0) cells.set(cellKey(other, one), pair.received);
  }
  const institutions = [...known.values()].sort((first, second) => first.name.localeCompare(second.name, 'zh-CN'));
  return { institutions, cells };
}

export function sumOf(entries: readonly Entry[]): Sum {
  const people = new Set(entries.map((each) => each.personId)).size;
  const hundredths = (of: 'months' | 'plannedMonths') =>
    entries.reduce((total, each) => total + Math.round(each[of] * 100), 0) / 100;
  return { people, served: hundredths('months'), planned: hundredths('plannedMonths') };
}

/** What an institution sent, and what it received. */
export function entriesOf({ institutions, cells }: Matrix, id: string): { sent: Entry[]; received: Entry[] } {
  const all = (pick: (other: string) => string) => institutions.flatMap((each) => cells.get(pick(each.id)) ?? []);
  return { sent: all((other) => cellKey(id, other)), received: all((other) => cellKey(other, id)) };
}

/** The cells as ties between the places of institutions, with the people sent; in the order of the matrix. */
export function tiesOf(all: Matrix): (Opened & { key: string; at: readonly [number, number]; people: number })[] {
  const { institutions, cells } = all;
  return institutions.flatMap((from, row) =>
    institutions.flatMap((to, column) => {
      const key = cellKey(from.id, to.id);
      const entries = cells.get(key);
      return entries ? [{ from, to, entries, key, at: [row, column] as const, people: sumOf(entries).people }] : [];
    }),
  );
}
