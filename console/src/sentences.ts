// A path in words: 四川大学 —拥有→ 核磁谱仪 —用于→ 成渝项目 ←参与— 重庆大学.
import type { Model } from './model';

export interface Tie {
  edge: string;
  name: string;
  forward: boolean;
  from: { __typename: string };
  to: { __typename: string };
}

/** The relation between two records, with an arrow in its own direction. */
export function tie(step: Tie, model: Pick<Model, 'relation'>): string {
  const [begin, end] = step.forward ? [step.from, step.to] : [step.to, step.from];
  const word = model.relation(step.edge, begin.__typename, end.__typename) ?? step.name;
  return step.forward ? `—${word}→` : `←${word}—`;
}

export function sentence(names: readonly string[], steps: readonly Tie[], model: Pick<Model, 'relation'>): string {
  return names.flatMap((name, index) => (steps[index] ? [name, tie(steps[index], model)] : [name])).join(' ');
}
