// What browsers load of script for each place, in KB as it travels (gzip), and how much it may be (design brief, §1).
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const HOME = 380;
const WORK = 520;
export const BUDGETS = {
  home: HOME,
  entity: WORK,
  inbox: WORK,
  workflows: WORK,
  graph: WORK + 90,
  charts: WORK + 250,
  all: 1050,
  api: 2000,
};

/** The pages that are loaded when they are opened; of several the heaviest counts. */
const PAGES = {
  home: [],
  entity: ['Entity'],
  inbox: ['Inbox'],
  workflows: ['Exchanges', 'NewExchange', 'Matching', 'TrainingClass', 'Registrations', 'ImportList', 'Roll', 'Flows'],
  graph: ['Graph', 'Paths'],
  charts: ['Dashboard', 'Ledger'],
};
const dist = new URL('../dist/', import.meta.url);
const graphiql = new URL('../../web/graphiql/dist/', import.meta.url);

const compressed = (place) => gzipSync(readFileSync(place)).length / 1024;
const scripts = (folder) =>
  readdirSync(folder)
    .filter((each) => each.endsWith('.js'))
    .map((each) => new URL(each, folder));

/** The chunks that a chunk needs, itself too. */
function needed(manifest, name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const each of manifest[name].imports ?? []) needed(manifest, each, found);
  return found;
}

/** KB by place; the bundler's manifest, which says what needs what, is no part of what is served. */
export function weighed() {
  const manifest = JSON.parse(readFileSync(new URL('made/manifest.json', dist), 'utf8'));
  rmSync(new URL('made', dist), { recursive: true });
  const entry = needed(manifest, 'index.html');
  const sizes = new Map(
    Object.entries(manifest).map(([name, { file }]) => [
      name,
      file.endsWith('.js') ? compressed(new URL(file, dist)) : 0,
    ]),
  );
  const weight = (page) => {
    const names = page ? needed(manifest, `src/pages/${page}.tsx`, new Set(entry)) : entry;
    return [...names].reduce((total, each) => total + sizes.get(each), 0);
  };
  const heaviest = (pages) => Math.round(Math.max(...(pages.length > 0 ? pages : [undefined]).map(weight)));
  const sum = (folder) => Math.round(scripts(folder).reduce((total, each) => total + compressed(each), 0));
  return {
    ...Object.fromEntries(Object.entries(PAGES).map(([name, pages]) => [name, heaviest(pages)])),
    all: sum(new URL('assets/', dist)),
    api: sum(graphiql),
  };
}
