// What an import took, left alone and refused: from the list to the books, to the rows, to what repairs them; by mouse and by keys alone.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, overhang, settled, visit, type Watched, watched } from './browser';
import { FILE, imported, importedAs, newRor } from './imports';
import { tabTo } from './keys';
import { signedOn } from './sign-on';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;

let browser: Browser;
let operator: Watched;
let id: string;
beforeAll(async () => {
  browser = await openBrowser();
  operator = await signedOn(browser, address, LOOK, { side: 'sichuan', seat: 'platform-admin' });
  id = await imported(inject('data'), operator);
});
afterAll(() => browser?.close());

async function go(page: Page, path: string): Promise<void> {
  await visit(page, address + path);
}

/** Tab until what has the focus says so. */
async function reach(page: Page, words: string): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    if (await page.evaluate((text) => document.activeElement?.textContent?.trim() === text, words)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No key leads to ${words}.`);
}

test('an operator goes from the menu to the books, and to the rule and repair of each row that was refused', async () => {
  const { page, faults } = operator;
  await go(page, '/');
  await page.getByRole('link', { name: '导入批次', exact: true }).click();
  await settled(page);
  await page.locator(`a[href="/imports/${id}"]`).click();
  await page.waitForSelector('#rows');
  await settled(page);
  expect(await page.locator('p.books').textContent()).toContain('4 读取');
  expect(await page.locator('p.books').textContent()).toContain('平');
  const refused = page.locator('section[aria-labelledby="rows"] tbody tr');
  expect(await refused.count()).toBe(3);
  expect(await refused.first().textContent()).toContain('05dxps056');
  expect(await refused.first().textContent()).toContain('请与数据来源核对此标识的每一位');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 CSV' }).click();
  const file = readFileSync(await (await coming).path(), 'utf8');
  expect(file.split('\r\n').filter(Boolean)).toHaveLength(4);
  expect(file).toContain('违反的规则');
  expect(faults).toEqual([]);
});

test('by keys alone: a number of the sum opens its rows, whose record says which import it came from', async () => {
  const { page, faults } = operator;
  await go(page, '/imports');
  await reach(page, FILE);
  await page.keyboard.press('Enter');
  await page.waitForSelector('p.books');
  await reach(page, '1 新增');
  await page.keyboard.press('Enter');
  await page.waitForURL(/fate=new/);
  await page.waitForSelector('section[aria-labelledby="rows"] tbody a');
  await reach(page, 'California Institute of Technology');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#provenance');
  await page.waitForSelector(`#provenance ~ dl a[href^="/imports/"]`);
  expect(faults).toEqual([]);
});

test('a source lists its runs', async () => {
  const { page, faults } = operator;
  await go(page, `/imports/${id}`);
  await page.locator('.fact-list a[href^="/sources/"]').click();
  await page.waitForSelector('section[aria-labelledby="imports-of-source"] tbody tr');
  expect(await page.textContent('section[aria-labelledby="imports-of-source"]')).toContain(FILE);
  expect(faults).toEqual([]);
});

test('the demonstration has imports: what came by the way and what leads nowhere are rows, readable on a narrow screen', async () => {
  const { page, faults } = operator;
  await go(page, '/imports');
  await page
    .getByRole('link', { name: /^重庆大学科研系统-活动-/ })
    .last()
    .click();
  await page.getByRole('link', { name: '2 顺带新增' }).click();
  const rows = page.locator('section[aria-labelledby="rows"] tbody tr');
  await page.getByRole('link', { name: '川渝光电技术学会' }).waitFor();
  expect(await rows.count()).toBe(2);
  await page.setViewportSize({ width: 360, height: 800 });
  await go(page, '/imports');
  await page
    .getByRole('link', { name: /^ror-川渝机构-/ })
    .last()
    .click();
  await page.waitForSelector('#rows');
  await settled(page);
  expect(await rows.first().textContent()).toContain('校验码');
  expect(await overhang(page)).toBeLessThanOrEqual(0);
  const aside = await page
    .locator('section[aria-labelledby="rows"] .rows')
    .evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(aside).toBeLessThanOrEqual(0);
  await page.getByRole('link', { name: '3 悬空关联' }).click();
  await page.getByText('034t30j35').first().waitFor();
  expect(await rows.first().textContent()).toContain('请先导入所指的记录');
  await page.setViewportSize({ width: LOOK.width, height: 800 });
  expect(faults).toEqual([]);
});

const PARENT = { id: newRor(), name: '川渝联合观测中心', types: ['Facility'], status: 'active' };
const CHILD = {
  id: newRor(),
  name: '川渝联合观测站',
  types: ['Facility'],
  status: 'active',
  relationships: [{ type: 'Parent', id: PARENT.id }],
};

test('what was not taken is tried again: by mouse the links, which are made, by keys the rows, which stay refused', async () => {
  const { page, faults } = operator;
  const data = inject('data');
  const former = await importedAs('ror-retry.jsonl', [CHILD], data, operator);
  await importedAs('ror-parent.jsonl', [PARENT], data, operator);
  await go(page, `/imports/${former}`);
  await page.getByRole('button', { name: '重试悬空的 1 条关联' }).click();
  await page.locator('dialog').getByText('补上关联').waitFor();
  await page.locator('dialog').getByRole('button', { name: '重试悬空的 1 条关联' }).click();
  const tried = page.locator('section[aria-labelledby="retried-by"] tbody tr');
  await tried.getByText('已完成').waitFor(); // by itself, once a worker has done it
  expect(await tried.count()).toBe(1);
  await tried.getByRole('link', { name: '悬空关联' }).click();
  await page.getByText('1 更改').first().waitFor();
  expect(await page.locator('p.books').textContent()).toContain('1 读取');
  expect(await page.locator('.fact-list').textContent()).toContain('悬空关联');
  await page.locator('.fact-list a[href^="/flows/"]').click();
  await page.getByText('建立关联 1').waitFor();
  await page.goBack();
  await page.locator(`.fact-list a[href="/imports/${former}"]`).click();
  await page.waitForSelector('#retried-by');
  await tabTo(page, '重试未收的 1 行');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  await tabTo(page, '重试未收的 1 行');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await tabTo(page, '重试未收的 1 行');
  await page.keyboard.press('Enter');
  await tried.nth(1).waitFor();
  await tried.nth(0).getByText('已完成').waitFor();
  expect(await tried.nth(0).textContent()).toMatch(/1 读取 =.*1 未收/);
  await page.getByRole('button', { name: '重试未收的 1 行' }).waitFor(); // it may be tried once more
  expect(faults).toEqual([]);
});

test('a member sees the books and no row; whoever is signed out sees neither', async () => {
  const member = await signedOn(browser, address, LOOK, { side: 'chongqing', seat: 'member' });
  await go(member.page, `/imports/${id}`);
  await member.page.getByText('仅平台管理员和审计员可见').waitFor();
  expect(await member.page.locator('section[aria-labelledby="rows"]').count()).toBe(0);
  expect(await member.page.locator('p.books').count()).toBe(1);
  expect(await member.page.getByRole('button', { name: '重试' }).count()).toBe(0);
  expect(member.faults).toEqual([]);
  await member.context.close();
  const outside = await watched(browser, address, LOOK);
  await go(outside.page, `/imports/${id}`);
  expect(await outside.page.textContent('h1')).toBe('没有这个页面或记录');
  await go(outside.page, '/imports');
  await outside.page.getByText('请先登录').waitFor();
  expect(outside.faults).toEqual([]);
  await outside.context.close();
});
