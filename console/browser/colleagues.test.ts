// What colleagues do with one another's decisions: ask and answer, copy, comment, hand over, decline, stand in, recall, complete.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, settled, visit, type Watched } from './browser';
import { tabInto, tabTo } from './keys';
import { askAs, type Seat, type Side, signedOn } from './sign-on';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;

let browser: Browser;
/** Each signs on once for all journeys. */
const signed = new Map<string, Promise<Watched>>();
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  for (const each of signed.values()) await (await each).context.close();
  await browser?.close();
});

async function as(side: Side, seat: Seat): Promise<Watched> {
  const known = signed.get(`${side} ${seat}`) ?? signedOn(browser, address, LOOK, { side, seat });
  signed.set(`${side} ${seat}`, known);
  return known;
}

async function go(page: Page, path: string): Promise<void> {
  await visit(page, address + path);
}

interface Somebody {
  id: string;
  name: string;
}

async function oneself(seen: Watched): Promise<Somebody> {
  const { viewer } = await askAs<{ viewer: { person: Somebody } }>(seen, '{ viewer { person { id name } } }');
  return viewer.person;
}

/** Mutations and what they answer where they were done. */
const DEEDS = {
  createPost: 'PostCreated',
  draftExchange: 'ExchangeDrafted',
  submitExchange: 'ExchangeSubmitted',
  decideTask: 'TaskDecided',
} as const;

async function done(seen: Watched, name: keyof typeof DEEDS, given: object): Promise<{ id: string }> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const text = `mutation ($key: ID!, $input: ${type}!) { done: ${name}(requestKey: $key, input: $input) {
    ... on ${DEEDS[name]} { id } ... on Fact { messageEn } } }`;
  const { done } = await askAs<{ done: { id?: string; messageEn?: string } }>(seen, text, {
    key: crypto.randomUUID(),
    input: given,
  });
  if (!done.id) throw new Error(`${name}: ${done.messageEn}`);
  return { id: done.id };
}

/** Others each time, so that a hub that runs on can be tested again. */
let months = 24 * Math.floor(Math.random() * 40);

/** An exchange of Sichuan's member with Chongqing's association, sent in; each for two months of its own. */
async function sent(): Promise<string> {
  const [sender, host, member] = [
    await as('sichuan', 'institution-admin'),
    await as('chongqing', 'institution-admin'),
    await as('sichuan', 'member'),
  ];
  const post = await done(host, 'createPost', {
    name: '两地联络岗',
    institution: 'cq-institution-cqast',
    vacancies: 1,
  });
  const since = new Date(Date.UTC(2031, months, 1));
  months += 3;
  const until = new Date(since.getTime() + 50 * 86_400_000);
  const draft = await done(sender, 'draftExchange', {
    person: (await oneself(member)).id,
    home: 'cd-institution-scast',
    post: post.id,
    since: since.toISOString().slice(0, 10),
    until: until.toISOString().slice(0, 10),
  });
  await done(sender, 'submitExchange', { id: draft.id });
  return draft.id;
}

async function taskOf(seen: Watched, record: string): Promise<string> {
  const { tasks } = await askAs<{ tasks: { nodes: Somebody[] } }>(
    seen,
    `{ tasks(first: 1, where: { state: { eq: OPEN }, exchange: { id: { eq: "${record}" } } }) { nodes { id name } } }`,
  );
  if (!tasks.nodes[0]) throw new Error('Nobody owes a decision on the exchange.');
  return tasks.nodes[0].id;
}

async function choose(page: Page, label: string, { name }: Somebody): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(name);
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click();
}

async function chooseByKeys(page: Page, label: string, { name }: Somebody): Promise<void> {
  await tabInto(page, label);
  await page.keyboard.type(name);
  await page.waitForSelector(`[role="option"]:has-text("${name}")`);
  await page.keyboard.press('Enter');
}

