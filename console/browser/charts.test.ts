// Charts: each with the table of its numbers and its file, by mouse and by keys; the chord of the ledger is tied to its matrix.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, overhang, visit, type Watched, watched } from './browser';
import { signedOn } from './sign-on';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;

let browser: Browser;
let administrator: Watched;
beforeAll(async () => {
  browser = await openBrowser();
  administrator = await signedOn(browser, address, LOOK, { side: 'sichuan', seat: 'institution-admin' });
});
afterAll(() => browser?.close());

const section = (page: Page, id: string) => page.locator(`section[aria-labelledby="${id}"]`);

test('by mouse: cooperation is drawn, told by its name, and the same as a table and a file', async () => {
  const { page, faults } = administrator;
  await visit(page, `${address}/dashboard`);
  const shown = section(page, 'cooperation');
  await shown.locator('svg path').first().waitFor();
  expect(await shown.locator('.chart').getAttribute('aria-label')).toContain('流向图');
  await shown.getByRole('button', { name: '表格', exact: true }).click();
  const rows = shown.locator('tbody tr');
  await rows.first().waitFor();
  const told = await rows.allTextContents();
  expect(told.some((each) => each.startsWith('干部交流'))).toBe(true);
  const coming = page.waitForEvent('download');
  await shown.getByRole('button', { name: '导出 CSV' }).click();
  const lines = readFileSync(await (await coming).path(), 'utf8')
    .split('\r\n')
    .filter(Boolean);
  expect(lines).toHaveLength(told.length + 1);
  expect(lines[0]).toContain('四川发起,重庆发起,单位');
  expect(faults).toEqual([]);
});

test('by keys alone: bars by kind become a table whose numbers are those of the bars, and a name opens its records', async () => {
  const { page, faults } = administrator;
  await visit(page, `${address}/dashboard`);
  const shown = section(page, 'kinds');
  await shown.locator('svg text').first().waitFor();
  const drawn = await shown.locator('svg text').allTextContents();
  await shown.getByRole('button', { name: '图表', exact: true }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await shown.locator('tbody tr').first().waitFor();
  const cells = await shown.locator('tbody td').allTextContents();
  for (const each of cells) expect(drawn).toContain(each);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(cells[0]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/institutions\?kind=/);
  expect(faults).toEqual([]);
});

test('the chord marks the cell that one is at, and a ribbon opens the same exchanges as its cell', async () => {
  const { page, faults } = administrator;
  await visit(page, `${address}/exchanges/ledger`);
  const cells = page.locator('button.cell');
  const ribbons = section(page, 'chord').locator('svg path[fill-opacity]');
  await ribbons.first().waitFor();
  const strong = () =>
    ribbons.evaluateAll((all) => all.filter((each) => each.getAttribute('fill-opacity') === '0.85').length);
  expect(await strong()).toBe(0);
  await cells.first().focus();
  await expect.poll(strong).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await page.locator('dialog tbody tr').first().waitFor();
  const byKeys = await page.locator('dialog h2').textContent();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.mouse.move(0, 0);
  await section(page, 'chord').scrollIntoViewIfNeeded();
  const titles = new Set<string>();
  for (let at = 0; at < (await ribbons.count()); at += 1) {
    const box = await ribbons.nth(at).evaluate((path) => {
      // a point within the ribbon, near its begin
      const own = path as SVGPathElement;
      const [start, later] = [own.getPointAtLength(0), own.getPointAtLength(own.getTotalLength() * 0.12)];
      const matrix = own.getScreenCTM();
      const seen = new DOMPoint((start.x + later.x) / 2, (start.y + later.y) / 2).matrixTransform(matrix ?? undefined);
      return { x: seen.x, y: seen.y };
    });
    await page.mouse.click(box.x, box.y);
    const title = page.locator('dialog h2');
    if ((await title.count()) === 0) continue;
    titles.add((await title.textContent()) ?? '');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  const told = (await cells.locator('.unseen').allTextContents()).map((each) => each.trim());
  expect(told).toContain(byKeys);
  expect(titles.size).toBeGreaterThan(0);
  for (const each of titles) expect(told).toContain(each);
  expect(faults).toEqual([]);
});

test('on a narrow screen in the dark the charts stay within the page and are drawn in its colours', async () => {
  const seen = await watched(browser, address, { language: 'en', appearance: 'dark', width: 360 });
  await visit(seen.page, `${address}/dashboard`);
  const bar = section(seen.page, 'categories').locator('svg path[fill="#5CC4DA"]');
  await bar.first().waitFor();
  expect(await overhang(seen.page)).toBeLessThanOrEqual(0);
  expect(seen.faults).toEqual([]);
  await seen.context.close();
});
