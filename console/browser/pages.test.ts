// Every page in its looks: axe finds nothing serious, the console is silent, no other host is asked, nothing scrolls sideways.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { barriers, LOOKS, type Look, nameOf, openBrowser, overhang, visit, type Watched, watched } from './browser';
import { imported } from './imports';
import { type Known, known, type Work, workOf } from './known';
import { CARE_PAGES, PAGES, WORK_PAGES } from './pages';
import { type Seat, signedOn } from './sign-on';

const address = inject('address');
const pictures = process.env.BASHU_SCREENSHOTS;

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
