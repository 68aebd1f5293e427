// Training and flows as people do them, each in a browser of their own: the last seat, a list with refusals, the roll, a retry.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, settled, visit, type Watched } from './browser';
import { CHECKOUT } from './hub';
import { tabInto, tabTo } from './keys';
import { type Known, known } from './known';
import { askAs, type Seat, type Side, signedOn } from './sign-on';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;
const SCAST = 'cd-institution-scast';

let browser: Browser;
let records: Known;
const open: Watched[] = [];
beforeAll(async () => {
  browser = await openBrowser();
  records = await known(address);
});
afterAll(async () => {
  await Promise.all(open.map((each) => each.context.close()));
  await browser?.close();
});

async function as(side: Side, seat: Seat): Promise<Watched> {
  const seen = await signedOn(browser, address, LOOK, { side, seat });
  open.push(seen);
  return seen;
}

async function go(page: Page, place: string): Promise<void> {
  await visit(page, address + place);
}

/** The button of a deed, and the same in the dialog that asks first. */
async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).first().click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

const CREATE = `mutation ($key: ID!, $input: CreateClassInput!) { createClass(requestKey: $key, input: $input) {
  ... on ClassCreated { id } ... on Fact { messageEn } } }`;

async function newClass(organiser: Watched, name: string, seats: number, day: string): Promise<string> {
  const input = { name, seats, organiser: SCAST, startsOn: day, endsOn: day };
  const made = await askAs<{ createClass: { id: string } }>(organiser, CREATE, { key: crypto.randomUUID(), input });
  await go(organiser.page, `/training/${made.createClass.id}`);
  await act(organiser.page, '发布并开始报名');
  await organiser.page.getByRole('button', { name: '截止报名' }).waitFor();
  return made.createClass.id;
}

/** A day on which nobody has anything to do yet, another each time. */
function someDay(): string {
  return new Date(Date.now() + (2000 + Math.floor(Math.random() * 20_000)) * 86_400_000).toISOString().slice(0, 10);
}

test('two browsers want the last seat: one gets it, the other the first place on the waiting list, and why', async () => {
  const id = await newClass(await as('sichuan', 'institution-admin'), '末位名额班', 1, someDay());
  const sides = ['sichuan', 'chongqing'] as const;
  const members = [(await as('sichuan', 'member')).page, (await as('chongqing', 'member')).page];
  for (const member of members) {
    await go(member, `/training/${id}`);
    await member.getByRole('button', { name: '报名', exact: true }).dblclick();
    await member.getByText('已提交', { exact: true }).waitFor();
  }
  const approvers: Page[] = [];
  for (const side of sides) {
    const { page: approver } = await as(side, 'approver');
    await go(approver, `/training/${id}/registrations`);
    await approver.getByRole('button', { name: '批准', exact: true }).click();
    approvers.push(approver);
  }
  // one by mouse, one by keys
  const decide = (page: Page, index: number) => {
    const button = page.getByRole('dialog').getByRole('button', { name: '批准', exact: true });
    return index === 0 ? button.click() : button.press('Enter');
  };
  await Promise.all(approvers.map(decide));
  await Promise.all(approvers.map((page) => page.waitForSelector('dialog', { state: 'detached' })));
  const states: string[] = [];
  for (const member of members) {
    await go(member, `/training/${id}`);
    await member.waitForSelector('#mine');
    const state = await member
      .locator('section', { has: member.locator('#mine') })
      .locator('strong')
      .first()
      .textContent();
    states.push(state ?? '');
    expect(await member.locator('.equation').first().textContent()).toMatch(/1\s*个名额 =\s*1\s*已占\s*\+ 0\s*空余/);
    await member.getByText(/另有候补 1 人（1 组）/).waitFor();
  }
  expect([...states].sort()).toEqual(['候补', '已确认']);
  const waiting = members[states.indexOf('候补')];
  await waiting?.getByText('候补第 1 位').waitFor();
  await waiting?.getByText('该班名额已满').waitFor();

  // whoever sits gives the seat back, and the other page shows by itself that its owner has it now
  const sitting = members[states.indexOf('已确认')];
  if (sitting) await act(sitting, '取消报名');
  await waiting?.getByText('已确认', { exact: true }).waitFor();
});

