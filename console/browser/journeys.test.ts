// What people come for, from the first click to the last, by mouse and by keyboard alone.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { ask, openBrowser, settled, visit, type Watched, watched } from './browser';
import { type Known, known } from './known';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;

let browser: Browser;
let records: Known;
let seen: Watched;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  records = await known(address);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  seen = await watched(browser, address, LOOK);
  page = seen.page;
});
afterEach(() => seen.context.close());

async function open(path: string): Promise<void> {
  await visit(page, address + path);
}

async function nameOfInstrument(): Promise<string> {
  const { node } = await ask<{ node: { name: string } }>(
    address,
    `{ node(id: "${records.instrument}") { ... on Record { name } } }`,
  );
  return node.name;
}

test('by mouse: from a search to an instrument and why it may not be used yet', async () => {
  const name = await nameOfInstrument();
  await open('/');
  await page.fill('.big-search input', name);
  await page.click('.big-search button');
  await page.waitForSelector('.hits li');
  await page.click(`.facets a[href*="kind=INSTRUMENT"]`);
  await page.click(`.hits h3 a[href="/instruments/${records.instrument}"]`);
  await settled(page);
  expect(await page.textContent('h1')).toBe(name);
  await page.waitForSelector('.verdict');
  const told = (await page.textContent('.explained')) ?? '';
  expect(told).toContain('不可以');
  expect(told).toContain('还缺');
  expect(await page.getByRole('link', { name: '登录后再看' }).getAttribute('href')).toContain('/auth/login?next=');
  expect(seen.faults).toEqual([]);
});

