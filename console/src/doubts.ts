// Whether whoever was signed on still is: asked again whenever something makes that doubtful.
import { useEffect, useEffectEvent } from 'react';

const asking = new Set<() => void>();
let isOver = false;

/** A stream ended, or a deed was refused: it may be that the session is over. */
export function doubt(): void {
  for (const each of asking) each();
}

/** While it is over, pages keep what they show and what was typed: nothing is asked for nobody. */
export function isSessionOver(): boolean {
  return isOver;
}

export function setSessionOver(over: boolean): void {
  isOver = over;
}

/** Calls `again` at each doubt, and when one comes back to the page. */
export function useDoubts(again: () => void): void {
  const ask = useEffectEvent(again);
  useEffect(() => {
    const asked = () => ask();
    asking.add(asked);
    window.addEventListener('focus', asked);
    return () => {
      asking.delete(asked);
      window.removeEventListener('focus', asked);
    };
  }, []);
}
