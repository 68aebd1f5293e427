// What a person has set in this browser: language, appearance, size of letters, keys.
import { useSyncExternalStore } from 'react';

export type Language = 'zh-CN' | 'en';
export type Appearance = 'light' | 'dark' | 'system';

export interface Preferences {
  language: Language;
  appearance: Appearance;
  isLarge: boolean;
  hasKeys: boolean;
}

const PLACE = 'bashu-console';
const listeners = new Set<() => void>();

export function preferredLanguage(languages: readonly string[]): Language {
  const first = languages.find((each) => /^(zh|en)\b/i.test(each));
  return first && /^en\b/i.test(first) ? 'en' : 'zh-CN';
}

/** What this browser keeps under that name; null too where it keeps nothing. */
export function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Where a browser keeps nothing, it holds until the page is closed. */
export function store(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // as said
  }
}

function read(): Preferences {
  const standard: Preferences = {
    language: preferredLanguage(navigator.languages),
    appearance: 'system',
    isLarge: false,
    hasKeys: true,
  };
  try {
    return { ...standard, ...JSON.parse(stored(PLACE) ?? '{}') };
  } catch {
    return standard; // somebody else's text
  }
}

let current = read();

export function preferences(): Preferences {
  return current;
}

export function prefer(changed: Partial<Preferences>): void {
  current = { ...current, ...changed };
  store(PLACE, JSON.stringify(current));
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

function subscribeToSystem(listener: () => void): () => void {
  dark?.addEventListener('change', listener);
  return () => dark?.removeEventListener('change', listener);
}

export function useIsDark(): boolean {
  const { appearance } = usePreferences();
  const isSystemDark = useSyncExternalStore(subscribeToSystem, () => dark?.matches ?? false);
  return appearance === 'system' ? isSystemDark : appearance === 'dark';
}
