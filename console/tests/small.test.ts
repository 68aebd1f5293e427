import { describe, expect, test } from 'vitest';
import { cell, csv } from '../src/csv';
import { instant, quantity, short, spaced } from '../src/format';
import { expanded, grown, MOST_AROUND, MOST_NODES, NOTHING, openings, STEP, without, written } from '../src/graph';
import { asked, turnedFacet, turnedSort, where } from '../src/listing';
import { cut, escaped, svg } from '../src/picture';
import { documentsAt, documentsOfId, documentsOfKind, listPlace, recordPlace } from '../src/places';
import { preferredLanguage } from '../src/preferences';
import { sentence, tie } from '../src/sentences';
import { shell, snippet } from '../src/snippets';
import { en } from '../src/words/en';
import { zh } from '../src/words/zh';

describe('numbers and days', () => {
  test('large amounts are short in both languages, small ones whole', () => {
    expect([short(3_468_000_000, 'zh-CN'), short(3_468_000_000, 'en'), short(9_296, 'en')]).toEqual([
      '34.68亿',
      '3.47B',
      '9,296',
    ]);
  });
  test('a quantity has its unit', () => {
    expect([quantity(1_898_386, 'CNY', 'zh-CN'), quantity(1_898_386, 'CNY', 'en'), quantity(3, null, 'en')]).toEqual([
      '1,898,386 元',
      'CNY 1,898,386',
      '3',
    ]);
  });
  test('an instant is told in the hub’s own zone', () => {
    expect(instant('2026-01-05T17:00:00.000Z', 'zh-CN')).toBe('2026/01/06 01:00');
  });
  test('a field’s name becomes a label', () => {
    expect([spaced('valueCny'), spaced('TrainingClass'), spaced('orcid')]).toEqual([
      'Value CNY',
      'Training class',
      'ORCID',
    ]);
  });
});

describe('addresses', () => {
  test('the id of a record says where its page is', () => {
    expect([recordPlace('cd-instrument-0S71'), recordPlace('cq-training_class-1'), documentsOfId('nonsense')]).toEqual([
      '/instruments/cd-instrument-0S71',
      '/training/cq-training_class-1',
      undefined,
    ]);
  });
  test('lists are found by their place and by their kind', () => {
    expect([
      documentsAt('people')?.type,
      documentsOfKind('CADRE_EXCHANGE')?.type,
      listPlace('classSessions'),
      documentsAt('nowhere'),
    ]).toEqual(['Person', 'CadreExchange', '/class-sessions', undefined]);
  });
  test('the first language that the console speaks is taken', () => {
    expect([preferredLanguage(['fr', 'en-GB', 'zh']), preferredLanguage(['zh-TW']), preferredLanguage([])]).toEqual([
      'en',
      'zh-CN',
      'zh-CN',
    ]);
  });
});

describe('conditions of a list', () => {
  const facets = documentsAt('instruments')?.facets ?? [];
  const question = (text: string) => asked(new URLSearchParams(text), facets, new Set(['valueCny']));
  test('values of one facet are alternatives, facets and the name are joined', () => {
    expect(
      where(question('category=LASER&category=MEDICAL&ownerDivision=cd-division-1&synthetic=false&name=X'), facets),
    ).toEqual({
      and: [
        { category: { in: ['LASER', 'MEDICAL'] } },
        { owner: { division: { id: { in: ['cd-division-1'] } } } },
        { synthetic: { eq: false } },
        { or: [{ name: { contains: 'X' } }, { nameEn: { contains: 'X' } }] },
      ],
    });
  });
  test('nothing asked is everything, and what cannot be sorted by is left out', () => {
    expect([where(question('other=1'), facets), question('sort=name').sort, question('sort=-valueCny').sort]).toEqual([
      {},
      null,
      { field: 'valueCny', direction: 'DESC' },
    ]);
  });
  test('a facet is turned on and off, a flag has one value', () => {
    const [category, synthetic] = [
      facets.find((each) => each.name === 'category'),
      facets.find((each) => each.name === 'synthetic'),
    ];
    if (!category || !synthetic) throw new Error('instruments lost their facets');
    const once = turnedFacet(new URLSearchParams(), category, 'LASER');
    expect([once.toString(), turnedFacet(once, category, 'LASER').toString()]).toEqual(['category=LASER', '']);
    expect(turnedFacet(turnedFacet(new URLSearchParams(), synthetic, 'true'), synthetic, 'false').toString()).toBe(
      'synthetic=false',
    );
  });
  test('a column is sorted up, down, and as the hub gives it', () => {
    const [up] = [turnedSort(new URLSearchParams(), 'a')];
    const down = turnedSort(up, 'a');
    expect([up.get('sort'), down.get('sort'), turnedSort(down, 'a').get('sort')]).toEqual(['a', '-a', null]);
  });
});

