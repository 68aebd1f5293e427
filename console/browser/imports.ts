// Real imports into the hub under test, by the command that people run.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Watched } from './browser';
import { CHECKOUT } from './hub';
import { askAs } from './sign-on';

const ROWS = [
  {
    id: 'https://ror.org/05dxps055',
    name: 'California Institute of Technology',
    types: ['Education'],
    status: 'active',
  },
  { id: 'https://ror.org/05dxps056', name: '校验位有误的机构', types: ['Facility'], status: 'active' },
  { id: 'https://ror.org/05dxps055', name: '重复的机构', types: ['Facility'], status: 'active' },
];

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** An identifier of ROR that no record has: seven characters and the check that ROR gives them. */
export function newRor(): string {
  const places = Array.from({ length: 6 }, () => Math.floor(Math.random() * CROCKFORD.length));
  const number = places.reduce((sum, place) => sum * CROCKFORD.length + place, 0);
  const check = 98 - ((number * 100) % 97);
  return `https://ror.org/0${places.map((place) => CROCKFORD[place]).join('')}${String(check).padStart(2, '0')}`;
}

export const FILE = 'ror-desk.jsonl';

/** The id of an import of which one row was taken and three refused, made once however often it is asked for. */
export async function imported(data: string, operator: Watched): Promise<string> {
  return (await found(operator, FILE)) ?? (await importedAs(FILE, ROWS, data, operator));
}

/** The id of an import of these rows and a line that is none. */
export async function importedAs(file: string, rows: readonly object[], data: string, operator: Watched) {
  const path = resolve(data, file);
  writeFileSync(path, `${rows.map((row) => JSON.stringify(row)).join('\n')}\nno record\n`);
  const run = promisify(execFile)(`${CHECKOUT}/.venv/bin/python`, ['cli.py', 'import', 'ror', path], {
    cwd: CHECKOUT,
    env: { ...process.env, BASHU_DATA_DIR: data },
  });
  await run.catch((error: { code: number }) => {
    if (error.code !== 1) throw error; // some rows were rejected, as they should be
  });
  const id = await found(operator, file);
  if (!id) throw new Error('The import left no record of itself.');
  return id;
}

async function found(operator: Watched, file: string): Promise<string | undefined> {
  const { imports } = await askAs<{ imports: { nodes: { id: string }[] } }>(
    operator,
    `{ imports(first: 1, orderBy: [{ startedAt: DESC }], where: { name: { eq: "${file}" } }) { nodes { id } } }`,
  );
  return imports.nodes[0]?.id;
}
