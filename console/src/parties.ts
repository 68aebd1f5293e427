// Registrations as parties: everyone registers in one, and a group stands and falls together.

export interface Member {
  id: string;
  party: string;
  state: string;
}

export interface Party<Each extends Member> {
  id: string;
  members: readonly Each[];
}

/** In the order in which each party first appears. */
export function parties<Each extends Member>(registrations: readonly Each[]): Party<Each>[] {
  const found = new Map<string, Each[]>();
  for (const each of registrations) found.set(each.party, [...(found.get(each.party) ?? []), each]);
  return [...found].map(([id, members]) => ({ id, members }));
}
