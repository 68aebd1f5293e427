// After the bundler: compressed copies of what browsers load, and the manifests of trusted documents beside them.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { BUDGETS, weighed } from './budgets.mjs';

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

// The budgets of the design brief; a build beyond them fails.
const found = weighed();
writeFileSync(new URL('../made/budgets.json', import.meta.url), JSON.stringify(found));
const beyond = Object.entries(found).filter(([name, size]) => size > BUDGETS[name]);
if (beyond.length > 0) {
  const told = beyond.map(([name, size]) => `${name} ${size} KB of ${BUDGETS[name]}`).join(', ');
  throw new Error(
    `The console's scripts are beyond their budgets: ${told}. Load what a page alone needs with that page.`,
  );
}
const told = Object.entries(found).map(([name, size]) => `${name} ${size} of ${BUDGETS[name]}`);
console.log(`Scripts, KB gzip: ${told.join(', ')}`);
