import { describe, expect, test } from 'vitest';
import { folded, MOST_DRAWN, type Owners, relationTypes, withoutRelations } from '../src/folding';
import type { Explored, GraphLink, GraphNode } from '../src/graph';

/** A university with so many instruments and people; every second one belongs to the second of two divisions. */
function graph(instruments: number, people: number): Explored {
  const nodes = new Map<string, GraphNode>();
  const links = new Map<string, GraphLink>();
  const add = (id: string, type: string) =>
    nodes.set(id, { id, type, name: id, nameEn: null, synthetic: type === 'Person' });
  const tie = (from: string, edge: string, to: string) => {
    const [begin, end] = [nodes.get(from)?.type ?? '', nodes.get(to)?.type ?? ''];
    links.set(`${from} ${edge} ${to}`, {
      id: `${from} ${edge} ${to}`,
      from,
      to,
      begin,
      end,
      edge,
      name: edge,
      nameEn: edge,
    });
  };
  add('scu', 'Institution');
  for (let at = 0; at < instruments; at++) {
    add(`i${at}`, 'Instrument');
    tie(`i${at}`, 'OWNED_BY', 'scu');
  }
  for (let at = 0; at < people; at++) {
    add(`p${at}`, 'Person');
    tie(`p${at}`, 'AFFILIATED_WITH', 'scu');
  }
  return { nodes, links };
}

const kept = new Set(['scu']);
const none = { by: null, unfolded: new Set<string>(), kept, owners: new Map() as Owners };

describe('folding', () => {
  test('a kind stands as one node with its number and its relations in sum; the seed stands for itself', () => {
    const { graph: drawn, isForced } = folded(graph(12, 3), { ...none, by: 'kind' });
    expect([...drawn.nodes.keys()]).toEqual(['scu', 'kind:Instrument', 'kind:Person']);
    expect(drawn.nodes.get('kind:Instrument')?.members).toHaveLength(12);
    expect(drawn.nodes.get('kind:Person')?.synthetic).toBe(true);
    expect([...drawn.links.values()].map((each) => each.count)).toEqual([12, 3]);
    expect(isForced).toBe(false);
  });
  test('an unfolded group shows its members, the others stay folded', () => {
    const { graph: drawn } = folded(graph(3, 3), { ...none, by: 'kind', unfolded: new Set(['kind:Person']) });
    expect([...drawn.nodes.keys()]).toEqual(['scu', 'kind:Instrument', 'p0', 'p1', 'p2']);
  });
  test('by institution and division, what belongs to nobody known stands for itself, and one alone is no group', () => {
    const owner = (id: string, type: string) => ({ id, type, name: id, nameEn: null });
    const owners = new Map(
      [0, 1, 2].map((at) => [
        `i${at}`,
        {
          institution: owner(at === 2 ? 'alone' : 'owner', 'Institution'),
          division: at === 2 ? null : owner('cd', 'Division'),
        },
      ]),
    );
    const keys = (by: 'institution' | 'division') => [
      ...folded(graph(3, 1), { ...none, by, owners }).graph.nodes.keys(),
    ];
    expect(keys('institution')).toEqual(['scu', 'institution:owner', 'i2', 'p0']);
    expect(keys('division')).toEqual(['scu', 'division:cd', 'i2', 'p0']);
  });
  test.each([
    [150, 100, 1],
    [250, 10, 1],
    [900, 900, 2],
  ])('of %i and %i no more than two hundred are drawn: %i groups form by themselves', (instruments, people, count) => {
    const { graph: drawn, isForced } = folded(graph(instruments, people), none);
    expect(drawn.nodes.size).toBeLessThanOrEqual(MOST_DRAWN);
    expect([...drawn.nodes.values()].filter((each) => each.members)).toHaveLength(count);
    expect(isForced).toBe(true);
  });
  test('of a group too large to be unfolded as many members stand beside it as there is room for', () => {
    const { graph: drawn } = folded(graph(300, 20), { ...none, unfolded: new Set(['kind:Instrument']) });
    expect(drawn.nodes.size).toBe(MOST_DRAWN);
    expect(drawn.nodes.has('i0')).toBe(true);
    expect(drawn.nodes.get('kind:Person')?.members).toHaveLength(20);
    expect(drawn.nodes.get('kind:Instrument')?.members).toHaveLength(300 - (MOST_DRAWN - 3));
  });
  test('too many institutions for the picture fold by kind instead', () => {
    const whole = graph(600, 0);
    const owners = new Map(
      [...whole.nodes.keys()].map((id, at) => [
        id,
        { institution: { id: `o${at >> 1}`, type: 'Institution', name: '', nameEn: null }, division: null },
      ]),
    );
    const { graph: drawn, isForced } = folded(whole, { ...none, by: 'institution', owners });
    expect([drawn.nodes.size, isForced]).toEqual([2, true]);
  });
});

describe('relations switched off', () => {
  test('are counted, the most first', () => {
    expect(relationTypes(graph(2, 5)).map(({ edge, count }) => [edge, count])).toEqual([
      ['AFFILIATED_WITH', 5],
      ['OWNED_BY', 2],
    ]);
  });
  test('go with the records that nothing else connects; the seed stays', () => {
    const left = withoutRelations(graph(2, 1), new Set(['OWNED_BY']), kept);
    expect([...left.nodes.keys()]).toEqual(['scu', 'p0']);
    expect(withoutRelations(graph(2, 1), new Set(['OWNED_BY', 'AFFILIATED_WITH']), kept).nodes.size).toBe(1);
  });
});
