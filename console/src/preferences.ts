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

function read(): Preferences {
  const standard: Preferences = {
    language: preferredLanguage(navigator.languages),
    appearance: 'system',
    isLarge: false,
    hasKeys: true,
  };
  try {
    return { ...standard, ...JSON.parse(localStorage.getItem(PLACE) ?? '{}') };
  } catch {
    return standard; // a browser that stores nothing
  }
}

let current = read();

export function preferences(): Preferences {
  return current;
}

export function prefer(changed: Partial<Preferences>): void {
  current = { ...current, ...changed };
  try {
    localStorage.setItem(PLACE, JSON.stringify(current));
  } catch {
    // it holds until the page is closed
  }
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
