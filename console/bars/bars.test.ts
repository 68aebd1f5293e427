// How fast the console is in a browser beside the hub; `make bench-console` runs it and keeps what it finds.
import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, type Look, openBrowser, settled, type Watched, watched } from '../browser/browser';
import { signedOn } from '../browser/sign-on';
import {
  drawnAfter,
  largestPaint,
  longestTask,
  medianOf,
  panned,
  responses,
  routed,
  searched,
  standing,
  turned,
  watchTasks,
} from './measured';

const address = inject('address');
const LOOK: Look = { language: 'zh-CN', appearance: 'light', width: 1280 };
const TIMES = 5;
const GRAPH_NODES = 200;
const found: Record<string, number> = {};

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  writeFileSync(process.env.BASHU_BARS ?? '/dev/stdout', `${JSON.stringify(found)}\n`);
});

/** The median of a measure that is taken several times, each with a browser profile of its own: nothing is cached. */
async function anew(measure: (page: Page) => Promise<number>, seat?: 'approver'): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const seen = await fresh(seat);
    taken.push(await measure(seen.page));
    await seen.context.close();
  }
  return medianOf(taken);
}

function fresh(seat?: 'approver'): Promise<Watched> {
  return seat ? signedOn(browser, address, LOOK, { side: 'sichuan', seat }) : watched(browser, address, LOOK);
}

test('home, cold', async () => {
  const paints: number[] = [];
  found.homeUsableMs = await anew(async (page) => {
    await page.goto(address, { waitUntil: 'commit' });
    await page.locator('main input[type="search"], main .big-search input').first().waitFor();
    await settled(page);
    paints.push(await largestPaint(page));
    return page.evaluate(() => performance.now());
  });
  found.homePaintMs = medianOf(paints);
});

test('routes with their data', async () => {
  const taken: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const seen = await fresh();
    await seen.page.goto(address);
    await settled(seen.page);
    // each for the first time: the page's script and its data are asked for
    for (const place of ['/institutions', '/instruments', '/dashboard', '/training'])
      taken.push(await routed(seen.page, `nav a[href="${place}"]`, place));
    await routed(seen.page, 'nav a[href="/instruments"]', '/instruments');
    taken.push(await routed(seen.page, 'main tbody a[href^="/instruments/"]', '/instruments/'));
    await seen.context.close();
  }
  found.routeMs = medianOf(taken);
  found.routeWorstMs = Math.max(...taken);
});

test('answers to keys and clicks', async () => {
  const seen = await fresh();
  await seen.page.goto(`${address}/institutions`);
  await settled(seen.page);
  found.responseMs = medianOf(
    await responses(seen.page, async (page) => {
      const field = page.locator('header input').first();
      for (let time = 0; time < TIMES; time++) {
        for (const key of ['j', 'j', 'k', 'x']) await page.keyboard.press(key);
        await field.fill('');
        await field.pressSequentially('大学');
        await field.blur();
        await page.locator('th button.sort').first().click();
        await settled(page);
      }
    }),
  );
  await seen.context.close();
});

test('a search, beside the time of the hub', async () => {
  found.searchMs = await anew(async (page) => {
    await page.goto(address);
    await settled(page);
    await searched(page, 'main .big-search input', '大学');
    return searched(page, 'header input', '中心');
  });
});

async function mostInstruments(): Promise<string> {
  const { institutions } = await ask<{ institutions: { nodes: { id: string }[] } }>(
    address,
    '{ institutions(first: 1, orderBy: [{ instruments: { count: DESC } }]) { nodes { id } } }',
  );
  return institutions.nodes[0]?.id ?? '';
}

/** From the address of a record's graph with these kinds opened until so many are drawn. */
async function graphDrawn(page: Page, id: string, kinds: readonly string[], wanted: number): Promise<number> {
  const opened = kinds.map((kind) => `open=${id}~${kind}`).join('&');
  await page.goto(`${address}/graph?seed=${id}`);
  await settled(page);
  await page.goto(`${address}/graph?seed=${id}&${opened}`, { waitUntil: 'commit' });
  await page.waitForFunction(
    (many) => Number(document.querySelector('[data-drawn]')?.getAttribute('data-drawn')) >= many,
    wanted,
  );
  const drawn = await page.evaluate(() => performance.now());
  await settled(page);
  return drawn;
}