const PEOPLE = `query ($home: ID!) { people(where: { affiliations: { some: { id: { eq: $home } } } }, first: 6) { nodes { id name } } }`;

test('a list with refusals is only tried, then mended, then imported whole', async () => {
  const seen = await as('sichuan', 'institution-admin');
  const organiser = seen.page;
  const id = await newClass(seen, '名单导入班', 20, someDay());
  const { people } = await askAs<{ people: { nodes: { id: string; name: string }[] } }>(seen, PEOPLE, {
    home: SCAST,
  });
  const [first, second, third] = people.nodes;
  if (!first || !second || !third) throw new Error('Too few people work at the association.');
  const list = (rows: string[][]) => ({
    name: '名单.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([['姓名', '人员标识', 'ORCID', '部门'], ...rows].map((row) => row.join(',')).join('\r\n')),
  });
  await go(organiser, `/training/${id}/import`);
  const good = [
    [first.name, first.id, '', '一'],
    [second.name, second.id, '', '二'],
  ];
  const file = organiser.locator('input[type="file"]');
  await file.setInputFiles(
    list([...good, [third.name, '', '0000-0002-1825-0098', '三'], ['查无此人', 'cd-person-NOBODY', '', '四']]),
  );
  await organiser.getByText('到目前为止没有写入任何内容').waitFor();
  expect(await organiser.locator('.equation').textContent()).toMatch(/4\s*行 =.*2.*2.*平/);
  const refused = organiser.locator('tbody tr').first();
  expect(await refused.textContent()).toContain('0000-0002-1825-0098');
  expect(await refused.textContent()).toContain('请核对后改正');
  expect(await organiser.locator('.columns-found').textContent()).toContain('部门 未使用');
  expect(await organiser.getByRole('button', { name: /导入 4 人/ }).isDisabled()).toBe(true);
  const [marked] = await Promise.all([
    organiser.waitForEvent('download'),
    organiser.getByRole('button', { name: '下载标注后的名单（XLSX）' }).click(),
  ]);
  expect(marked.suggestedFilename()).toBe('名单-结果.xlsx');
  const registered = async () =>
    (
      await askAs<{ trainingClass: { registrations: { totalCount: number } } }>(
        seen,
        'query ($id: ID!) { trainingClass(id: $id) { registrations { totalCount } } }',
        { id },
      )
    ).trainingClass.registrations.totalCount;
  expect(await registered()).toBe(0);

  // the two that are wrong are left out, tried again, then the mended list is taken after all
  await organiser.getByRole('button', { name: '略去这 2 行' }).click();
  await organiser.getByRole('button', { name: '导入 2 人' }).waitFor();
  await file.setInputFiles(list([...good, [third.name, third.id, '', '三']]));
  const confirm = organiser.getByRole('button', { name: '导入 3 人' });
  await confirm.focus();
  await organiser.keyboard.press('Enter');
  await organiser.keyboard.press('Enter');
  await organiser.getByRole('heading', { name: '导入完成' }).waitFor();
  expect(await registered()).toBe(3);
  await organiser.getByRole('link', { name: '报名名单' }).last().click();
  await organiser.getByText('共 3 条').waitFor();
});

