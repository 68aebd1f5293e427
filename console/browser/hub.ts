// The real hub for the browser: its own Neo4j, demonstration data at a small scale, the real sign-on; gone with the run.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    address: string;
    /** The folder of its data. */
    data: string;
  }
}

export const CHECKOUT = resolve(import.meta.dirname, '../..');
const START_MS = 600_000; // the machine may be busy
const SCALE = '0.01';
const READY = 'Bashu Hub ready';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** The jars of Neo4j that are fetched already serve this hub too. */
function shareJars(data: string): void {
  const kept = resolve(CHECKOUT, '.data/neo4j');
  mkdirSync(resolve(data, 'neo4j'), { recursive: true });
  try {
    for (const each of readdirSync(kept)) {
      if (/^\d/.test(each)) symlinkSync(resolve(kept, each), resolve(data, 'neo4j', each));
    }
  } catch {
    // none yet: this hub fetches its own
  }
}

function started(data: string, port: number): ChildProcess {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('BASHU_'));
  const own = {
    BASHU_DATA_DIR: data,
    BASHU_PORT: String(port),
    BASHU_DEMO_SCALE: SCALE,
    BASHU_NEO4J_HEAP: '512m',
    BASHU_NEO4J_PAGECACHE: '64m',
    BASHU_QUERY_TIMEOUT: '120',
    BASHU_LOG_LEVEL: 'warning',
  };
  return spawn(
    resolve(CHECKOUT, '.venv/bin/python'),
    [resolve(CHECKOUT, 'cli.py'), 'serve', '--demo', '--until-input-ends'],
    {
      cwd: data,
      env: { ...Object.fromEntries(kept), ...own },
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true, // Ctrl-C reaches the run, which ends the hub
    },
  );
}

async function ready(hub: ChildProcess): Promise<void> {
  if (!hub.stdout) throw new Error('The hub has no output.');
  const timer = setTimeout(() => hub.kill('SIGTERM'), START_MS);
  for await (const line of createInterface(hub.stdout)) {
    console.log(`hub  ${line}`);
    if (line.startsWith(READY)) {
      clearTimeout(timer);
      hub.stdout.resume();
      return;
    }
  }
  throw new Error('The hub ended before it was ready; its lines above say why.');
}

/** Starts a hub for the run, or takes the one at `BASHU_CONSOLE_AT`, whose data are in `BASHU_CONSOLE_DATA`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.BASHU_CONSOLE_AT;
  if (given) {
    project.provide('address', given);
    project.provide('data', resolve(process.env.BASHU_CONSOLE_DATA ?? resolve(CHECKOUT, '.data')));
    return async () => {};
  }
  const data = mkdtempSync(resolve(tmpdir(), 'bashu-console-'));
  shareJars(data);
  const port = await freePort();
  const hub = started(data, port);
  const ended = new Promise((done) => hub.once('exit', done));
  await ready(hub);
  project.provide('address', `http://127.0.0.1:${port}`);
  project.provide('data', data);
  return async () => {
    hub.stdin?.end();
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
}
