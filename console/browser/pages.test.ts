// Every page in its looks: axe finds nothing serious, the console is silent, no other host is asked, nothing scrolls sideways.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { barriers, LOOKS, type Look, nameOf, openBrowser, overhang, visit, type Watched, watched } from './browser';
import { imported } from './imports';
import { type Known, known, type Work, workOf } from './known';
import { type Seat, signedOn } from './sign-on';

const address = inject('address');
const pictures = process.env.BASHU_SCREENSHOTS;

const PAGES: Record<string, (of: Known) => string> = {
  home: () => '/',
  search: () => `/search?q=${encodeURIComponent('大学')}`,
  'search of nothing': () => '/search?q=zzzzqqqq',
  institutions: () => '/institutions',
  instruments: () => '/instruments?status=AVAILABLE&sort=-valueCny',
  people: () => '/people',
  projects: () => '/projects',
  agreements: () => '/agreements',
  achievements: () => '/achievements',
  datasets: () => '/datasets',
  'no such list rows': () => '/instruments?name=zzzzqqqq',
  instrument: ({ instrument }) => `/instruments/${instrument}`,
  institution: ({ institution }) => `/institutions/${institution}`,
  'history of a record': ({ openClass }) => `/training-classes/${openClass}?tab=history`,
  person: ({ person }) => `/people/${person}`,
  project: ({ project }) => `/projects/${project}`,
  agreement: ({ agreement }) => `/agreements/${agreement}`,
  'graph to choose': () => '/graph',
  graph: ({ instrument }) => `/graph?seed=${instrument}`,
  'paths to choose': () => '/paths',
  paths: ({ institution, other }) => `/paths?from=${institution}&to=${other}&hops=2`,
  dashboard: () => '/dashboard',
  training: () => '/training',
  'training class': ({ openClass }) => `/training/${openClass}`,
  'flows signed out': () => '/flows',
  'imports signed out': () => '/imports',
  samples: () => '/api/samples',
  'me signed out': () => '/me',
  'inbox signed out': () => '/inbox',
  'exchange signed out': () => '/exchanges/new',
  posts: () => '/posts',
  'wishes signed out': () => '/exchange-wishes',
  ledger: () => '/exchanges/ledger',
};

const WORK_PAGES: Record<string, (of: Work) => string> = {
  inbox: () => '/inbox',
  'inbox sent': () => '/inbox?tab=sent',
  'inbox done': () => '/inbox?tab=done',
  'inbox copied': () => '/inbox?tab=copied',
  decision: ({ task }) => `/inbox/${task}`,
  delegations: () => '/me/delegations',
  notices: () => '/me/notices',
  exchanges: () => '/exchanges',
  'new exchange': () => '/exchanges/new',
  'new exchange, post': ({ person, home }) => `/exchanges/new?person=${person}&home=${home}&step=post`,
  'new exchange, period': ({ person, home, post }) => `/exchanges/new?person=${person}&home=${home}&post=${post}`,
  exchange: ({ exchange }) => `/exchanges/${exchange}`,
  'ledger of an administrator': () => '/exchanges/ledger',
  matching: () => '/exchanges/matching',
  post: ({ post }) => `/posts/${post}`,
  'posts of an administrator': () => '/posts',
  wishes: () => '/exchange-wishes',
};

/** Those of classes, for their organiser, and of flows, for who looks after the hub. */
const CARE_PAGES: Record<string, [seat: Seat, place: (of: Known, run: string) => string]> = {
  'class of an organiser': ['institution-admin', ({ openClass }) => `/training/${openClass}`],
  registrations: ['institution-admin', ({ openClass }) => `/training/${openClass}/registrations`],
  'import of a list': ['institution-admin', ({ openClass }) => `/training/${openClass}/import`],
  roll: ['institution-admin', ({ heldClass }) => `/training/${heldClass}/roll`],
  certificates: ['institution-admin', ({ certifiedClass }) => `/training/${certifiedClass}`],
  flows: ['platform-admin', () => '/flows'],
  sources: ['platform-admin', () => '/sources'],
  source: ['platform-admin', () => '/sources/cd-source-ror'],
  imports: ['platform-admin', () => '/imports'],
  import: ['platform-admin', (_, run) => `/imports/${run}`],
  'import, what is new': ['platform-admin', (_, run) => `/imports/${run}?fate=new`],
};