test('a graph of 100 records, and 25 more', async () => {
  const id = await mostInstruments();
  const moved: number[] = [];
  const more: number[] = [];
  found.graph100Ms = await anew(async (page) => {
    const drawn = await graphDrawn(page, id, ['INSTRUMENT', 'INSTRUMENT', 'PERSON'], 75);
    const before = await standing(page);
    const many = Object.keys(before).length;
    more.push(await drawnAfter(page, '.counts button:has(.kind-person)', many + 20));
    const after = await standing(page);
    moved.push(Object.entries(before).filter(([each, place]) => after[each] !== place).length);
    found.graph100Nodes = many;
    return drawn;
  });
  found.expand25Ms = medianOf(more);
  found.expandMoved = Math.max(...moved);
});

test(`a graph of ${GRAPH_NODES} records, drawn and moved`, async () => {
  const id = await mostInstruments();
  // 25 each: one more, and groups would form
  const kinds = ['INSTRUMENT', 'INSTRUMENT', 'INSTRUMENT', 'INSTRUMENT', 'PERSON', 'PERSON', 'PERSON'];
  const frames: number[] = [];
  found.graph200Ms = await anew(async (page) => {
    const drawn = await graphDrawn(page, id, kinds, GRAPH_NODES * 0.85);
    found.graphNodes = await page.locator('.react-flow__node').count();
    frames.push(medianOf(await panned(page, '.react-flow__pane')));
    return drawn;
  });
  found.panFrameMs = medianOf(frames);
});

test('2,000 relations, in groups and as a table', async () => {
  const { people } = await ask<{ people: { nodes: { affiliations: { nodes: { id: string }[] } }[] } }>(
    address,
    '{ people(first: 1, where: { id: { eq: "cd-person-bench1" } }) { nodes { affiliations(first: 4) { nodes { id } } } } }',
  );
  const ids = (people.nodes[0]?.affiliations.nodes ?? []).map(({ id }) => id);
  const opened = ids.flatMap((id) => Array.from({ length: 20 }, () => `open=${id}~PERSON`)); // 500 of each
  const place = `/graph?${[...ids.map((id) => `seed=${id}`), ...opened].join('&')}`;
  const tables: number[] = [];
  const pictures: number[] = [];
  found.relations2000Ms = await anew(async (page) => {
    await page.goto(`${address}/graph?seed=${ids[0]}`);
    await settled(page);
    await page.goto(address + place, { waitUntil: 'commit' });
    await page.waitForSelector('.react-flow__node .group');
    const drawn = await page.evaluate(() => performance.now());
    found.relations = Number(
      (await page.textContent('.above-rows [aria-live]'))?.match(/(\d[\d,]*) 条/)?.[1]?.replace(',', ''),
    );
    tables.push(await turned(page, '表格', 'main tbody tr'));
    pictures.push(await turned(page, '图形', '.react-flow__node .group'));
    return drawn;
  });
  found.relations2000TableMs = medianOf(tables);
  found.relations2000PictureMs = medianOf(pictures);
});

test('an inbox of 5,000 decisions', async () => {
  const rows: number[] = [];
  const tasks: number[] = [];
  found.inbox5000Ms = await anew(async (page) => {
    await watchTasks(page);
    await page.goto(`${address}/inbox`, { waitUntil: 'commit' });
    await page.locator('.task-list li').first().waitFor();
    await settled(page);
    const usable = await page.evaluate(() => performance.now());
    rows.push(await page.locator('.task-list li').count());
    tasks.push(await longestTask(page));
    return usable;
  }, 'approver');
  found.inboxRows = Math.max(...rows);
  found.inboxLongestTaskMs = medianOf(tasks);
  expect(found.inboxRows).toBeGreaterThan(0);
});
