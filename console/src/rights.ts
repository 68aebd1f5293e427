// What the pages offer to whom; whether it is allowed the hub decides each time.
import type { Viewer } from './viewer';

type Held = Viewer['roles'][number];

function roles(viewer: Viewer | null, ...wanted: Held['role'][]): Held[] {
  return (viewer?.roles ?? []).filter((each) => wanted.includes(each.role));
}

function reaches(viewer: Viewer | null, institution: string | undefined, held: readonly Held[]): boolean {
  if (!institution) return false;
  return held.length > 0 && (viewer?.institutionIds ?? []).includes(institution);
}

export function isPlatformAdmin(viewer: Viewer | null): boolean {
  return roles(viewer, 'PLATFORM_ADMIN').length > 0;
}

/** Whether they look after flows and sources. */
export function runsTheHub(viewer: Viewer | null): boolean {
  return roles(viewer, 'PLATFORM_ADMIN', 'AUDITOR').length > 0;
}

/** Whether they write the records that the institution answers for. */
export function mayEdit(viewer: Viewer | null, institution: string | undefined): boolean {
  return isPlatformAdmin(viewer) || reaches(viewer, institution, roles(viewer, 'INSTITUTION_ADMIN'));
}

const DECIDING = ['APPROVER', 'INSTITUTION_ADMIN'] as const;

/** The institutions whose decisions are in their inbox. */
export function decidesAt(viewer: Viewer | null): string[] {
  return roles(viewer, ...DECIDING).length > 0 ? (viewer?.institutionIds ?? []).map(String) : [];
}

/** Whether they decide for the institution. */
export function mayDecide(viewer: Viewer | null, institution: string | undefined): boolean {
  return reaches(viewer, institution, roles(viewer, ...DECIDING));
}

type Named = NonNullable<Held['institution']>;

function institutions(held: readonly Held[]): Named[] {
  const found = held.flatMap(({ institution }) => (institution ? [institution] : []));
  return [...new Map(found.map((each) => [each.id, each])).values()];
}

/** The institutions whose people they register, one by one or by a list. */
export function homesOf(viewer: Viewer | null): Named[] {
  return institutions(roles(viewer, 'INSTITUTION_ADMIN'));
}

/** The institutions to which they belong themselves. */
export function belongsTo(viewer: Viewer | null): Named[] {
  return institutions(viewer?.roles ?? []);
}