let browser: Browser;
let records: Known;
beforeAll(async () => {
  browser = await openBrowser();
  records = await known(address);
  if (pictures) mkdirSync(pictures, { recursive: true });
});
afterAll(() => browser?.close());

async function looked(seen: Watched, look: Look, name: string, page: string, path: string): Promise<void> {
  const { page: shown, faults } = seen;
  faults.length = 0;
  await visit(shown, address + path);
  if (page === 'graph') await shown.waitForSelector('.react-flow__node');
  if (pictures)
    await shown.screenshot({ path: resolve(pictures, `${page} ${name}.png`.replaceAll(' ', '-')), fullPage: true });
  expect(
    await shown.evaluate(() => [
      document.documentElement.lang,
      document.querySelectorAll('main').length,
      document.querySelectorAll('h1').length,
    ]),
  ).toEqual([look.language, 1, 1]);
  expect(await overhang(shown)).toBeLessThanOrEqual(0);
  expect(await barriers(shown)).toEqual([]);
  expect(faults).toEqual([]);
}

describe.each(LOOKS.map((look) => [nameOf(look), look] as const))('%s', (name, look) => {
  let seen: Watched;
  beforeAll(async () => {
    seen = await watched(browser, address, look);
  });
  afterAll(() => seen?.context.close());

  test.each(Object.keys(PAGES))('%s is accessible, silent, and stays within its width', async (page) => {
    await looked(seen, look, name, page, PAGES[page]?.(records) ?? '/');
  });
});

describe.each(LOOKS.map((look) => [nameOf(look), look] as const))('for an administrator, %s', (name, look) => {
  let seen: Watched;
  let work: Work;
  beforeAll(async () => {
    seen = await signedOn(browser, address, look, { side: 'sichuan', seat: 'institution-admin' });
    work = await workOf(seen);
  });
  afterAll(() => seen?.context.close());

  test.each(Object.keys(WORK_PAGES))('%s is accessible, silent, and stays within its width', async (page) => {
    await looked(seen, look, name, page, WORK_PAGES[page]?.(work) ?? '/');
  });
});

describe.each(LOOKS.map((look) => [nameOf(look), look] as const))('of classes and flows, %s', (name, look) => {
  const seen = new Map<Seat, Watched>();
  let run = '';
  beforeAll(async () => {
    for (const seat of ['institution-admin', 'platform-admin'] as const)
      seen.set(seat, await signedOn(browser, address, look, { side: 'sichuan', seat }));
    const operator = seen.get('platform-admin');
    if (operator) run = await imported(inject('data'), operator);
  });
  afterAll(async () => {
    for (const each of seen.values()) await each.context.close();
  });

  test.each(Object.entries(CARE_PAGES))(
    '%s is accessible, silent, and stays within its width',
    async (page, [seat, place]) => {
      const own = seen.get(seat);
      if (!own) throw new Error(`Nobody is signed on as ${seat}.`);
      await looked(own, look, name, page, place(records, run));
    },
  );
});

test('an address without a page, and a record that is not there, look alike and are no dead ends', async () => {
  const seen = await watched(browser, address, { language: 'zh-CN', appearance: 'light', width: 1280 });
  for (const path of ['/nothing/is/here', '/nowhere', '/instruments/cd-instrument-NOTHING']) {
    await visit(seen.page, address + path);
    expect(await seen.page.textContent('h1')).toBe('没有这个页面或记录');
    expect(await barriers(seen.page)).toEqual([]);
  }
  await seen.context.close();
});
