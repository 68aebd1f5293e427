// All rows of a list, fetched page after page as far as a file takes them; whoever waits may stop it between pages.
export interface Fetched<Row> {
  nodes: readonly Row[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

/** As many as a file holds; beyond them a list is narrowed, or the API asked. */
export const MOST_EXPORTED = 5_000;
/** As many as the hub gives at once. */
export const EXPORT_PAGE = 1_000;

/** The rows, the first `MOST_EXPORTED` of them; null once `isWanted` says no. `tell` is told how many there are so far. */
export async function gathered<Row>(
  fetch: (first: number, after: string | null) => Promise<Fetched<Row>>,
  tell: (count: number) => void,
  isWanted: () => boolean,
): Promise<Row[] | null> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo } = await fetch(Math.min(EXPORT_PAGE, MOST_EXPORTED - rows.length), after);
    if (!isWanted()) return null;
    rows.push(...nodes);
    tell(rows.length);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after && rows.length < MOST_EXPORTED);
  return rows;
}
