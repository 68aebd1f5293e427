// The figures of a plan: circles, in which each institution sends as many as it receives, and chains; told as one walks them.
import type { ExchangePlanQuery } from './made/graphql/graphql';

export type Proposal = NonNullable<ExchangePlanQuery['exchangePlan']>['proposals']['nodes'][number];

interface Figure {
  number: number;
  isCircle: boolean;
  proposals: Proposal[];
}

/** What is in no circle and no chain has this number in a plan. */
const ALONE = 0;

/** Circles first, then chains, as the plan numbers them, then those that stand alone. */
export function figuresOf(proposals: readonly Proposal[]): Figure[] {
  const found = new Map<number, Proposal[]>();
  for (const each of proposals) found.set(each.figure ?? ALONE, [...(found.get(each.figure ?? ALONE) ?? []), each]);
  return [...found]
    .map(([number, inside]) => ({
      number,
      isCircle: inside.every((each) => each.inCircle),
      proposals: ordered(inside),
    }))
    .sort((one, other) => Number(other.isCircle) - Number(one.isCircle) || rank(one) - rank(other));
}

function rank({ number }: Figure): number {
  return number === ALONE ? Number.POSITIVE_INFINITY : number;
}

interface Step {
  home?: { id: string } | null;
  host?: { id: string } | null;
}

/** Each follows the one that ends where it begins; a chain begins where nobody arrives. */
function ordered<Each extends Step>(steps: readonly Each[]): Each[] {
  const left = [...steps];
  const arrives = new Set(steps.map((each) => each.host?.id));
  const walked: Each[] = [];
  while (left.length > 0) {
    const at = walked.at(-1)?.host?.id;
    const follows = left.findIndex((each) => each.home?.id === at);
    const begins = left.findIndex((each) => !arrives.has(each.home?.id));
    const index = follows >= 0 ? follows : Math.max(begins, 0);
    walked.push(...left.splice(index, 1));
  }
  return walked;
}

/** `甲 → 乙 → 丙 → 甲`; where the walk breaks off, it begins anew after a semicolon. */
export function walk<Name extends { id: string }>(
  steps: readonly { home?: Name | null; host?: Name | null }[],
  name: (of: Name) => string,
): string {
  const runs: string[][] = [];
  let at: string | undefined;
  for (const { home, host } of steps) {
    if (!home || !host) continue;
    if (home.id !== at) runs.push([name(home)]);
    runs.at(-1)?.push(name(host));
    at = host.id;
  }
  return runs.map((each) => each.join(' → ')).join('; ');
}
