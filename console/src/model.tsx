// The hub's own model: which kinds of records there are, how their fields are called and what their values mean.
import { createContext, type ReactNode, use, useMemo } from 'react';
import { useQuery } from 'urql';
import { trusted } from './ask';
import { spaced } from './format';
import { TheModelDocument, type TheModelQuery } from './made/graphql/graphql';
import { Fault } from './parts/Fault';
import { type Language, usePreferences } from './preferences';

export type Noun = TheModelQuery['model']['nouns'][number];
export type Field = Noun['fields'][number];
export type Edge = Noun['edges'][number];
type Choice = { value: string; label: string; zh: string; en: string };

export class Model {
  readonly language: Language;
  readonly nouns: readonly Noun[];
  readonly #byName: ReadonlyMap<string, Noun>;
  readonly #byKind: ReadonlyMap<string, Noun>;

  constructor(nouns: readonly Noun[], language: Language) {
    this.nouns = nouns;
    this.language = language;
    this.#byName = new Map(nouns.map((each) => [each.name, each]));
    this.#byKind = new Map(nouns.map((each) => [each.kind, each]));
  }

  noun(name: string): Noun | undefined {
    return this.#byName.get(name);
  }

  ofKind(kind: string): Noun | undefined {
    return this.#byKind.get(kind);
  }

  /** In Chinese the model's own word, in English the name: its English text is a sentence. */
  nounLabel(name: string): string {
    const noun = this.#byName.get(name);
    return noun && this.language !== 'en' ? noun.zh : spaced(name);
  }

  pluralLabel(name: string): string {
    const noun = this.#byName.get(name);
    if (!noun) return spaced(name);
    return this.language === 'en' ? spaced(noun.plural) : noun.zh;
  }

  label(named: { name: string; zh: string }): string {
    return this.language === 'en' ? spaced(named.name) : named.zh;
  }

  hint(named: { zh: string; en: string }): string | undefined {
    return this.language === 'en' ? named.en : undefined;
  }

  option(options: readonly Choice[], value: string): string {
    const option = options.find((each) => each.value === value);
    return option ? (this.language === 'en' ? option.label : option.zh) : value;
  }

  /** A value of a noun's field, where that is a choice. */
  chosen(noun: string, field: string, value: string): string {
    return this.option(this.field(noun, field)?.options ?? [], value);
  }

  /** The same of a property of a noun's relation. */
  chosenOf(noun: string, edge: string, property: string, value: string): string {
    const found = this.noun(noun)?.edges.find((each) => each.name === edge);
    return this.option(found?.properties.find((each) => each.name === property)?.options ?? [], value);
  }

  /** A person's role at an institution. */
  role(value: string): string {
    return this.chosenOf('Person', 'roles', 'role', value);
  }

  /** What a choice's label leaves unsaid: English has a sentence beside it. */
  optionHint(options: readonly Choice[], value: string): string | undefined {
    return this.language === 'en' ? options.find((each) => each.value === value)?.en : undefined;
  }

  /** The time a clause's quota is for, as it stands in a sentence. */
  per(clause: { per?: string | null }): string {
    return clause.per ? this.chosen('Clause', 'per', clause.per).toLowerCase() : '—';
  }

  words(of: { zh: string; en: string }): string {
    return this.language === 'en' ? of.en : of.zh;
  }

  /** A record's name in the reader's language, where it has one. */
  name(record: { name?: string | null; nameEn?: string | null; id: string }): string {
    const first = this.language === 'en' ? record.nameEn : record.name;
    return first || record.name || record.nameEn || record.id;
  }

  /** The name of a relation in its own direction, whichever way it was walked. */
  relation(edge: string, begin: string, end: string): string | null {
    if (this.language === 'en') return edge.toLowerCase().replaceAll('_', ' ');
    const target = this.#byName.get(end)?.kind;
    const found = this.#byName
      .get(begin)
      ?.edges.find((each) => each.edge === edge && each.forward && each.target === target);
    return found?.zh ?? null;
  }

  /** The name of a type of relation, between whatever records; null where the model has none such. */
  relationType(edge: string): string | null {
    const begin = this.nouns.find((noun) => noun.edges.some((each) => each.edge === edge && each.forward));
    const found = begin?.edges.find((each) => each.edge === edge && each.forward);
    if (!found) return null;
    return this.language === 'en' ? edge.toLowerCase().replaceAll('_', ' ') : found.zh;
  }

  field(noun: string, name: string): Field | undefined {
    return this.#byName.get(noun)?.fields.find((each) => each.name === name);
  }
}

const Shared = createContext<Model>(new Model([], 'zh-CN'));

export function useModel(): Model {
  return use(Shared);
}

export function WithModel({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const [{ data, error }, again] = useQuery({ query: trusted(TheModelDocument) });
  const model = useMemo(() => new Model(data?.model.nouns ?? [], language), [data, language]);
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return null;
  return <Shared value={model}>{children}</Shared>;
}
