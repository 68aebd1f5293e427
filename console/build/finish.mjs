// After the bundler: compressed copies of what browsers load, and the manifests of trusted documents beside them.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const SMALLEST_BYTES = 1024;
const dist = new URL('../dist/', import.meta.url);
const made = new URL('../made/documents/', import.meta.url);
const generated = new URL('../src/made/graphql/persisted-documents.json', import.meta.url);

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|css|svg|json)$/.test(entry.name)) continue;
  const path = `${entry.parentPath}/${entry.name}`;
  const content = readFileSync(path);
  if (content.length < SMALLEST_BYTES) continue;
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
cpSync(made, new URL('documents/', dist), { recursive: true });
cpSync(generated, new URL('documents/pages.json', dist));

// The budgets of the design brief, in KB of script as it travels; a build beyond them fails.
const BUDGETS = { home: 380, all: 1050 };
const sizes = new Map(
  readdirSync(new URL('assets/', dist))
    .filter((each) => each.endsWith('.js'))
    .map((each) => [each, gzipSync(readFileSync(new URL(`assets/${each}`, dist))).length / 1024]),
);
const page = readFileSync(new URL('index.html', dist), 'utf8');
const sum = (names) => Math.round(names.reduce((total, each) => total + (sizes.get(each) ?? 0), 0));
const found = {
  home: sum([...new Set([...page.matchAll(/assets\/([\w.-]+\.js)/g)].map((each) => each[1]))]),
  all: sum([...sizes.keys()]),
};
for (const [name, most] of Object.entries(BUDGETS)) {
  if (found[name] > most)
    throw new Error(`The console's scripts (${name}) are ${found[name]} KB; the budget is ${most}.`);
}
console.log(`Scripts, KB gzip: home ${found.home} of ${BUDGETS.home}, all ${found.all} of ${BUDGETS.all}`);
