// Whether a media query holds, and whenever that changes.
import { useCallback, useSyncExternalStore } from 'react';

/** Where pages that stand side by side come below each other (`styles/narrow.css`). */
export const NARROW = '(max-width: 1100px)';
/** Where facets come above their list. */
export const ONE_COLUMN = '(max-width: 760px)';

export function useMatches(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
