// Who is signed on here.
import { createContext, type ReactNode, use } from 'react';
import { useQuery } from 'urql';
import { trusted } from './ask';
import { WhoDocument, type WhoQuery } from './made/graphql/graphql';

export type Viewer = WhoQuery['viewer'];

const Shared = createContext<Viewer | null>(null);

/** Null until it is known. */
export function useViewer(): Viewer | null {
  return use(Shared);
}

export function WithViewer({ children }: { children: ReactNode }) {
  const [{ data }] = useQuery({ query: trusted(WhoDocument) });
  return <Shared value={data?.viewer ?? null}>{children}</Shared>;
}

export function signOnAddress(): string {
  return `/auth/login?next=${encodeURIComponent(location.pathname + location.search)}`;
}
