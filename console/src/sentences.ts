// A path in words: 四川大学 —拥有→ 核磁谱仪 —用于→ 成渝项目 ←参与— 重庆大学.
import { spaced } from './format';
import type { Language } from './preferences';

export interface Tie {
  name: string;
  nameEn: string;
  field?: string | null;
  edge: string;
  forward: boolean;
  properties?: readonly { label: string; labelEn: string; name: string; value: string }[];
}

/** The relation between two records, in the direction it is read, with an arrow in its own. */
export function tie(step: Tie, language: Language): string {
  const word =
    language === 'en' ? spaced(step.field ?? step.edge.toLowerCase().replaceAll('_', ' ')).toLowerCase() : step.name;
  return step.forward ? `—${word}→` : `←${word}—`;
}

export function sentence(records: readonly { name: string }[], steps: readonly Tie[], language: Language): string {
  return records
    .map((record, index) => {
      const step = steps[index];
      return step ? `${record.name} ${tie(step, language)}` : record.name;
    })
    .join(' ');
}
