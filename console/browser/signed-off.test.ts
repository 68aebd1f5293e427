// The agency signs somebody off while they are typing: a dialog says so, nothing typed is lost, and they go on after signing on again.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, visit } from './browser';
import { signedOn } from './sign-on';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test('signed off by the agency: what was typed stays, and is sent after signing on beside it', async () => {
  const seen = await signedOn(browser, address, LOOK, { side: 'chongqing', seat: 'member' });
  const { page, context } = seen;
  await visit(page, `${address}/exchange-wishes`);
  await page.getByRole('button', { name: '登记意向' }).click();
  const form = page.getByRole('dialog', { name: '登记意向' });
  await form.getByLabel('交流目的').fill('写到一半');

  const agency = await context.newPage();
  const answer = await context.request.get(`${address}/auth/login?agency=chongqing&next=/`, { maxRedirects: 0 });
  await agency.goto((answer.headers().location ?? '').replace(/\/auth\?.*/, '/session/end'));
  await agency.locator('button[name="logout"]').click();
  await agency.waitForLoadState();
  await agency.close();

  await form.getByRole('button', { name: '登记意向' }).click();
  const over = page.getByRole('dialog', { name: '登录已结束' });
  await over.waitFor();
  expect(await form.getByLabel('交流目的').inputValue()).toBe('写到一半');

  const opened = context.waitForEvent('page');
  await over.getByRole('link', { name: '在新标签页登录' }).click();
  const tab = await opened;
  await tab.waitForLoadState();
  await tab.goto(`${address}/auth/login?agency=chongqing&next=/me`); // the page that opened may ask which agency
  await tab.locator('button[name="person"][value="chongqing-member"]').click();
  await tab.waitForURL(`${address}/me`);
  await tab.close();
  await page.evaluate(() => window.dispatchEvent(new Event('focus'))); // without a screen nothing has the focus
  await over.waitFor({ state: 'detached' });
  expect(await form.getByLabel('交流目的').inputValue()).toBe('写到一半');
  await form.getByRole('button', { name: '登记意向' }).click();
  await page.waitForSelector('#wish-panel, dialog [role="alert"]:has-text("已有有效")');
  await seen.context.close();
});
