// What was done with a record: read by mouse and by keys alone, and told as it happens.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, visit, watched } from './browser';
import { known } from './known';
import { askAs, signedOn } from './sign-on';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;

let browser: Browser;
let place: string;
let id: string;
beforeAll(async () => {
  browser = await openBrowser();
  id = (await known(address)).openClass;
  place = `${address}/training-classes/${id}`;
});
afterAll(() => browser?.close());

async function arrived(page: Page): Promise<void> {
  await page.waitForURL(/tab=history/);
  await page.waitForSelector('ol.history li');
}

test('an administrator reads who changed what from what to what, and a change made meanwhile comes by itself', async () => {
  const seen = await signedOn(browser, address, LOOK, { side: 'sichuan', seat: 'institution-admin' });
  const { page, faults, context } = seen;
  await visit(page, place);
  await page.getByRole('link', { name: '变更历史' }).click();
  await arrived(page);
  const count = await page.locator('ol.history > li').count();
  const { trainingClass } = await askAs<{ trainingClass: { version: number; place: string | null } }>(
    seen,
    'query ($id: ID!) { trainingClass(id: $id) { version place } }',
    { id },
  );
  const moved = `${trainingClass.place ?? '科技馆'}，二楼`;
  await askAs(
    seen,
    'mutation ($key: ID!, $input: EditClassInput!) { editClass(requestKey: $key, input: $input) { __typename } }',
    { key: `history-${Date.now()}`, input: { id, version: trainingClass.version, place: moved } },
  );
  await page.waitForFunction((before) => document.querySelectorAll('ol.history > li').length > before, count);
  const first = page.locator('ol.history > li').first();
  expect(await first.locator('del').textContent()).toBe(trainingClass.place ?? '（无）');
  expect(await first.locator('ins').textContent()).toBe(moved);
  expect(await first.locator('p a').count()).toBe(1); // who did it
  expect(faults).toEqual([]);
  await context.close();
});

test('by keys alone, signed out: what changed is told, who did it is not', async () => {
  const { page, faults, context } = await watched(browser, address, LOOK);
  await visit(page, place);
  for (let pressed = 0; pressed < 80; pressed += 1) {
    if (await page.evaluate(() => document.activeElement?.textContent === '变更历史')) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await arrived(page);
  expect(await page.locator('ol.history > li').first().locator('p a').count()).toBe(0);
  expect(await page.locator('.tabs [aria-current="page"]').textContent()).toBe('变更历史');
  expect(faults).toEqual([]);
  await context.close();
});

test('a record that nobody changed says so', async () => {
  const { page, faults, context } = await watched(browser, address, { ...LOOK, language: 'en' });
  await visit(page, `${address}/divisions/cd-division-510100?tab=history`);
  const told = page.locator('section[aria-labelledby="changes"]');
  await told.locator('.empty, li').first().waitFor();
  expect(await told.locator('h2').textContent()).toBe('History');
  expect(faults).toEqual([]);
  await context.close();
});
