// An agency's own signing keys and cookie secret: made at the first start, kept in a file that only its owner reads.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** {keys: [private JWK …], cookies: [secret …]}; the first key signs, all of them are published. */
export function keptKeys(folder, agency) {
  const file = join(folder, `${agency}.keys.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const made = { keys: [signingKey(agency)], cookies: [randomBytes(32).toString('hex')] };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
  return made;
}

function signingKey(agency) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = `${agency}-${randomBytes(6).toString('hex')}`;
  return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}
