// A sentence of the hub in which records stand by their ids: people read their names, as links.
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { NamesOfDocument } from '../made/graphql/graphql';
import { type Named, RecordLink } from './RecordLink';

const IDS = /\b([a-z]{2}-[a-z_]+-[A-Za-z0-9-]+)\b/;

/** The records of these ids by id, as far as they may be seen; empty until they are known. */
export function useNames(ids: readonly string[]): ReadonlyMap<string, Named> {
  const asked = [...new Set(ids)].sort();
  const [{ data }] = useQuery({
    query: trusted(NamesOfDocument),
    variables: { ids: asked },
    pause: asked.length === 0,
  });
  const found = asked.length > 0 ? (data?.nodes ?? []) : [];
  return new Map(found.flatMap((each) => (each && 'id' in each ? [[each.id, each as Named] as const] : [])));
}

export function Told({ text }: { text: string }) {
  const parts = text.split(IDS);
  const names = useNames(parts.filter((_, index) => index % 2 === 1));
  return (
    <>
      {parts.map((part, index) => {
        const record = names.get(part);
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text do not move
        return record ? <RecordLink key={index} record={record} /> : part;
      })}
    </>
  );
}
