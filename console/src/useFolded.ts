// What is drawn of the explored graph: the address says how it is folded, what is unfolded, which relations are off.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { client, trusted } from './ask';
import { FOLDINGS, type Folded, type Folding, folded, type Owner, type Owners, withoutRelations } from './folding';
import type { Explored } from './graph';
import { OwnersOfDocument, type OwnersOfQuery } from './made/graphql/graphql';

/** So many records are asked for their institutions at a time. */
const PORTION = 100;

export interface Drawn extends Folded {
  /** All that is not switched off, unfolded. */
  whole: Explored;
  by: Folding | null;
  unfolded: ReadonlySet<string>;
  off: ReadonlySet<string>;
  fold: (by: Folding | null) => void;
  unfold: (group: string) => void;
  foldAgain: (group: string) => void;
  turnRelation: (edge: string) => void;
}

export function useFolded(graph: Explored, seeds: readonly string[]): Drawn {
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get('fold');
  const by = FOLDINGS.find((each) => each === asked) ?? null;
  const unfolded = useSetOf(parameters, 'unfold');
  const off = useSetOf(parameters, 'off');
  const owners = useOwners(graph, by !== null && by !== 'kind');
  const kept = useMemo(() => new Set(seeds), [seeds]);
  const whole = useMemo(() => withoutRelations(graph, off, kept), [graph, off, kept]);
  const drawn = useMemo(() => folded(whole, { by, unfolded, kept, owners }), [whole, by, unfolded, kept, owners]);
  const change = (name: string, values: Iterable<string>) => {
    const next = new URLSearchParams(parameters);
    next.delete(name);
    for (const each of values) next.append(name, each);
    return next;
  };
  const set = (next: URLSearchParams) => setParameters(next, { replace: true });
  return {
    ...drawn,
    whole,
    by,
    unfolded,
    off,
    fold: (chosen) => {
      const next = change('unfold', []);
      if (chosen) next.set('fold', chosen);
      else next.delete('fold');
      set(next);
    },
    unfold: (group) => set(change('unfold', new Set([...unfolded, group]))),
    foldAgain: (group) => set(change('unfold', but(unfolded, group))),
    turnRelation: (edge) => set(change('off', off.has(edge) ? but(off, edge) : [...off, edge])),
  };
}

/** The values of a name in the address; the same set as long as they are the same. */
function useSetOf(parameters: URLSearchParams, name: string): ReadonlySet<string> {
  const written = parameters.getAll(name).join('\n');
  return useMemo(() => new Set(written ? written.split('\n') : []), [written]);
}

function but(values: ReadonlySet<string>, value: string): string[] {
  return [...values].filter((each) => each !== value);
}

/** The institution and division of each record, asked for once and only where they are folded by. */
function useOwners(graph: Explored, isNeeded: boolean): Owners {
  const [owners, setOwners] = useState<Owners>(new Map());
  const asked = useRef(new Set<string>());
  const ask = useCallback(async (ids: readonly string[]) => {
    const { data } = await client.query(trusted(OwnersOfDocument), { ids: [...ids] }).toPromise();
    if (!data) for (const id of ids) asked.current.delete(id);
    else setOwners((before) => new Map([...before, ...data.nodes.flatMap((each) => (each ? [owned(each)] : []))]));
  }, []);
  useEffect(() => {
    if (!isNeeded) return;
    const ids = [...graph.nodes.keys()].filter((id) => !asked.current.has(id));
    for (const id of ids) asked.current.add(id);
    for (let begin = 0; begin < ids.length; begin += PORTION) void ask(ids.slice(begin, begin + PORTION));
  }, [graph, isNeeded, ask]);
  return owners;
}

type Asked = NonNullable<OwnersOfQuery['nodes'][number]>;

function owned(record: Asked): [string, { institution: Owner | null; division: Owner | null }] {
  const institution = institutionOf(record);
  return [
    record.id,
    {
      institution: institution && ownerOf(institution),
      division: institution?.division ? ownerOf(institution.division) : null,
    },
  ];
}

function institutionOf(record: Asked) {
  if (record.__typename === 'Institution') return record;
  if ('owner' in record) return record.owner ?? null;
  if ('affiliations' in record) return record.affiliations.nodes[0] ?? null;
  return 'institutions' in record ? (record.institutions.nodes[0] ?? null) : null;
}

function ownerOf(of: { __typename: string; id: string; name: string; nameEn?: string | null }): Owner {
  return { id: of.id, type: of.__typename, name: of.name, nameEn: of.nameEn ?? null };
}
