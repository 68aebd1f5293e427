// How decisions are grouped and told: by the day on which they are due, as people in the hub's own zone say it.
import type { Language } from './preferences';

export type Group = 'overdue' | 'today' | 'week' | 'later';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_DAYS = 7;
const SHANGHAI_MS = 8 * HOUR_MS;

/** Days since 1970 in Shanghai, which has no summer time. */
export function dayNumber(at: Date): number {
  return Math.floor((at.getTime() + SHANGHAI_MS) / DAY_MS);
}

/** Today's date in Shanghai, `2026-11-30`, or of so many days later. */
export function dayText(at: Date, later = 0): string {
  return new Date(at.getTime() + SHANGHAI_MS + later * DAY_MS).toISOString().slice(0, 10);
}

export function groupOf(dueAt: string, now: Date): Group {
  const due = new Date(dueAt);
  if (due < now) return 'overdue';
  const days = dayNumber(due) - dayNumber(now);
  return days === 0 ? 'today' : days <= WEEK_DAYS ? 'week' : 'later';
}

/** `3 天后`, `in 5 hours`, `2 天前`. */
export function dueInWords(dueAt: string, now: Date, language: Language): string {
  const left = new Date(dueAt).getTime() - now.getTime();
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  const size = Math.abs(left);
  if (size < HOUR_MS) return words.format(Math.trunc(left / MINUTE_MS), 'minute');
  if (size < DAY_MS) return words.format(Math.trunc(left / HOUR_MS), 'hour');
  return words.format(Math.trunc(left / DAY_MS), 'day');
}

const GROUPS: readonly Group[] = ['overdue', 'today', 'week', 'later'];

/** The rows under their headings, in the order in which they came; empty groups are left out. */
export function grouped<Row extends { task: { dueAt: string } }>(
  rows: readonly Row[],
  now: Date,
): { group: Group; rows: Row[] }[] {
  return GROUPS.map((group) => ({
    group,
    rows: rows.filter((each) => groupOf(each.task.dueAt, now) === group),
  })).filter((each) => each.rows.length > 0);
}

/** What may be decided together: the same move on the same kind of record, by approving it. */
export function kindOfBulk(row: {
  record: { __typename?: string } | null;
  possible: readonly { name: string }[];
}): string | null {
  const canApprove = row.possible.some((each) => each.name === 'approve');
  return canApprove && row.record?.__typename ? row.record.__typename : null;
}
