// Pages at 400 % (1280 by 1024 become 320 by 256), and in large letters on a narrow screen: nothing scrolls sideways, nothing hides what is read.
// All of them where all eight looks are asked for, else one of each kind.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Look, openBrowser, overhang, visit, type Watched, watched } from './browser';
import { imported } from './imports';
import { type Known, known, type Work, workOf } from './known';
import { CARE_PAGES, PAGES, WORK_PAGES } from './pages';
import { type Seat, signedOn } from './sign-on';

const address = inject('address');
const LOOK: Look = { language: 'en', appearance: 'light', width: 360 };
/** How much of the height may stay in place while the page is read. */
const MOST_FIXED = 0.4;

const FEW = new Set([
  'home',
  'institutions',
  'instrument',
  'graph',
  'inbox',
  'new exchange',
  'exchange',
  'import of a list',
  'import',
]);

function shownOf<Place>(pages: Record<string, Place>): [string, Place][] {
  return Object.entries(pages).filter(([name]) => process.env.BASHU_ALL_LOOKS || FEW.has(name));
}

interface Reading {
  viewport: { width: number; height: number };
  isLarge: boolean;
}
const READINGS: Record<string, Reading> = {
  'at 400 %': { viewport: { width: 320, height: 256 }, isLarge: false },
  'in large letters': { viewport: { width: 360, height: 800 }, isLarge: true },
};

let browser: Browser;
let records: Known;
beforeAll(async () => {
  browser = await openBrowser();
  records = await known(address);
});
afterAll(() => browser?.close());

async function read(seen: Watched, { viewport, isLarge }: Reading): Promise<Watched> {
  await seen.page.setViewportSize(viewport);
  await seen.page.addInitScript((large) => {
    const kept = JSON.parse(localStorage.getItem('bashu-console') ?? '{}');
    localStorage.setItem('bashu-console', JSON.stringify({ ...kept, isLarge: large }));
  }, isLarge);
  return seen;
}

/** The share of the height that is taken by what stays when the page is scrolled. */
function fixedShare(seen: Watched): Promise<number> {
  return seen.page.evaluate(() => {
    const stay = [...document.querySelectorAll<HTMLElement>('body *')].filter((each) => {
      const { position, visibility } = getComputedStyle(each);
      return ['fixed', 'sticky'].includes(position) && visibility === 'visible' && each.getClientRects().length > 0;
    });
    return Math.max(0, ...stay.map((each) => each.getBoundingClientRect().height)) / innerHeight;
  });
}

async function looked(seen: Watched, path: string): Promise<void> {
  seen.faults.length = 0;
  await visit(seen.page, address + path);
  expect(await overhang(seen.page)).toBeLessThanOrEqual(0);
  expect(await fixedShare(seen)).toBeLessThanOrEqual(MOST_FIXED);
  expect(seen.faults).toEqual([]);
}

describe.each(Object.entries(READINGS))('%s', (_, reading) => {
  let anybody: Watched;
  const seats = new Map<Seat, Watched>();
  let work: Work;
  let run = '';
  beforeAll(async () => {
    anybody = await read(await watched(browser, address, LOOK), reading);
    for (const seat of ['institution-admin', 'platform-admin'] as const)
      seats.set(seat, await signedOn(browser, address, LOOK, { side: 'sichuan', seat }));
    const [administrator, operator] = [seats.get('institution-admin'), seats.get('platform-admin')];
    if (!administrator || !operator) throw new Error('Nobody is signed on.');
    work = await workOf(administrator);
    run = await imported(inject('data'), operator);
    for (const each of seats.values()) await read(each, reading);
  });
  afterAll(async () => {
    for (const each of [anybody, ...seats.values()]) await each?.context.close();
  });

  const of = (seat: Seat) => {
    const own = seats.get(seat);
    if (!own) throw new Error(`Nobody is signed on as ${seat}.`);
    return own;
  };
  test.each(shownOf(PAGES))('%s', (_, place) => looked(anybody, place(records)));
  test.each(shownOf(WORK_PAGES))('%s', (_, place) => looked(of('institution-admin'), place(work)));
  test.each(shownOf(CARE_PAGES))('%s', (_, [seat, place]) => looked(of(seat), place(records, run)));
});