test('by keys: / searches, j moves, x selects, Enter opens, ? helps', async () => {
  await open('/');
  await page.keyboard.press('/');
  await page.keyboard.type('大学');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hits li');
  await page.locator('main').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.waitForSelector('text=在关系图中打开所选（1）');
  const aim = await page.evaluate(() => (document.activeElement as HTMLAnchorElement).pathname);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${aim}`);
  await settled(page);
  await page.keyboard.press('?');
  await page.waitForSelector('.keys');
  await page.keyboard.press('Escape');
  expect(seen.faults).toEqual([]);
});

test('a list is narrowed by a facet and a name, sorted, and exported with its mark of simulated records', async () => {
  await open('/instruments');
  await page.locator('fieldset', { hasText: '类别' }).locator('.ant-checkbox-wrapper').first().click();
  await page.waitForSelector('.chips li');
  const asked = new URL(page.url()).searchParams.get('category');
  const { instruments } = await ask<{ instruments: { totalCount: number } }>(
    address,
    `{ instruments(where: { category: { eq: ${asked} } }) { totalCount } }`,
  );
  await page.waitForSelector(`text=共 ${instruments.totalCount} 条`);
  await page.getByRole('button', { name: /原值/ }).click();
  await page.waitForSelector('th[aria-sort="ascending"]');
  await settled(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 CSV' }).click(),
  ]);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines[0]).toMatch(/模拟数据$/);
  expect(lines.length).toBe(instruments.totalCount + 1);
  const [book] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 XLSX' }).click(),
  ]);
  expect(book.suggestedFilename()).toBe('instruments.xlsx');
  expect(
    readFileSync(await book.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  await page.locator('.chips button').first().click();
  await page.waitForFunction(() => !document.querySelector('.chips'));
  expect(seen.faults).toEqual([]);
});

test('a list of several pages tells how far its export has come, stops when one does not want to wait, and is exported whole', async () => {
  await open('/people');
  const { people } = await ask<{ people: { totalCount: number } }>(address, '{ people { totalCount } }');
  expect(people.totalCount).toBeGreaterThan(1000);
  const save = page.getByRole('button', { name: '导出 CSV' });

  // the second page is kept back until the export is stopped
  let letGo = () => {};
  const stopped = new Promise<void>((done) => {
    letGo = done;
  });
  await page.route('**/graphql', async (route) => {
    const { variables } = route.request().postDataJSON() as { variables?: { after?: string | null } };
    if (variables?.after) await stopped;
    await route.continue();
  });
  let files = 0;
  page.on('download', () => {
    files += 1;
  });
  await page.getByRole('button', { name: '导出 XLSX' }).click();
  await page.getByText(/已取 1,000 条，共 [\d,]+ 条/).waitFor();
  await page.getByRole('button', { name: '停止导出' }).click();
  letGo();
  await page.unrouteAll({ behavior: 'wait' });
  expect(await save.isEnabled()).toBe(true);
  expect(files).toBe(0);

  const [file] = await Promise.all([page.waitForEvent('download'), save.click()]);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines.length).toBe(people.totalCount + 1);
  expect(new Set(lines).size).toBe(lines.length);
  expect(seen.faults).toEqual([]);
});

test('two institutions are connected in a sentence, which opens in the graph', async () => {
  await open(`/paths?from=${records.institution}&to=${records.other}&hops=2`);
  await page.waitForSelector('.sentence');
  expect(await page.textContent('.sentence')).toMatch(/—.+→|←.+—/);
  await page.getByRole('link', { name: '在关系图中打开' }).first().click();
  await page.waitForSelector('.react-flow__node');
  expect(seen.faults).toEqual([]);
});

test('by keys: the graph expands at a node, tells how many came, and is a table as well', async () => {
  await open(`/graph?seed=${records.institution}`);
  await page.waitForSelector('.react-flow__node');
  const before = await page.locator('.react-flow__node').count();
  await page.locator(`.react-flow__node[data-id="${records.institution}"]`).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('.react-flow__node').length > count, before);
  expect(page.url()).toContain('open=');
  await page.getByRole('button', { name: '表格' }).click();
  await page.waitForSelector('table tbody tr');
  const nodes = await page.textContent('.above-rows p');
  await page.reload();
  await page.waitForSelector('.react-flow__node');
  await page.waitForFunction(
    (text) => document.querySelector('.above-rows p')?.textContent?.startsWith(text ?? '?'),
    nodes?.split(' · ')[0],
  );
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 SVG' }).click(),
  ]);
  const picture = readFileSync(await file.path(), 'utf8');
  expect(picture).toContain('<svg');
  expect(picture).toContain('含模拟数据');
  expect(seen.faults).toEqual([]);
});

test('a copied curl command runs and is answered as the page was', async () => {
  await open('/api/samples');
  const first = page.locator('.sample').first();
  await first.getByRole('button', { name: '运行' }).click();
  await first.locator('pre').nth(1).waitFor();
  await first.getByRole('button', { name: /curl/ }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).not.toMatch(/cookie|authorization/i);
  const { stdout } = await promisify(execFile)('sh', ['-c', command]);
  expect(JSON.parse(stdout)).toEqual(JSON.parse((await first.locator('pre').nth(1).textContent()) ?? ''));
  expect(seen.faults).toEqual([]);
});

test('somebody signs on, sees who they are, makes and revokes a token, and signs off', async () => {
  await seen.context.close();
  seen = await watched(browser, address, LOOK);
  page = seen.page;
  await open('/');
  await page.getByRole('link', { name: '登录' }).click();
  await page.locator('a[href*="agency="]').first().click();
  await page.locator('button[name="person"]').first().click();
  await page.waitForURL(`${address}/`);
  await settled(page);
  await page.waitForSelector('#who');
  await page.locator('.header-end summary').last().click();
  await page.getByRole('link', { name: '我的账户' }).click();
  await page.waitForSelector('#tokens');
  expect(await page.textContent('main')).toContain('当前会话');
  await page.getByRole('button', { name: '新建令牌' }).click();
  await page.getByLabel('名称', { exact: true }).fill('月报脚本');
  await page.getByRole('dialog').getByRole('button', { name: '新建令牌' }).click();
  await page.waitForSelector('.secret code');
  const secret = await page.textContent('.secret code');
  expect(await who(secret ?? '')).toBe(true);
  await page.getByRole('button', { name: '我已保存' }).click();
  await page.getByRole('button', { name: '撤销' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
  await page.waitForSelector('text=已撤销');
  // within a second, on a machine that is not busy with a browser
  await expect.poll(() => who(secret ?? ''), { timeout: 10_000 }).toBe(false);
  await page.getByRole('main').getByRole('link', { name: '退出登录' }).click();
  await page.locator('button[type="submit"], form button').first().click();
  await page.getByRole('button', { name: /全部退出/ }).click();
  // the provider gives back the state it was sent
  await page.waitForURL((url) => url.origin === address && url.pathname === '/');
  await settled(page);
  await page.getByRole('link', { name: '登录' }).waitFor();
});

async function who(token: string): Promise<boolean> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ viewer { isSignedOn } }' }),
  });
  if (response.status === 401) return false;
  const { data } = (await response.json()) as { data: { viewer: { isSignedOn: boolean } } };
  return data.viewer.isSignedOn;
}
