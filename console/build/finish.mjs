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
