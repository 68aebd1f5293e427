// Numbers, money and days as people read them.
import type { Language } from './preferences';

const MONEY = 'CNY';

/** `3468000000` → `34.68 亿` or `3.47 B`; small numbers stay whole. */
export function short(value: number, language: Language): string {
  if (Math.abs(value) < 10_000) return whole(value, language);
  return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 2 }).format(value);
}

export function whole(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** A quantity with its unit; UCUM and ISO 4217 codes become words where there are any. */
export function quantity(value: number, unit: string | null | undefined, language: Language): string {
  const number = whole(value, language);
  if (!unit) return number;
  if (unit === MONEY) return language === 'en' ? `CNY ${number}` : `${number} 元`;
  return `${number} ${UNITS[unit]?.[language] ?? unit}`;
}

const UNITS: Record<string, Record<Language, string>> = {
  TBy: { 'zh-CN': 'TB', en: 'TB' },
  '%': { 'zh-CN': '%', en: '%' },
  h: { 'zh-CN': '小时', en: 'h' },
};

const IN_CHINA: Intl.DateTimeFormatOptions = {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
};

/** An instant in the hub's own zone. */
export function instant(text: string, language: Language): string {
  return new Intl.DateTimeFormat(language, IN_CHINA).format(new Date(text));
}

/** `valueCny` → `Value cny`; the model's English texts are sentences, so labels in English come from the names. */
export function spaced(name: string): string {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
  const known = words.replaceAll(/\b(cny|orcid|ror|doi|cstr|pid|uscc|raid|id|tb)\b/g, (each) => each.toUpperCase());
  return known[0] === undefined ? known : known[0].toUpperCase() + known.slice(1);
}
