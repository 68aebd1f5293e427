// Sums that are shown as equations: what stands on the left, what it is made of, and whether it adds up.

export interface Part {
  key: string;
  words: string;
  count: number;
  /** Where the rows are shown that it counts. */
  place?: string;
}

/** What is missing on the right; 0 where it is balanced. */
export function gap(total: number, parts: readonly Part[]): number {
  return total - parts.reduce((sum, each) => sum + each.count, 0);
}

/** Widths of a bar in percent: of the total, or of what there is where that is more. */
export function widths(total: number, parts: readonly Part[]): number[] {
  const whole = Math.max(total, total - gap(total, parts), 1);
  return parts.map((each) => (100 * each.count) / whole);
}

/** `a 30, b 5` counted from rows by a word of each. */
export function counted<Row>(rows: readonly Row[], word: (row: Row) => string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const row of rows) found.set(word(row), (found.get(word(row)) ?? 0) + 1);
  return found;
}