describe('files', () => {
  test('a cell that a spreadsheet would run is made a text; numbers stay numbers', () => {
    expect([cell('=1+1'), cell('-12.5'), cell('a,"b"'), cell('@x')]).toEqual(["'=1+1", '-12.5', '"a,""b"""', "'@x"]);
  });
  test('a file begins with the mark of UTF-8 and ends each row', () => {
    expect(
      csv([
        ['名称', 'a'],
        ['甲', '1'],
      ]),
    ).toBe('\uFEFF名称,a\r\n甲,1\r\n');
  });
  test('a picture has title, date, legend, mark, and nothing that breaks out of its text', () => {
    const graph = expanded(NOTHING, answer(1)).after;
    const drawn = svg(graph, {
      title: '<图>',
      date: '2026-11-29',
      mark: '含模拟数据',
      places: new Map([...graph.nodes.keys()].map((id, index) => [id, { x: index * 200, y: 0 }])),
      nameOf: (id) => `${id}&`,
      kindOf: (type) => type,
      colourOf: () => '#153A7C',
      relationOf: () => '拥有',
    });
    for (const part of ['&lt;图&gt;', '2026-11-29 · 含模拟数据', '■ Institution', '拥有', 'stroke-dasharray', 'c&amp;'])
      expect(drawn).toContain(part);
  });
  test('a long name is cut where the box ends, a Chinese character counting twice', () => {
    expect([cut('中文名称中文名称中文名称'), cut('short'), escaped('"')]).toEqual([
      '中文名称中文名称中文名…',
      'short',
      '&quot;',
    ]);
  });
});

function answer(count: number) {
  const record = (id: string) => ({ __typename: 'Institution' as const, id, name: id, nameEn: null, synthetic: true });
  const neighbours = Array.from({ length: count }, (_, index) => record(`n${index}`));
  return {
    centre: record('c'),
    isComplete: true,
    counts: [],
    records: neighbours,
    links: neighbours.map((each, index) => ({
      __typename: 'Link' as const,
      from: 'c',
      to: each.id,
      edge: 'PART_OF',
      name: '下属',
      nameEn: 'Part',
      forward: index % 2 === 0,
      properties: [],
    })),
  } as never;
}

