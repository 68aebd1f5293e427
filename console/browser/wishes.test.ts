// A wish to be exchanged, from its form to being taken back, and what its form says when the hub refuses.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, visit, type Watched } from './browser';
import { tabInto, tabTo } from './keys';
import { askAs, type Side, signedOn } from './sign-on';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

interface Wish {
  id: string;
  version: number;
}

const OPEN_WISHES = `{ viewer { person { exchangeWishes(where: { status: { eq: OPEN } }) { nodes { id version } } } } }`;
const WITHDRAW = `mutation ($key: ID!, $input: WithdrawExchangeWishInput!) {
  answer: withdrawExchangeWish(requestKey: $key, input: $input) { __typename } }`;

/** A member who has no open wish. */
async function member(side: Side): Promise<Watched> {
  const seen = await signedOn(browser, address, LOOK, { side, seat: 'member' });
  const { viewer } = await askAs<{ viewer: { person: { exchangeWishes: { nodes: Wish[] } } } }>(seen, OPEN_WISHES);
  for (const each of viewer.person.exchangeWishes.nodes) {
    await askAs(seen, WITHDRAW, { key: crypto.randomUUID(), input: each });
  }
  return seen;
}

async function fact(page: Page, label: string): Promise<string | null> {
  return page.locator('.fact-list > div', { hasText: label }).first().textContent();
}

test('by mouse: registered with a place to go, changed, and refused a second time while it is open', async () => {
  const seen = await member('sichuan');
  const { page } = seen;
  await visit(page, `${address}/exchange-wishes`);
  await page.getByRole('button', { name: '登记意向' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('期望月数').fill('3');
  await dialog.getByRole('combobox', { name: '期望地区' }).fill('渝北');
  await dialog.getByRole('option', { name: '渝北区' }).first().click();
  expect(await dialog.getByRole('button', { name: '去掉 渝北区' }).count()).toBe(1);
  await dialog.getByLabel('交流目的').fill('学习科普场馆运营');
  await dialog.getByRole('button', { name: '登记意向' }).click();
  await page.waitForSelector('#wish-panel');
  expect(page.url()).toContain('/exchange-wishes/');
  expect(await fact(page, '期望月数')).toContain('3');
  await page.getByRole('button', { name: '修改意向' }).click();
  await dialog.getByLabel('期望月数').fill('6');
  await dialog.getByRole('button', { name: '保存' }).click();
  await page.waitForFunction(() => /期望月数\s*6/.test(document.querySelector('.fact-list')?.textContent ?? ''));
  await visit(page, `${address}/exchange-wishes`);
  await page.getByRole('button', { name: '登记意向' }).click();
  await dialog.getByLabel('交流目的').fill('再来一次');
  await dialog.getByRole('button', { name: '登记意向' }).click();
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByLabel('交流目的').inputValue()).toBe('再来一次');
  expect(seen.faults).toEqual([]);
  await seen.context.close();
});

test('by keys: registered, found under what is mine, taken back', async () => {
  const seen = await member('chongqing');
  const { page } = seen;
  await visit(page, `${address}/me`);
  await tabTo(page, '交流意向');
  await page.keyboard.press('Enter');
  await page.waitForURL(/exchange-wishes$/);
  await page.waitForSelector('text=登记意向');
  await tabTo(page, '登记意向');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await tabInto(page, '期望月数');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('2');
  await tabInto(page, '交流目的');
  await page.keyboard.type('联络');
  await tabTo(page, '登记意向');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#wish-panel');
  await page.locator('main').focus();
  await tabTo(page, '撤回意向');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await tabTo(page, '撤回意向');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('#wish-panel'));
  await page.locator('.state', { hasText: '已撤回' }).first().waitFor();
  expect(seen.faults).toEqual([]);
  await seen.context.close();
});