test('by keys: a group is registered whole, approved whole, attends, and its class is certified', async () => {
  const seen = await as('sichuan', 'institution-admin');
  const { page } = seen;
  const id = await newClass(seen, '结业班', 5, someDay());
  const { people } = await askAs<{ people: { nodes: { id: string; name: string }[] } }>(seen, PEOPLE, { home: SCAST });
  const group = people.nodes.slice(0, 2);
  await go(page, `/training/${id}`);
  await page.locator('main').focus();
  await tabTo(page, '为本机构人员报名');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  for (const [index, each] of group.entries()) {
    await tabInto(page, '人员：输入姓名查找，可加多人', index === 0 ? 'Tab' : 'Shift+Tab');
    await page.keyboard.type(each.name);
    await page.waitForSelector(`[role="option"]:has-text("${each.name}")`);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: each.name }).waitFor();
  }
  await tabTo(page, '提交报名（2 人）');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog', { state: 'detached' });

  const { page: approver } = await as('sichuan', 'approver');
  await go(approver, `/training/${id}/registrations`);
  await approver.locator('main').focus();
  await tabTo(approver, '批准');
  await approver.keyboard.press('Enter');
  await approver.waitForSelector('dialog[open]');
  await tabTo(approver, '批准');
  await approver.keyboard.press('Enter');
  await approver.locator('tbody tr', { hasText: '已确认' }).waitFor();

  for (const [path, deed] of [
    ['', '截止报名'],
    ['', '标为已举办'],
    ['/roll', '其余 2 人全部到场'],
    ['/roll', '保存 2 项改动'],
    ['', '结业并颁发证书'],
  ] as const) {
    if (new URL(page.url()).pathname !== `/training/${id}${path}`) await go(page, `/training/${id}${path}`);
    await page.getByRole('button', { name: deed }).waitFor();
    await page.locator('main').focus();
    await tabTo(page, deed);
    await page.keyboard.press('Enter');
    if (path) continue;
    await page.waitForSelector('dialog[open]');
    await tabTo(page, deed);
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog', { state: 'detached' });
  }
  await page.locator('.kicker .state', { hasText: '已发证' }).waitFor();
});

test('by keys alone: the roll is marked row by row, nothing is written before it is saved', async () => {
  const { page: organiser } = await as('sichuan', 'institution-admin');
  await go(organiser, `/training/${records.heldClass}/roll`);
  const row = organiser.locator('tbody tr').first();
  const present = row.getByRole('radio', { name: '到场' });
  const wasPresent = await present.isChecked();
  const sum = async () => (await organiser.locator('.equation').textContent()) ?? '';
  const before = await sum();
  await organiser.locator('main').focus();
  await organiser.keyboard.press('j');
  await organiser.keyboard.press(wasPresent ? 'a' : 'p');
  expect(await present.isChecked()).toBe(!wasPresent);
  expect(await sum()).not.toBe(before);
  expect(await sum()).toContain('平');
  const save = organiser.getByRole('button', { name: '保存 1 项改动' });
  await save.focus();
  await organiser.keyboard.press('Enter');
  await organiser.getByText('已保存').waitFor();
  await go(organiser, `/training/${records.heldClass}/roll`);
  expect(await present.isChecked()).toBe(!wasPresent);
});

test('a run that failed is told in a sentence, tried again, and done', async () => {
  const { stdout } = await promisify(execFile)(
    `${CHECKOUT}/.venv/bin/python`,
    ['-m', 'tests.failed_run', inject('data')],
    { cwd: CHECKOUT },
  );
  const run = stdout.trim().split('\n').at(-1) ?? '';
  const { page: admin } = await as('sichuan', 'platform-admin');
  await go(admin, '/flows?state=FAILED');
  await admin.locator(`a[href="/flows/${run}"]`).click();
  await settled(admin);
  await admin.getByText('StoreIsAway').first().waitFor();
  await act(admin, '重试');
  await admin.getByText('已完成').waitFor();
  expect(await admin.locator('.fact-list').first().textContent()).toContain('第 2 次');
});

test('the number of a certificate leads to the public page that verifies it', async () => {
  const seen = await as('sichuan', 'institution-admin');
  const { certificates } = await askAs<{ certificates: { nodes: { number: string }[] } }>(
    seen,
    '{ certificates(first: 1) { nodes { number } } }',
  );
  const number = certificates.nodes[0]?.number;
  await seen.page.goto(`${address}/certificates/${number}`, { waitUntil: 'domcontentloaded' });
  await seen.page.waitForURL(`${address}/verify/${number}`);
  await seen.page.getByText('证书有效').waitFor();
});
