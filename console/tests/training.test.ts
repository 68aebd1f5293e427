// The arithmetic of the pages of training, flows and figures: sums, parties, the roll, lists, the tile map.
import { describe, expect, test } from 'vitest';
import { addressOf, type Report, refusedRows, sorted } from '../src/lists';
import { parties } from '../src/parties';
import { homesOf, mayDecide, mayEdit, runsTheHub } from '../src/rights';
import { markedSoFar, toSave } from '../src/roll';
import { counted, gap, widths } from '../src/sums';
import { byTile, CHONGQING, levelOf, SICHUAN, shortName, tileOf } from '../src/tiles';
import type { Viewer } from '../src/viewer';

describe('sums', () => {
  const part = (count: number) => ({ key: `${count}`, words: '', count });
  test('what is missing is told, and a bar never leaves its box', () => {
    expect([gap(30, [part(25), part(5)]), gap(30, [part(25), part(2)]), gap(3, [part(5)])]).toEqual([0, 3, -2]);
    expect([widths(30, [part(15), part(15)]), widths(3, [part(3), part(3)]), widths(0, [part(0)])]).toEqual([
      [50, 50],
      [50, 50],
      [0],
    ]);
  });
  test('rows are counted by a word', () => {
    expect([...counted([1, 2, 3], (each) => (each % 2 ? 'odd' : 'even'))]).toEqual([
      ['odd', 2],
      ['even', 1],
    ]);
  });
});

test('a group is one party, in the order in which its first member stands', () => {
  const one = (id: string, party: string) => ({ id, party, state: 'CONFIRMED' });
  const found = parties([one('a', 'p'), one('b', 'q'), one('c', 'p')]);
  expect(found.map(({ id, members }) => [id, members.map((each) => each.id)])).toEqual([
    ['p', ['a', 'c']],
    ['q', ['b']],
  ]);
});

describe('the roll', () => {
  const rows = [
    { id: 'a', state: 'CONFIRMED' },
    { id: 'b', state: 'ATTENDED' },
    { id: 'c', state: 'NO_SHOW' },
  ];
  test('a mark of the page stands before the stored one, and who has none is open', () => {
    expect([...markedSoFar(rows, new Map([['c', 'present']]))]).toEqual([
      ['b', 'present'],
      ['c', 'present'],
    ]);
  });
  test('only what differs from what is stored is written', () => {
    const changed = new Map([
      ['a', 'present'],
      ['b', 'present'],
      ['c', 'absent'],
    ] as const);
    expect(toSave(rows, changed)).toEqual({ attended: ['a'], absent: [] });
    expect(toSave(rows, new Map([['b', 'absent']]))).toEqual({ attended: [], absent: ['b'] });
  });
});

describe('lists of people', () => {
  const row = (number: number, outcome: string) => ({
    row: number,
    name: '',
    group: null,
    outcome,
    registration: null,
  });
  const report = { rows: [row(2, 'SUBMITTED'), row(3, 'REFUSED'), row(4, 'REFUSED')] } as unknown as Report;
  test('refused rows come first, each part in the order of the sheet', () => {
    expect(sorted(report).map((each) => each.row)).toEqual([3, 4, 2]);
    expect(refusedRows(report).length).toBe(2);
  });
  test('the address names who sends the people and which rows are left out', () => {
    const sent = {
      training: 'cd-training_class-1',
      home: 'cd-institution-1',
      file: new File([], 'a.csv'),
      without: [3, 4],
    };
    expect(addressOf(sent, { dryRun: 'true' })).toBe(
      '/training/classes/cd-training_class-1/registrations?home=cd-institution-1&dryRun=true&without=3%2C4',
    );
    expect(addressOf({ ...sent, without: [] }, {})).not.toContain('without');
  });
});

describe('the tile map', () => {
  test.each([
    ['Sichuan', SICHUAN, 21, '51'],
    ['Chongqing', CHONGQING, 38, '50'],
  ] as const)('%s has each of its divisions on a square of its own', (_, places, count, prefix) => {
    const codes = Object.keys(places);
    expect(codes.length).toBe(count);
    expect(codes.every((each) => each.startsWith(prefix))).toBe(true);
    expect(new Set(Object.values(places).map(String)).size).toBe(count);
  });
  test('a county of Sichuan counts for its prefecture, a district of Chongqing for itself, the rest for no tile', () => {
    expect([tileOf('510104'), tileOf('500103')]).toEqual(['510100', '500103']);
    const groups = [
      { code: '510104', count: 2 },
      { code: '510100', count: 1 },
      { code: '510000', count: 4 },
      { code: null, count: 8 },
    ];
    const { sums, elsewhere } = byTile(groups, new Set(['510100']));
    expect([[...sums], elsewhere]).toEqual([[['510100', 3]], 12]);
  });
  test('nothing is pale, the most is darkest, equal values are equally dark', () => {
    const all = [0, 1, 1, 5, 900];
    expect(all.map((each) => levelOf(each, all))).toEqual([0, 1, 1, 3, 4]);
  });
  test('names fit their squares', () => {
    const names = ['阿坝藏族羌族自治州', '石柱土家族自治县', '渝中区', '荣县', 'Garze Tibetan Autonomous Prefecture'];
    expect(names.map(shortName)).toEqual(['阿坝', '石柱', '渝中', '荣县', 'Garze']);
  });
});

test('roles count where they are held, and where one is at home by them', () => {
  const at = (id: string) => ({ __typename: 'Institution' as const, id, name: id, nameEn: null });
  const viewer = (role: string, ...institutionIds: string[]) =>
    ({ roles: [{ role, until: null, institution: at('a') }], institutionIds }) as unknown as Viewer;
  expect([
    mayEdit(viewer('INSTITUTION_ADMIN', 'a', 'b'), 'b'),
    mayEdit(viewer('INSTITUTION_ADMIN', 'a'), 'b'),
    mayEdit(viewer('MEMBER', 'a'), 'a'),
    mayEdit(viewer('PLATFORM_ADMIN'), 'b'),
    mayDecide(viewer('APPROVER', 'a'), 'a'),
    mayDecide(null, 'a'),
    runsTheHub(viewer('AUDITOR')),
    runsTheHub(viewer('MEMBER')),
  ]).toEqual([true, false, false, true, true, false, true, false]);
  expect(homesOf(viewer('INSTITUTION_ADMIN', 'a', 'b')).map((each) => each.id)).toEqual(['a']);
});