describe('the explored graph', () => {
  test('an expansion adds what is new, each relation once, in its own direction', () => {
    const first = expanded(NOTHING, answer(2));
    const again = expanded(first.after, answer(2));
    expect([first.added, again.added, [...again.after.links.keys()]]).toEqual([3, 0, ['c PART_OF n0', 'n1 PART_OF c']]);
  });
  test('no more than two thousand records are held, and the rest is told', () => {
    const { after, left } = expanded(NOTHING, answer(MOST_NODES + 50));
    expect([after.nodes.size, left, after.links.size]).toEqual([MOST_NODES, 51, MOST_NODES - 1]);
  });
  test('each opening of the same relation takes more, as far as the hub answers', () => {
    const limits = new Map<string, number>();
    const taken = Array.from({ length: 25 }, () => grown(limits, { id: 'a', kind: 'PERSON' }));
    expect([taken[0], taken[1], Math.max(...taken)]).toEqual([STEP, 2 * STEP, MOST_AROUND]);
    expect(grown(limits, { id: 'a', kind: null })).toBe(STEP);
  });
  test('a node goes with its relations', () => {
    const { after } = expanded(NOTHING, answer(2));
    expect([without(after, 'c').links.size, without(after, 'c').nodes.size]).toEqual([0, 2]);
  });
  test('openings are written into the address and read back', () => {
    const all = [
      { id: 'a', kind: null },
      { id: 'b', kind: 'PERSON' },
    ];
    const parameters = new URLSearchParams(all.map((each) => ['open', written(each)]));
    expect(openings(parameters)).toEqual(all);
  });
});

describe('words', () => {
  const said = {
    relation: (edge: string, begin: string, end: string) => (edge === 'OWNED_BY' ? `${begin}属于${end}` : null),
  };
  const owned = {
    name: '仪器设备',
    edge: 'OWNED_BY',
    forward: false,
    from: { __typename: '机构' },
    to: { __typename: '仪器' },
  };
  test('a path is a sentence, each arrow and name in the direction of its relation', () => {
    const used = { name: '用于', edge: 'USED_BY', forward: true, from: owned.to, to: owned.from };
    expect(sentence(['四川大学', '核磁谱仪', '成渝项目'], [owned, used], said)).toBe(
      '四川大学 ←仪器属于机构— 核磁谱仪 —用于→ 成渝项目',
    );
    expect(tie({ ...owned, forward: true, from: owned.to, to: owned.from }, said)).toBe('—仪器属于机构→');
  });
  test('both languages have the same keys, none is empty, and English holds no Chinese', () => {
    const flat = (words: object, before = ''): [string, string][] =>
      Object.entries(words).flatMap(([key, value]) =>
        typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
      );
    expect(flat(en).map(([key]) => key)).toEqual(flat(zh).map(([key]) => key));
    for (const [key, text] of flat(en)) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
  test('placeholders are the same in both languages', () => {
    const holes = (words: object): string[] =>
      [...JSON.stringify(words).matchAll(/\{\{(\w+)\}\}/g)].map((each) => each[1] ?? '').sort();
    expect(holes(en)).toEqual(holes(zh));
  });
});

describe('snippets', () => {
  const sample = { title: '', titleEn: '', query: '{ a(text: "it\'s") }', variables: '{"n": 1}' };
  test('a shell takes a quote within a word', () => {
    expect(shell("it's")).toBe("'it'\\''s'");
  });
  test.each(['curl', 'JS', 'Python'] as const)('%s names the address and sends no cookie and no token', (form) => {
    const text = snippet(sample, form, 'https://hub.example/graphql');
    expect(text).toContain('https://hub.example/graphql');
    expect(text).not.toMatch(/cookie|authorization/i);
  });
});

describe('every word is said somewhere', () => {
  const sources = Object.entries(
    import.meta.glob<string>('../src/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true }),
  )
    .filter(([path]) => !/\/(words|made)\//.test(path))
    .map(([, text]) => text)
    .join('\n');
  const patterns = [...sources.matchAll(/`([\w]+\.[\w.]*\$\{[^`]*)`/g)].map(
    ([, text = '']) => new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '.+')}$`),
  );
  const isSaid = (key: string) =>
    sources.includes(`'${key}'`) ||
    sources.includes(`words.${key.split('.').at(-1)}`) || // what is said outside of the translated tree
    patterns.some((each) => each.test(key));
  test('or it is not there', () => {
    expect(keys(zh).filter((key) => !isSaid(key.replace(/_(one|other)$/, '')))).toEqual([]);
  });
});

function keys(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' ? keys(value, `${path}${key}.`) : [path + key],
  );
}
