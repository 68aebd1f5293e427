// Addresses of the console, and what the id of a record says of it.
import made from './made/records.json';

export interface Facet {
  name: string;
  key: string;
  path: string[];
  holds: string;
}

export interface Documents {
  type: string;
  singular: string;
  plural: string;
  record: string;
  list: string;
  columns: string[];
  facets: Facet[];
  facetCounts: string;
  relations: Record<string, string>;
}

const nouns = Object.values(made) as unknown as Documents[];
const byType = new Map(nouns.map((each) => [each.type, each]));
/** Where people know a kind by a shorter word than the model does (`web/console.py` has the same). */
const SPOKEN: Record<string, string> = { cadreExchanges: 'exchanges' };

const byPlace = new Map(nouns.map((each) => [placeOf(each.plural), each]));
const byWord = new Map(nouns.map((each) => [kebab(each.singular).replaceAll('-', '_'), each]));

export function kebab(word: string): string {
  return word.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}

export function documentsOfType(type: string): Documents | undefined {
  return byType.get(type);
}

function placeOf(plural: string): string {
  return SPOKEN[plural] ?? kebab(plural);
}

/** By the word in an address: `training-classes`. */
export function documentsAt(place: string | undefined): Documents | undefined {
  return byPlace.get(place ?? '');
}

/** `INSTRUMENT` → the documents of instruments. */
export function documentsOfKind(kind: string): Documents | undefined {
  return byWord.get(kind.toLowerCase());
}

/** The kind of a record by its id: `{base}-{noun}-{key}`. */
export function documentsOfId(id: string): Documents | undefined {
  return byWord.get(/^[a-z]+-([a-z_]+)-/.exec(id)?.[1] ?? '');
}

/** Kinds whose records have a page of their own beside the one that is drawn from the model. */
const OWN_PLACES: Readonly<Record<string, string>> = {
  trainingClasses: '/training',
  flowRuns: '/flows',
  tasks: '/inbox',
};

export function listPlace(plural: string): string {
  return OWN_PLACES[plural] ?? `/${placeOf(plural)}`;
}

export function recordPlace(id: string, type?: string): string {
  const documents = (type && documentsOfType(type)) || documentsOfId(id);
  return documents ? `${listPlace(documents.plural)}/${encodeURIComponent(id)}` : `/search?q=${encodeURIComponent(id)}`;
}
