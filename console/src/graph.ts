// The graph that is explored: what is in it, what an expansion adds, how it is written as an address, a table, a picture.
import type { AroundQuery } from './made/graphql/graphql';

/** So many are held; how many are drawn is a matter of `folding.ts`. */
export const MOST_NODES = 2_000;
export const STEP = 25;
/** The most that the hub answers around one record. */
export const MOST_AROUND = 500;

export interface GraphNode {
  id: string;
  type: string;
  name: string;
  nameEn: string | null;
  synthetic: boolean;
  /** Of a group: the records that stand in it. */
  members?: readonly string[];
}

export interface GraphLink {
  id: string;
  from: string;
  to: string;
  /** Types of the records at both ends, whatever groups they stand in. */
  begin: string;
  end: string;
  edge: string;
  name: string;
  nameEn: string;
  /** Between groups: how many relations it stands for. */
  count?: number;
}

export interface Explored {
  nodes: ReadonlyMap<string, GraphNode>;
  links: ReadonlyMap<string, GraphLink>;
}

export const NOTHING: Explored = { nodes: new Map(), links: new Map() };

type Answer = AroundQuery['neighbourhood'];

/** With what lies around a record, up to the most that is held; `left` were not taken. */
export function expanded(before: Explored, answer: Answer): { after: Explored; added: number; left: number } {
  const nodes = new Map(before.nodes);
  const links = new Map(before.links);
  let left = 0;
  for (const record of answer.centre ? [answer.centre, ...answer.records] : answer.records) {
    if (nodes.has(record.id)) continue;
    if (nodes.size >= MOST_NODES) {
      left += 1;
      continue;
    }
    const { id, __typename: type, name, nameEn, synthetic } = record;
    nodes.set(id, { id, type, name, nameEn: nameEn ?? null, synthetic });
  }
  for (const link of answer.links) {
    const [from, to] = link.forward ? [link.from, link.to] : [link.to, link.from];
    const id = `${from} ${link.edge} ${to}`;
    const [begin, end] = [nodes.get(from)?.type, nodes.get(to)?.type];
    if (!begin || !end || links.has(id)) continue;
    links.set(id, { id, from, to, begin, end, edge: link.edge, name: link.name, nameEn: link.nameEn });
  }
  return { after: { nodes, links }, added: nodes.size - before.nodes.size, left };
}

export function without(before: Explored, id: string): Explored {
  const nodes = new Map(before.nodes);
  nodes.delete(id);
  const links = new Map([...before.links].filter(([, link]) => link.from !== id && link.to !== id));
  return { nodes, links };
}

/** An expansion in an address: `id` or `id~KIND`. */
export interface Opening {
  id: string;
  kind: string | null;
}

export function openings(parameters: URLSearchParams): Opening[] {
  return parameters.getAll('open').flatMap((text) => {
    const [id, kind] = text.split('~');
    return id ? [{ id, kind: kind ?? null }] : [];
  });
}

export function written({ id, kind }: Opening): string {
  return kind ? `${id}~${kind}` : id;
}

/** Each opening of the same relation takes twenty-five more, as far as the hub answers. */
export function grown(limits: Map<string, number>, opening: Opening): number {
  const limit = Math.min((limits.get(written(opening)) ?? 0) + STEP, MOST_AROUND);
  limits.set(written(opening), limit);
  return limit;
}