test('by mouse: an approver asks, whom it is about answers the notice, and the answer stands with the decision', async () => {
  const approver = await as('sichuan', 'approver');
  const member = await as('sichuan', 'member');
  const exchange = await sent();
  const task = await taskOf(approver, exchange);
  const { page } = approver;
  await go(page, `/inbox/${task}`);
  await page.getByRole('button', { name: '向提交人提问' }).click();
  await page.getByLabel('问题', { exact: true }).fill('原单位的工作由谁接替？');
  await page.getByRole('button', { name: '发送' }).click();
  await page.getByText('问题已发出').waitFor();

  await go(member.page, '/');
  await member.page.getByRole('link', { name: /通知，\d+ 条未读/ }).click();
  const asked = member.page.locator('.notices > li', { hasText: '原单位的工作由谁接替？' });
  const notice = asked.first(); // the newest
  await notice.getByRole('button', { name: '答复' }).click();
  await notice.getByLabel('答复').fill('由同处室的同事接替。');
  await notice.getByRole('button', { name: '发送' }).click();
  await member.page.getByText('答复已发出').waitFor();
  await notice.getByText('未读').waitFor({ state: 'detached' });

  await go(page, `/inbox/${task}`);
  await page.locator('.comments', { hasText: '由同处室的同事接替。' }).waitFor();
  expect([...approver.faults, ...member.faults]).toEqual([]);
});

test('by keys: a decision is copied to a colleague and commented, who finds both', async () => {
  const approver = await as('sichuan', 'approver');
  const admin = await as('sichuan', 'institution-admin');
  const task = await taskOf(approver, await sent());
  const { page } = approver;
  await go(page, `/inbox/${task}`);
  await page.locator('main').focus();
  await tabTo(page, '抄送');
  await page.keyboard.press('Enter');
  await chooseByKeys(page, '抄送给本机构成员', await oneself(admin));
  await tabTo(page, '抄送');
  await page.keyboard.press('Enter');
  await page.getByText('已抄送。').waitFor();
  await page.locator('main').focus();
  await tabTo(page, '留言');
  await page.keyboard.press('Enter');
  await tabInto(page, '留言');
  await page.keyboard.type('请留意起始日。');
  await tabTo(page, '发送');
  await page.keyboard.press('Enter');
  await page.getByText('留言已发出').waitFor();

  await go(admin.page, '/inbox?tab=copied');
  await admin.page.locator(`a[href^="/inbox/${task}"]`).focus();
  await admin.page.keyboard.press('Enter');
  await admin.page.locator('.comments', { hasText: '请留意起始日。' }).waitFor();
  expect([...approver.faults, ...admin.faults]).toEqual([]);
});

test('by mouse: a decision is handed over to a colleague, who declines it and says why', async () => {
  const approver = await as('sichuan', 'approver');
  const admin = await as('sichuan', 'institution-admin');
  const exchange = await sent();
  const task = await taskOf(approver, exchange);
  await go(approver.page, `/inbox/${task}`);
  await approver.page.getByRole('button', { name: '移交' }).click();
  await choose(approver.page, '移交给本机构有权审批的同事', await oneself(admin));
  await approver.page.getByLabel('原因').fill('本周出差');
  await approver.page.locator('form').getByRole('button', { name: '移交' }).click();
  await approver.page.getByText('已移交。').waitFor();

  const { page } = admin;
  await go(page, '/inbox');
  await page.getByLabel('只看移交给我的').click();
  await page.waitForURL(/mine=1/);
  await page.locator(`a[href^="/inbox/${task}"]`).click();
  await page.getByRole('button', { name: '驳回' }).click();
  await page.getByLabel('原因').fill('岗位与专长不符');
  await page.locator('form').getByRole('button', { name: '驳回' }).click();
  await page.getByText('已办理：驳回').waitFor();
  await go(page, `/exchanges/${exchange}`);
  await page.locator('.course [aria-current="step"]', { hasText: '已驳回' }).waitFor();
  await page.getByText('原因：岗位与专长不符').waitFor();
  await page.getByRole('link', { name: '以此为底稿重新发起' }).click();
  await page.waitForURL(/\/exchanges\/new\?/);
  await settled(page);
  expect([...approver.faults, ...admin.faults]).toEqual([]);
});

