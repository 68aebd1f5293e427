// The graph in groups, without some relations, beyond what can be drawn; and paths that leave a relation out.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { ask, openBrowser, settled, visit, type Watched, watched } from './browser';
import { type Known, known } from './known';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;
const MOST_DRAWN = 200;

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

const drawn = () => page.locator('.react-flow__node').count();
const groups = () => page.locator('.react-flow__node:has(.graph-node.group)');

test('by mouse: records fold by kind, a group unfolds and folds again, and the address keeps it', async () => {
  await open(`/graph?seed=${records.institution}`);
  await page.waitForSelector('.react-flow__node');
  const before = await drawn();
  await page.getByRole('radio', { name: '按种类' }).click();
  await page.waitForSelector('.graph-node.group');
  expect(await drawn()).toBeLessThan(before);
  const key = (await groups().first().getAttribute('data-id')) ?? '';
  const group = page.locator(`.react-flow__node[data-id="${key}"]`);
  const name = (await group.textContent()) ?? '';
  expect(name).toMatch(/.+ · \d+ 条/);
  await page.getByRole('button', { name: '表格' }).click();
  await page.getByRole('cell', { name }).first().waitFor();
  await page.getByRole('button', { name: '图形' }).click();
  await group.click();
  await group.waitFor({ state: 'detached' });
  expect(await page.textContent('[aria-live]:has-text("个节点")')).toContain(`已展开：${name}`);
  expect(page.url()).toContain('fold=kind');
  await page.reload();
  await page.waitForSelector('.graph-node.group');
  expect(await group.count()).toBe(0);
  await page.getByRole('button', { name: /^重新折叠/ }).click();
  await group.waitFor();
  expect(seen.faults).toEqual([]);
});

test.each([
  ['按机构', 'institution:'],
  ['按行政区划', 'division:'],
])('records fold %s', async (choice, key) => {
  await open(`/graph?seed=${records.instrument}&open=${records.institution}&open=${records.institution}`);
  await page.waitForSelector('.react-flow__node');
  await page.getByRole('radio', { name: choice }).click();
  await page.waitForSelector(`.react-flow__node[data-id^="${key}"]`);
  expect(seen.faults).toEqual([]);
});

test('by keys: Enter unfolds a group, the focus goes to its first member, and it is announced', async () => {
  await open(`/graph?seed=${records.institution}&fold=kind`);
  await page.waitForSelector('.graph-node.group');
  await groups().first().focus();
  const name = (await groups().first().textContent()) ?? '';
  await page.keyboard.press('Enter');
  await page.waitForSelector(`text=已展开：${name}`);
  await page.waitForFunction(() => document.activeElement?.matches('.react-flow__node:not(:has(.group))'));
  expect(seen.faults).toEqual([]);
});

test('beyond two hundred groups form by themselves, a line says so, and the table shows the same', async () => {
  const { institutions } = await ask<{ institutions: { nodes: { id: string }[] } }>(
    address,
    '{ institutions(first: 60, where: { people: { some: {} } }) { nodes { id } } }',
  );
  const many = institutions.nodes.map(({ id }) => `&open=${id}`).join('');
  await open(`/graph?seed=${records.institution}${many}`);
  await page.waitForSelector('text=多出的已自动按种类成组');
  await page.waitForSelector('.graph-node.group'); // the picture stands only after it was laid out
  await page.waitForFunction((most) => document.querySelectorAll('.react-flow__node').length <= most, MOST_DRAWN);
  expect(Number((await page.textContent('[aria-live]:has-text("个节点")'))?.match(/\d+/)?.[0])).toBeGreaterThan(
    MOST_DRAWN,
  );
  expect(await groups().count()).toBeGreaterThan(0);
  await page.getByRole('button', { name: '表格' }).click();
  await page
    .getByRole('button', { name: /^展开这一组/ })
    .first()
    .waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 CSV' }).click(),
  ]);
  expect(
    readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n').length,
  ).toBeGreaterThan(MOST_DRAWN);
  expect(seen.faults).toEqual([]);
});

