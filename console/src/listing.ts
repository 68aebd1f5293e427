// A list's conditions live in its address; here they become the API's `where` and `orderBy`, and back.
import type { Facet } from './places';

export interface Asked {
  chosen: ReadonlyMap<string, readonly string[]>;
  name: string;
  sort: { field: string; direction: 'ASC' | 'DESC' } | null;
}

/** `?category=LASER&category=MEDICAL&name=X射线&sort=-valueCny` */
export function asked(parameters: URLSearchParams, facets: readonly Facet[], sortable: ReadonlySet<string>): Asked {
  const chosen = new Map<string, readonly string[]>();
  for (const { name } of facets) {
    const values = parameters.getAll(name);
    if (values.length) chosen.set(name, values);
  }
  const sort = parameters.get('sort');
  const field = sort?.replace(/^-/, '') ?? '';
  return {
    chosen,
    name: parameters.get('name') ?? '',
    sort: sortable.has(field) ? { field, direction: sort?.startsWith('-') ? 'DESC' : 'ASC' } : null,
  };
}

export function where({ chosen, name }: Asked, facets: readonly Facet[]): Record<string, unknown> {
  const conditions = facets.flatMap((facet) => {
    const values = chosen.get(facet.name);
    return values ? [nested(facet.path, condition(facet, values))] : [];
  });
  if (name) conditions.push({ or: [{ name: { contains: name } }, { nameEn: { contains: name } }] });
  return conditions.length > 1 ? { and: conditions } : (conditions[0] ?? {});
}

function condition({ holds }: Facet, values: readonly string[]): Record<string, unknown> {
  if (holds === 'flag') return { eq: values[0] === 'true' };
  if (holds === 'record') return { id: { in: values } };
  return { in: values };
}

function nested(path: readonly string[], inner: Record<string, unknown>): Record<string, unknown> {
  return path.reduceRight((held, each) => ({ [each]: held }), inner);
}

/** The address with one value of a facet turned on or off. */
export function turnedFacet(parameters: URLSearchParams, facet: Facet, value: string): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const before = next.getAll(facet.name);
  next.delete(facet.name);
  const kept = before.includes(value)
    ? before.filter((each) => each !== value)
    : [...(facet.holds === 'flag' ? [] : before), value];
  for (const each of kept) next.append(facet.name, each);
  return next;
}

/** ascending → descending → as the hub gives them. */
export function turnedSort(parameters: URLSearchParams, field: string): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const sort = next.get('sort');
  if (sort === field) next.set('sort', `-${field}`);
  else if (sort === `-${field}`) next.delete('sort');
  else next.set('sort', field);
  return next;
}
