// Where each division stands on the tile map, which is no map: about where it lies, one square each.

export type Place = readonly [column: number, row: number];

/** Prefectures of Sichuan by the code of GB/T 2260. */
export const SICHUAN: Readonly<Record<string, Place>> = {
  '513200': [2, 0],
  '510800': [4, 0],
  '511900': [5, 0],
  '513300': [1, 1],
  '510700': [3, 1],
  '511300': [5, 1],
  '511700': [6, 1],
  '511800': [1, 2],
  '510100': [2, 2],
  '510600': [3, 2],
  '510900': [4, 2],
  '511600': [5, 2],
  '511400': [2, 3],
  '512000': [3, 3],
  '511000': [4, 3],
  '513400': [1, 4],
  '511100': [2, 4],
  '510300': [3, 4],
  '510500': [4, 4],
  '510400': [1, 5],
  '511500': [3, 5],
};

/** Districts and counties of Chongqing. */
export const CHONGQING: Readonly<Record<string, Place>> = {
  '500229': [7, 0],
  '500238': [8, 0],
  '500154': [6, 1],
  '500235': [7, 1],
  '500236': [8, 1],
  '500237': [9, 1],
  '500231': [4, 2],
  '500155': [5, 2],
  '500101': [6, 2],
  '500152': [0, 3],
  '500117': [1, 3],
  '500109': [2, 3],
  '500112': [3, 3],
  '500115': [4, 3],
  '500233': [5, 3],
  '500240': [6, 3],
  '500151': [0, 4],
  '500120': [1, 4],
  '500106': [2, 4],
  '500105': [3, 4],
  '500102': [4, 4],
  '500230': [5, 4],
  '500111': [0, 5],
  '500118': [1, 5],
  '500107': [2, 5],
  '500103': [3, 5],
  '500108': [4, 5],
  '500156': [5, 5],
  '500243': [6, 5],
  '500114': [7, 5],
  '500153': [0, 6],
  '500116': [1, 6],
  '500104': [2, 6],
  '500113': [3, 6],
  '500119': [4, 6],
  '500242': [7, 6],
  '500110': [3, 7],
  '500241': [7, 7],
};

/** The tile that a division counts for: itself in Chongqing, its prefecture in Sichuan. */
export function tileOf(code: string): string {
  return code.startsWith('51') ? `${code.slice(0, 4)}00` : code;
}

/** Sums by tile, and what stands in no tile: a whole province, or another part of the country. */
export function byTile(
  groups: readonly { code: string | null; count: number }[],
  tiles: ReadonlySet<string>,
): { sums: ReadonlyMap<string, number>; elsewhere: number } {
  const sums = new Map<string, number>();
  let elsewhere = 0;
  for (const { code, count } of groups) {
    const tile = code ? tileOf(code) : '';
    if (tiles.has(tile)) sums.set(tile, (sums.get(tile) ?? 0) + count);
    else elsewhere += count;
  }
  return { sums, elsewhere };
}

export const LEVELS = 5;

/** How dark a tile is, 0 (nothing) to 4 (the most): by rank among all that have something, so that one giant hides none. */
export function levelOf(value: number, all: readonly number[]): number {
  if (value <= 0) return 0;
  const some = all.filter((each) => each > 0);
  const below = some.filter((each) => each < value).length;
  return 1 + Math.floor(((LEVELS - 1) * below) / some.length);
}

const PEOPLES = /(藏族|羌族|彝族|土家族|苗族)+自治[州县]$/;

/** A name that fits a square: without its rank and its peoples. */
export function shortName(name: string): string {
  const plain = name.replace(PEOPLES, '').replace(/ (Tibetan|Yi)\b.*$/, '');
  return plain.length > 2 ? plain.replace(/[市区县]$/, '') : plain;
}
