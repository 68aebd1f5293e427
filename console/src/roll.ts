// Attendance: what is stored, what was changed on the page, and what therefore has to be written.

export type Mark = 'present' | 'absent';

interface Seated {
  id: string;
  state: string;
}

const STORED: Readonly<Record<string, Mark>> = { ATTENDED: 'present', CERTIFIED: 'present', NO_SHOW: 'absent' };

/** Each one's mark, the page's before the stored one. */
export function markedSoFar(rows: readonly Seated[], changed: ReadonlyMap<string, Mark>): ReadonlyMap<string, Mark> {
  return new Map(
    rows.flatMap(({ id, state }) => {
      const mark = changed.get(id) ?? STORED[state];
      return mark ? [[id, mark] as const] : [];
    }),
  );
}

/** The registrations whose mark differs from what is stored. */
export function toSave(
  rows: readonly Seated[],
  changed: ReadonlyMap<string, Mark>,
): { attended: string[]; absent: string[] } {
  const differing = rows.filter(({ id, state }) => changed.has(id) && changed.get(id) !== STORED[state]);
  const ids = (mark: Mark) => differing.filter(({ id }) => changed.get(id) === mark).map(({ id }) => id);
  return { attended: ids('present'), absent: ids('absent') };
}
