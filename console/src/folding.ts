// Groups of the picture: what is alike stands as one node, by choice, and by itself where too many would be drawn.
import type { Explored, GraphLink, GraphNode } from './graph';

/** So many nodes are drawn; what comes beyond stands in groups. */
export const MOST_DRAWN = 200;

export const FOLDINGS = ['kind', 'institution', 'division'] as const;
export type Folding = (typeof FOLDINGS)[number];

/** Whose a record is, and where: a group is named after it. */
export type Owner = Pick<GraphNode, 'id' | 'type' | 'name' | 'nameEn'>;
export type Owners = ReadonlyMap<string, { institution: Owner | null; division: Owner | null }>;

interface Choice {
  by: Folding | null;
  /** Keys of groups that were opened. */
  unfolded: ReadonlySet<string>;
  /** Records that always stand for themselves. */
  kept: ReadonlySet<string>;
  owners: Owners;
}

export interface Folded {
  graph: Explored;
  /** Whether groups formed that nobody asked for. */
  isForced: boolean;
}

/** The group as a node: its id is its key, `kind:Instrument`, `institution:cd-institution-scu` … */
function groupOf(node: GraphNode, by: Folding, owners: Owners): GraphNode | null {
  if (by === 'kind') {
    return { id: `kind:${node.type}`, type: node.type, name: '', nameEn: null, synthetic: false };
  }
  const owner = owners.get(node.id)?.[by];
  return owner ? { ...owner, id: `${by}:${owner.id}`, synthetic: false } : null;
}

/** The explored graph as it is drawn: at most `MOST_DRAWN` nodes, the rest within groups. */
export function folded(graph: Explored, choice: Choice): Folded {
  const places = new Map<string, GraphNode>(); // record → the group in which it stands
  const { by, unfolded } = choice;
  let drawn = graph.nodes.size;
  const fold = (group: GraphNode, members: readonly GraphNode[]) => {
    const node = {
      ...group,
      synthetic: members.some((each) => each.synthetic),
      members: members.map((each) => each.id),
    };
    for (const each of members) places.set(each.id, node);
    drawn -= members.length - 1;
  };
  if (by) {
    for (const { group, members } of groups(graph, by, choice, places)) {
      if (!unfolded.has(group.id) && members.length > 1) fold(group, members);
    }
  }
  let isForced = false;
  if (drawn > MOST_DRAWN) {
    isForced = true;
    const last = (id: string) => (unfolded.has(id) ? 1 : 0);
    const found = groups(graph, 'kind', choice, places).sort(
      (a, b) => last(a.group.id) - last(b.group.id) || b.members.length - a.members.length,
    );
    for (const { group, members } of found) {
      if (drawn <= MOST_DRAWN || members.length < 2) continue;
      // of a group that was opened as many are shown as there is room for
      const room = unfolded.has(group.id) ? Math.max(0, members.length - (drawn - MOST_DRAWN) - 1) : 0;
      fold(group, members.slice(room));
    }
    if (drawn > MOST_DRAWN && by && by !== 'kind') return { ...folded(graph, { ...choice, by: 'kind' }), isForced };
  }
  return { graph: joined(graph, places), isForced };
}

function groups(graph: Explored, by: Folding, { kept, owners }: Choice, places: ReadonlyMap<string, GraphNode>) {
  const found = new Map<string, { group: GraphNode; members: GraphNode[] }>();
  for (const node of graph.nodes.values()) {
    const group = kept.has(node.id) || places.has(node.id) ? null : groupOf(node, by, owners);
    if (!group) continue;
    const known = found.get(group.id);
    if (known) known.members.push(node);
    else found.set(group.id, { group, members: [node] });
  }
  return [...found.values()];
}

/** Relations to members become relations to their group, each told once with their number. */
function joined(graph: Explored, places: ReadonlyMap<string, GraphNode>): Explored {
  const nodes = new Map<string, GraphNode>();
  for (const node of graph.nodes.values()) {
    const shown = places.get(node.id) ?? node;
    nodes.set(shown.id, shown);
  }
  const links = new Map<string, GraphLink>();
  for (const link of graph.links.values()) {
    const [from, to] = [places.get(link.from)?.id ?? link.from, places.get(link.to)?.id ?? link.to];
    if (from === to) continue;
    const id = `${from} ${link.edge} ${to}`;
    links.set(id, { ...link, id, from, to, count: (links.get(id)?.count ?? 0) + 1 });
  }
  return { nodes, links };
}

/** How many relations of each type there are, the most first. */
export function relationTypes(graph: Explored): { edge: string; link: GraphLink; count: number }[] {
  const found = new Map<string, { edge: string; link: GraphLink; count: number }>();
  for (const link of graph.links.values()) {
    const known = found.get(link.edge);
    if (known) known.count += 1;
    else found.set(link.edge, { edge: link.edge, link, count: 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.edge < b.edge ? -1 : 1));
}

/** Without the relations that are switched off, and without records that only these connect. */
export function withoutRelations(graph: Explored, off: ReadonlySet<string>, kept: ReadonlySet<string>): Explored {
  if (off.size === 0) return graph;
  const links = new Map([...graph.links].filter(([, link]) => !off.has(link.edge)));
  const tied = new Set([...links.values()].flatMap((link) => [link.from, link.to]));
  const nodes = new Map([...graph.nodes].filter(([id]) => tied.has(id) || kept.has(id)));
  return { nodes, links };
}
