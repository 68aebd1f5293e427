// Who is signed on here.
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { trusted } from './ask';
import { setSessionOver, useDoubts } from './doubts';
import { WhoDocument, type WhoQuery } from './made/graphql/graphql';
import { SessionOver } from './parts/SessionOver';

export type Viewer = WhoQuery['viewer'];

const Shared = createContext<Viewer | null>(null);

/** Null until it is known. */
export function useViewer(): Viewer | null {
  return use(Shared);
}

/** Whoever was signed on stays so for the page while their session is over: what they typed is kept until they sign on again. */
export function WithViewer({ children }: { children: ReactNode }) {
  const [{ data }, again] = useQuery({ query: trusted(WhoDocument) });
  const [known, setKnown] = useState<Viewer | null>(null);
  const now = data?.viewer ?? null;
  const isOver = !!known && !!now && !now.isSignedOn;
  useDoubts(() => again({ requestPolicy: 'network-only' }));
  useEffect(() => setSessionOver(isOver), [isOver]);
  useEffect(() => {
    if (!now?.isSignedOn) return;
    if (known && known.person?.id !== now.person?.id) location.reload();
    else setKnown(now);
  }, [now, known]);
  return (
    <Shared value={isOver ? known : now}>
      {children}
      {isOver && <SessionOver signOn={signOnAddress('/me')} />}
    </Shared>
  );
}

/** Where one signs on; after it one comes back to this page, unless told. */
export function signOnAddress(next = location.pathname + location.search): string {
  return `/auth/login?next=${encodeURIComponent(next)}`;
}
