// What charts are given: nothing through which nothing flows, names apart, numbers as told.
import { expect, test } from 'vitest';
import { bars, barsHeight, chord, flows } from '../src/charts';
import { matrix, tiesOf } from '../src/exchange';
import { coloursOf } from '../src/theme';

const look = { ink: '#155E75', text: '#1B2430', line: '#7C8796', size: 12 };

interface Series {
  data: { name: string; label: { formatter: string } }[];
  links: { source: string; target: string; value: number }[];
  label: { formatter: (of: { value: number }) => string };
}

function seriesOf(option: Record<string, unknown>): Series {
  return (option.series as Series[])[0] as Series;
}

test('stages through which nothing flows are left out, and the others keep their places', () => {
  const stages = (['left', 'left', 'middle', 'right', 'right'] as const).map((column, at) => ({
    name: at % 2 ? 'B' : 'A',
    colour: '#000000',
    column,
  }));
  const drawn = seriesOf(
    flows(
      stages,
      [
        { from: 1, to: 2, value: 58 },
        { from: 2, to: 3, value: 58 },
      ],
      look,
    ),
  );
  expect(drawn.data.map((each) => each.name)).toEqual(['1', '2', '3']);
  expect(drawn.data.map((each) => each.label.formatter)).toEqual(['B', 'A', 'B']);
  expect(drawn.links).toEqual([
    { source: '1', target: '2', value: 58 },
    { source: '2', target: '3', value: 58 },
  ]);
});

test('bars are told as people read numbers, and few of them are not stretched', () => {
  const drawn = seriesOf(bars([{ name: 'a', value: 34_680_000 }], (value) => `${value / 10_000} 万`, look));
  expect(drawn.label.formatter({ value: 34_680_000 })).toBe('3468 万');
  expect(barsHeight(1)).toBe(barsHeight(3));
  expect(barsHeight(12)).toBeGreaterThan(barsHeight(3));
});

test('the ribbons of the ledger are its cells, in the order of the matrix', () => {
  const institution = (id: string) => ({
    __typename: 'Institution' as const,
    id,
    name: id,
    nameEn: null,
    synthetic: true,
  });
  const entry = (id: string, personId: string) => ({
    __typename: 'ExchangeLedgerEntry' as const,
    id,
    name: id,
    state: 'ACTIVE' as const,
    since: '2026-01-01',
    until: '2026-06-30',
    months: 1,
    plannedMonths: 0,
    personId,
  });
  const pair = {
    __typename: 'ExchangeLedgerPair' as const,
    oneId: 'a',
    otherId: 'b',
    one: institution('a'),
    other: institution('b'),
    sent: [entry('1', 'p'), entry('2', 'p')],
    received: [entry('3', 'q')],
  };
  const ties = tiesOf(matrix([pair]));
  expect(ties.map(({ key, at, people }) => [key, at, people])).toEqual([
    ['a b', [0, 1], 1],
    ['b a', [1, 0], 1],
  ]);
  const points = ['甲', '甲'].map((name) => ({ name, colour: '#000000' }));
  const drawn = seriesOf(
    chord(
      points,
      ties.map(({ at: [from, to], people }) => ({ from, to, value: people })),
      () => '',
      { ...look, isNarrow: true },
    ),
  );
  expect(drawn.data.map((each) => each.name)).toEqual(['0', '1']);
  expect(drawn.links).toHaveLength(ties.length);
});

test('neighbours in a circle never have the same colour, in either mode', () => {
  for (const isDark of [false, true]) {
    const { many } = coloursOf(isDark);
    expect(new Set(many).size).toBe(many.length);
  }
});