/** The days of an exchange that goes on, with somebody on Sichuan's side who may end it. */
async function active(seen: Watched, ends: 'today' | 'later'): Promise<string> {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const { cadreExchanges } = await askAs<{ cadreExchanges: { nodes: { id: string }[] } }>(
    seen,
    `{ cadreExchanges(first: 1, where: { state: { eq: ACTIVE }, until: { ${ends === 'today' ? 'eq' : 'gt'}: "${today}" },
       home: { id: { in: ["cd-institution-scast", "cd-institution-scstm"] } } }) { nodes { id } } }`,
  );
  if (!cadreExchanges.nodes[0]) throw new Error(`No exchange is active that ends ${ends}.`);
  return cadreExchanges.nodes[0].id;
}

test('by mouse: an exchange is recalled before its time, which needs a reason', async () => {
  const { page, ...seen } = await as('sichuan', 'approver');
  const exchange = await active({ page, ...seen }, 'later');
  await go(page, `/exchanges/${exchange}`);
  expect(await page.getByRole('button', { name: '完成' }).count()).toBe(0);
  await page.getByRole('button', { name: '召回' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('button', { name: '召回' }).isDisabled()).toBe(true);
  await dialog.getByLabel('原因').fill('派出单位工作需要');
  await dialog.getByRole('button', { name: '召回' }).click();
  await page.locator('.course [aria-current="step"]', { hasText: '已召回' }).waitFor();
  await page.getByText('原因：派出单位工作需要').waitFor();
  expect(seen.faults).toEqual([]);
});

test('by keys: an exchange is completed on its last day', async () => {
  const { page, ...seen } = await as('sichuan', 'approver');
  const exchange = await active({ page, ...seen }, 'today');
  await go(page, `/exchanges/${exchange}`);
  await page.locator('main').focus();
  await tabTo(page, '完成');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await tabTo(page, '完成');
  await page.keyboard.press('Enter');
  await page.locator('.course [aria-current="step"]', { hasText: '已完成' }).waitFor();
  expect(seen.faults).toEqual([]);
});

test('by keys: a colleague stands in for a time, decides in the other’s place, and no more once that is taken back', async () => {
  const approver = await as('chongqing', 'approver');
  const deputy = await as('chongqing', 'member');
  const [first, second] = [await sent(), await sent()];
  const sichuan = await as('sichuan', 'approver');
  for (const each of [first, second])
    await done(sichuan, 'decideTask', { task: await taskOf(sichuan, each), decision: 'approve' });
  const { page } = approver;
  await go(page, '/me/delegations');
  await chooseByKeys(page, '代理人（本机构的同事）', await oneself(deputy));
  await tabInto(page, '干部交流');
  await page.keyboard.press('Space');
  await tabInto(page, '至（含）');
  const until = new Date(Date.now() + 7 * 86_400_000);
  const [year, month, day] = until.toISOString().slice(0, 10).split('-');
  await page.keyboard.type(`${month}${day}${year}`); // the browser's own field of a day, in its own order
  await tabTo(page, '委托');
  await page.keyboard.press('Enter');
  await page.getByText('已委托。').waitFor();
  await page.locator('tbody tr', { hasText: '干部交流' }).first().waitFor();

  const task = await taskOf(deputy, first);
  await go(deputy.page, `/inbox/${task}`);
  await deputy.page.locator('main').focus();
  await tabTo(deputy.page, '批准');
  await deputy.page.keyboard.press('Enter');
  await deputy.page.getByText('已办理：批准').waitFor();
  await go(deputy.page, `/exchanges/${first}`);
  await deputy.page.getByText(`代 ${(await oneself(approver)).name}`).waitFor();

  await page.locator('main').focus();
  await tabTo(page, '收回');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await tabTo(page, '收回');
  await page.keyboard.press('Enter');
  await page.getByText('已结束').first().waitFor();
  const other = await taskOf(approver, second);
  const offered = async () => {
    await go(deputy.page, `/inbox/${other}`);
    return deputy.page.getByRole('button', { name: '批准' }).count();
  };
  // a worker hears within a second that rights have changed
  await expect.poll(offered, { timeout: 10_000 }).toBe(0);
  expect([...approver.faults, ...deputy.faults]).toEqual([]);
});
