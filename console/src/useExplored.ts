// The explored graph as the address tells it: seeds first, then each opening in turn; and where its nodes stand.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CombinedError } from 'urql';
import { client, trusted } from './ask';
import { type Explored, expanded, grown, NOTHING, type Opening, openings, without, written } from './graph';
import type { Job, Placed } from './layout.worker';
import { AroundDocument, type NounKind } from './made/graphql/graphql';

const FIRST_LIMIT = 12;

export interface Exploring {
  graph: Explored;
  error: CombinedError | null;
  isBusy: boolean;
  /** How many nodes came last, and how many found no room. */
  told: { added: number; left: number } | null;
  expand: (opening: Opening) => void;
  remove: (id: string) => void;
}

/** An opening, and how many records it may bring. */
interface Wanted extends Opening {
  limit: number;
}

function around(of: string, kind: string | null, limit: number) {
  const kinds = kind ? [kind as NounKind] : null;
  return client.query(trusted(AroundDocument), { of, kinds, limit }).toPromise();
}

export function useExplored(seeds: readonly string[]): Exploring {
  const [parameters, setParameters] = useSearchParams();
  const [graph, setGraph] = useState<Explored>(NOTHING);
  const [error, setError] = useState<CombinedError | null>(null);
  const [isBusy, setBusy] = useState(true);
  const [told, setTold] = useState<{ added: number; left: number } | null>(null);
  const current = useRef(NOTHING);
  const limits = useRef(new Map<string, number>());

  const take = useCallback(async (wanted: readonly Wanted[], isGone: () => boolean = () => false) => {
    setBusy(true);
    const answers = await Promise.all(wanted.map(({ id, kind, limit }) => around(id, kind, limit)));
    if (isGone()) return;
    setBusy(false);
    setError(answers.find((each) => each.error)?.error ?? null);
    const found = answers.flatMap(({ data }) => (data ? [data.neighbourhood] : []));
    if (found.length === 0) return;
    const isFirst = current.current.nodes.size === 0;
    const sum = { added: 0, left: 0 };
    for (const each of found) {
      const { after, added, left } = expanded(current.current, each);
      current.current = after;
      sum.added += added;
      sum.left += left;
    }
    setGraph(current.current);
    setTold(isFirst && sum.left === 0 ? null : sum); // what is there at first is no expansion
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read once; what is opened later is written into it
  useEffect(() => {
    let isGone = false;
    void take(begun(seeds, openings(parameters), limits.current), () => isGone);
    return () => {
      isGone = true;
    };
  }, []);

  const expand = (opening: Opening) => {
    const next = new URLSearchParams(parameters);
    next.append('open', written(opening));
    setParameters(next, { replace: true });
    void take([{ ...opening, limit: grown(limits.current, opening) }]);
  };
  const remove = (id: string) => {
    current.current = without(current.current, id);
    setGraph(current.current);
  };
  return { graph, error, isBusy, told, expand, remove };
}

/** What an address asks for, all at once: the seeds first, then each relation once, with as many as its openings together. */
function begun(seeds: readonly string[], opened: readonly Opening[], limits: Map<string, number>): Wanted[] {
  const several = seeds.length > 1;
  const first = seeds.map((id) => ({ id, kind: null, limit: several ? 0 : FIRST_LIMIT }));
  const beside = several ? seeds.map((id) => ({ id, kind: null, limit: 4 })) : [];
  const last = new Map(opened.map((each) => [written(each), { ...each, limit: grown(limits, each) }]));
  return [...first, ...beside, ...last.values()];
}

export type Places = ReadonlyMap<string, { x: number; y: number }>;

/** A graph, and where its nodes stand. */
export interface Laid {
  graph: Explored;
  places: Places;
}

/** The graph as it was laid out last, in a worker; those that stood stay. Until a new one is, the one before is drawn. */
export function useLaid(graph: Explored): Laid {
  const [laid, setLaid] = useState<Laid>({ graph: NOTHING, places: new Map() });
  const worker = useRef<Worker | null>(null);
  const asked = useRef({ number: 0, graph });
  const known = useRef<Places>(laid.places);
  useEffect(() => {
    const started = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({
      data,
    }: MessageEvent<{ number: number; places: Record<string, { x: number; y: number }> }>) => {
      if (data.number !== asked.current.number) return;
      known.current = new Map(Object.entries(data.places));
      setLaid({ graph: asked.current.graph, places: known.current });
    };
    worker.current = started;
    return () => started.terminate();
  }, []);
  useEffect(() => {
    if (graph.nodes.size === 0) return;
    const number = asked.current.number + 1;
    asked.current = { number, graph };
    const isFresh = known.current.size === 0;
    const nodes: Placed[] = [...graph.nodes.keys()].map((id) => {
      const place = known.current.get(id);
      return place ? { id, ...place, isFixed: !isFresh } : { id, ...besides(graph, id, known.current) };
    });
    const links = [...graph.links.values()].map((each) => ({ source: each.from, target: each.to }));
    worker.current?.postMessage({ number, nodes, links } satisfies Job);
  }, [graph]);
  return laid;
}

/** A new node begins beside one that it is tied to. */
function besides(graph: Explored, id: string, places: Places): { x?: number; y?: number } {
  for (const { from, to } of graph.links.values()) {
    const other = from === id ? to : to === id ? from : null;
    const place = other ? places.get(other) : undefined;
    if (place) return { x: place.x + 40, y: place.y + 40 };
  }
  return {};
}
