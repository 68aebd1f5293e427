import { expect, test } from 'vitest';
import { EXPORT_PAGE, type Fetched, gathered, MOST_EXPORTED } from '../src/gathering';

/** A list of so many numbers, by pages; `asked` notes what was asked for. */
function list(total: number, asked: [first: number, after: string | null][] = []) {
  return async (first: number, after: string | null): Promise<Fetched<number>> => {
    asked.push([first, after]);
    const start = Number(after ?? 0);
    const nodes = Array.from({ length: Math.min(first, total - start) }, (_, index) => start + index);
    const end = start + nodes.length;
    return { nodes, pageInfo: { endCursor: String(end), hasNextPage: end < total } };
  };
}

test('a list is gathered page after page, each row once, and it is told how far it has come', async () => {
  const told: number[] = [];
  const rows = await gathered(
    list(2_345),
    (count) => told.push(count),
    () => true,
  );
  expect(rows).toEqual(Array.from({ length: 2_345 }, (_, index) => index));
  expect(told).toEqual([EXPORT_PAGE, 2 * EXPORT_PAGE, 2_345]);
});

test('no more than a file takes is asked for', async () => {
  const asked: [number, string | null][] = [];
  const rows = await gathered(
    list(123_456, asked),
    () => undefined,
    () => true,
  );
  expect(rows?.length).toBe(MOST_EXPORTED);
  expect(asked.length).toBe(MOST_EXPORTED / EXPORT_PAGE);
});

test('who does not want to wait gets nothing, and no further page is asked for', async () => {
  const asked: [number, string | null][] = [];
  let isWanted = true;
  const tell = (count: number) => {
    isWanted = count < 2 * EXPORT_PAGE;
  };
  expect(await gathered(list(9_999, asked), tell, () => isWanted)).toBeNull();
  expect(asked.length).toBe(3);
});