test('a type of relation is switched off with what it alone connects, and stays off in the shared link', async () => {
  await open(`/graph?seed=${records.institution}`);
  await page.waitForSelector('.react-flow__node');
  const before = await drawn();
  const types = page.locator('.relation-types');
  const total = await types.getByRole('checkbox').count();
  await types.getByRole('checkbox').first().click();
  await page.waitForFunction((count) => document.querySelectorAll('.react-flow__node').length < count, before);
  await page.getByRole('button', { name: '复制链接' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const after = await drawn();
  await page.goto(link);
  await page.waitForSelector('.react-flow__node');
  await page.waitForFunction((count) => document.querySelectorAll('.react-flow__node').length === count, after);
  expect(await types.getByRole('checkbox').count()).toBe(total);
  expect(await types.getByRole('checkbox', { checked: true }).count()).toBe(total - 1);
  expect(seen.faults).toEqual([]);
});

test('by keys: a relation is excluded from the paths, which then go another way or are none', async () => {
  await open(`/paths?from=${records.institution}&to=${records.other}&hops=3`);
  await page.waitForSelector('.sentence');
  const relation = page.locator('.relation-types').getByRole('checkbox').first();
  const name = (await page.locator('.relation-types .ant-checkbox-wrapper').first().textContent()) ?? '';
  await relation.focus();
  await page.keyboard.press('Space');
  await page.waitForURL(/without=/);
  await settled(page);
  await page.waitForSelector('.sentence, .empty');
  for (const each of await page.locator('.sentence .tie').allTextContents()) expect(each).not.toContain(name.trim());
  await page.locator('.relation-types').getByRole('checkbox', { checked: false }).click();
  await page.waitForSelector('.sentence');
  expect(page.url()).not.toContain('without=');
  expect(seen.faults).toEqual([]);
});

test('while the first records are on their way the page says so, and counts nothing', async () => {
  let goOn = () => {};
  const waited = new Promise<void>((done) => {
    goOn = done;
  });
  await page.route('**/graphql*', async (route) => {
    // what lies around a record is asked with a limit, nothing else on this page is
    if (route.request().postData()?.includes('"limit"')) await waited;
    await route.continue();
  });
  await page.goto(`${address}/graph?seed=${records.institution}`, { waitUntil: 'domcontentloaded' });
  await page.getByText('正在载入……').waitFor();
  expect(await page.locator('section[aria-label="关系图"]').textContent()).not.toContain('个节点');
  goOn();
  await page.waitForSelector('.react-flow__node');
  expect(await page.locator('section[aria-label="关系图"]').textContent()).toContain('个节点');
  expect(seen.faults).toEqual([]);
});

test('the picture may take the whole width, with the choices below it', async () => {
  await open(`/graph?seed=${records.institution}`);
  await page.waitForSelector('.react-flow__node');
  const width = async () => (await page.locator('.canvas').boundingBox())?.width ?? 0;
  const before = await width();
  const wide = page.getByRole('button', { name: '宽幅' });
  await wide.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.explorer.wide .choices summary');
  expect(await wide.getAttribute('aria-pressed')).toBe('true');
  expect(await width()).toBeGreaterThan(1.5 * before);
  await wide.click();
  await page.waitForSelector('.explorer:not(.wide)');
  expect(await width()).toBe(before);
  expect(seen.faults).toEqual([]);
});

test('on a narrow screen the picture comes first, and the choices are one press below it', async () => {
  const narrow = await watched(browser, address, { language: 'zh-CN', appearance: 'light', width: 360 });
  await visit(narrow.page, `${address}/graph?seed=${records.institution}`);
  await narrow.page.waitForSelector('.react-flow__node');
  const top = (await narrow.page.locator('.canvas').boundingBox())?.y ?? Number.POSITIVE_INFINITY;
  expect(top).toBeLessThan(500);
  const choice = narrow.page.getByRole('radio', { name: '按种类' });
  expect(await choice.isVisible()).toBe(false);
  await narrow.page.locator('.choices summary').focus();
  await narrow.page.keyboard.press('Enter');
  await choice.waitFor();
  await choice.focus();
  await narrow.page.keyboard.press('Space');
  await narrow.page.waitForSelector('.graph-node.group');
  expect(narrow.faults).toEqual([]);
  await narrow.context.close();
});
