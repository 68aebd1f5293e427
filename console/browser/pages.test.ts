// Every page in its looks: axe finds nothing serious, the console is silent, no other host is asked, nothing scrolls sideways.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { barriers, LOOKS, nameOf, openBrowser, overhang, settled, type Watched, watched } from './browser';
import { type Known, known } from './known';

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
  person: ({ person }) => `/people/${person}`,
  project: ({ project }) => `/projects/${project}`,
  agreement: ({ agreement }) => `/agreements/${agreement}`,
  'graph to choose': () => '/graph',
  graph: ({ instrument }) => `/graph?seed=${instrument}`,
  'paths to choose': () => '/paths',
  paths: ({ institution, other }) => `/paths?from=${institution}&to=${other}&hops=2`,
  dashboard: () => '/dashboard',
  samples: () => '/api/samples',
  'me signed out': () => '/me',
};

let browser: Browser;
let records: Known;
beforeAll(async () => {
  browser = await openBrowser();
  records = await known(address);
  if (pictures) mkdirSync(pictures, { recursive: true });
});
afterAll(() => browser?.close());

describe.each(LOOKS.map((look) => [nameOf(look), look] as const))('%s', (name, look) => {
  let seen: Watched;
  beforeAll(async () => {
    seen = await watched(browser, address, look);
  });
  afterAll(() => seen?.context.close());

  test.each(Object.keys(PAGES))('%s is accessible, silent, and stays within its width', async (page) => {
    const { page: shown, faults } = seen;
    faults.length = 0;
    await shown.goto(address + (PAGES[page]?.(records) ?? '/'), { waitUntil: 'domcontentloaded' });
    await settled(shown);
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
  });
});

test('an address without a page, and a record that is not there, look alike and are no dead ends', async () => {
  const seen = await watched(browser, address, { language: 'zh-CN', appearance: 'light', width: 1280 });
  for (const path of ['/nothing/is/here', '/nowhere', '/instruments/cd-instrument-NOTHING']) {
    await seen.page.goto(address + path, { waitUntil: 'domcontentloaded' });
    await settled(seen.page);
    expect(await seen.page.textContent('h1')).toBe('没有这个页面或记录');
    expect(await barriers(seen.page)).toEqual([]);
  }
  await seen.context.close();
});
