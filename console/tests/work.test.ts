// The arithmetic of the pages on which work is done: days, courses, rules, the ledger, circles.
import { expect, test } from 'vitest';
import { cellKey, course, entriesOf, matrix, monthsBetween, sumOf, verdicts } from '../src/exchange';
import { figuresOf, type Proposal, walk } from '../src/figures';
import { dayText, dueInWords, grouped, groupOf, kindOfBulk } from '../src/inbox';

const NOW = new Date('2026-11-30T02:00:00Z'); // ten in the morning in Shanghai

test.each([
  ['2026-11-30T01:59:00Z', 'overdue'],
  ['2026-11-30T15:59:00Z', 'today'], // 23:59 in Shanghai
  ['2026-11-30T16:01:00Z', 'week'], // one minute past midnight there
  ['2026-12-07T10:00:00Z', 'week'],
  ['2026-12-07T16:00:00Z', 'later'],
])('what is due at %s is %s', (due, group) => {
  expect(groupOf(due, NOW)).toBe(group);
});

test('a due time is told in words, past and to come', () => {
  expect(dueInWords('2026-12-03T03:00:00Z', NOW, 'zh-CN')).toBe('3天后');
  expect(dueInWords('2026-11-28T01:00:00Z', NOW, 'en')).toBe('2 days ago');
  expect(dueInWords('2026-11-30T05:00:00Z', NOW, 'en')).toBe('in 3 hours');
});

test('today is the day in Shanghai', () => {
  expect(dayText(new Date('2026-11-30T17:00:00Z'))).toBe('2026-12-01');
  expect(dayText(NOW, 31)).toBe('2026-12-31');
});

test('groups keep the order of the rows, and those without rows are not there', () => {
  const rows = ['2026-12-02T00:00:00Z', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'].map((dueAt) => ({
    task: { dueAt },
  }));
  expect(grouped(rows, NOW).map(({ group, rows: inside }) => [group, inside.length])).toEqual([
    ['overdue', 1],
    ['week', 2],
  ]);
  expect(grouped(rows, NOW)[1]?.rows).toEqual([rows[0], rows[2]]);
});

test('only what may be approved is decided together', () => {
  const record = { __typename: 'CadreExchange' };
  expect(kindOfBulk({ record, possible: [{ name: 'reject' }, { name: 'approve' }] })).toBe('CadreExchange');
  expect(kindOfBulk({ record, possible: [{ name: 'certify' }] })).toBeNull();
  expect(kindOfBulk({ record: null, possible: [{ name: 'approve' }] })).toBeNull();
});

test('a course has one state now, those before it passed, those after it ahead', () => {
  const line = course('HOME_APPROVED', { wasSubmitted: true, approvals: 1 });
  expect(line.map((each) => each.standing)).toEqual(['passed', 'passed', 'now', 'ahead', 'ahead', 'ahead']);
});

test.each([
  ['WITHDRAWN', { wasSubmitted: false, approvals: 0 }, ['DRAFT', 'WITHDRAWN']],
  ['REJECTED', { wasSubmitted: true, approvals: 1 }, ['DRAFT', 'SUBMITTED', 'HOME_APPROVED', 'REJECTED']],
  [
    'RECALLED',
    { wasSubmitted: true, approvals: 2 },
    ['DRAFT', 'SUBMITTED', 'HOME_APPROVED', 'ACCEPTED', 'ACTIVE', 'RECALLED'],
  ],
] as const)('one that is %s shows how far it came', (state, reached, states) => {
  expect(course(state, reached).map((each) => each.state)).toEqual(states);
  expect(course(state, reached).at(-1)?.standing).toBe('now');
});

test('of the rules those before the refusal passed, those after it were not asked', () => {
  expect(verdicts(null).every((each) => each.verdict === 'passes')).toBe(true);
  const told = verdicts('RequirementsNotMet').map((each) => each.verdict);
  expect(told).toEqual(['passes', 'passes', 'passes', 'fails', 'unknown', 'unknown', 'unknown']);
  expect(verdicts('NotYours').every((each) => each.verdict === 'unknown')).toBe(true);
});

test('months are told to a tenth', () => {
  expect(monthsBetween('2027-01-01', '2027-06-30')).toBe(5.9);
  expect(monthsBetween('2027-01-01', '2027-12-31')).toBe(12);
});

const institution = (id: string) => ({
  __typename: 'Institution' as const,
  id,
  name: `机构${id}`,
  nameEn: null,
  synthetic: true,
});
const entry = (id: string, personId: string, months: number, plannedMonths: number) =>
  ({
    __typename: 'ExchangeLedgerEntry',
    id,
    name: id,
    personId,
    months,
    plannedMonths,
    since: '2026-01-01',
    until: '2026-06-30',
    state: 'ACTIVE',
  }) as const;

test('a ledger has a cell for each direction, and its rows and columns add up to the same', () => {
  const pairs = [
    {
      one: 'a',
      other: 'b',
      sent: [entry('1', 'p', 1.1, 0), entry('2', 'p', 2.2, 0.5)],
      received: [entry('3', 'q', 4, 0)],
    },
    { one: 'b', other: 'c', sent: [], received: [entry('4', 'r', 0, 3)] },
  ].map(({ one, other, sent, received }) => ({
    __typename: 'ExchangeLedgerPair' as const,
    oneId: one,
    otherId: other,
    one: institution(one),
    other: institution(other),
    sent,
    received,
  }));
  const whole = matrix(pairs);
  expect(whole.institutions.map((each) => each.id)).toEqual(['a', 'b', 'c']);
  expect(whole.cells.get(cellKey('c', 'b'))?.map((each) => each.id)).toEqual(['4']);
  expect(sumOf(whole.cells.get(cellKey('a', 'b')) ?? [])).toEqual({ people: 1, served: 3.3, planned: 0.5 });
  const total = (side: 'sent' | 'received') =>
    whole.institutions.reduce((sum, each) => sum + sumOf(entriesOf(whole, each.id)[side]).served, 0);
  expect(total('sent')).toBe(total('received'));
});

const proposal = (figure: number, inCircle: boolean, home: string, host: string) =>
  ({ id: `${home}${host}`, figure, inCircle, home: institution(home), host: institution(host) }) as unknown as Proposal;

test('a circle is told as one walks it, and circles come before chains', () => {
  const figures = figuresOf([
    proposal(0, false, 'm', 'n'),
    proposal(1, false, 'y', 'z'),
    proposal(1, false, 'x', 'y'),
    proposal(2, true, 'a', 'b'),
    proposal(2, true, 'c', 'a'),
    proposal(2, true, 'b', 'c'),
  ]);
  expect(figures.map(({ number, isCircle }) => [number, isCircle])).toEqual([
    [2, true],
    [1, false],
    [0, false],
  ]);
  expect(figures.map(({ proposals }) => walk(proposals, (each) => each.id))).toEqual([
    'a → b → c → a',
    'x → y → z',
    'm → n',
  ]);
});

test('a walk that breaks off begins anew', () => {
  const steps = [proposal(1, false, 'a', 'b'), proposal(1, false, 'c', 'd')];
  expect(walk(steps, (each) => each.id)).toBe('a → b; c → d');
});
