// What administrators come for: decisions approved in bulk, an exchange from its draft to both approvals; by mouse, and by keys alone.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, settled, visit, type Watched } from './browser';
import { tabTo } from './keys';
import { askAs, type Seat, type Side, signedOn } from './sign-on';

const address = inject('address');
const LOOK = { language: 'zh-CN', appearance: 'light', width: 1280 } as const;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function as(side: Side, seat: Seat): Promise<Watched> {
  return signedOn(browser, address, LOOK, { side, seat });
}

async function open(page: Page, path: string): Promise<void> {
  await visit(page, address + path);
}

interface Owed {
  task: { id: string };
  record: { id: string; post?: { id: string; institution: { id: string } } };
}

/** The exchanges that wait for this person. */
async function owedTo(seen: Watched): Promise<Owed[]> {
  const { inbox } = await askAs<{ inbox: { nodes: Owed[] } }>(
    seen,
    '{ inbox(first: 50, kind: CADRE_EXCHANGE) { nodes { task { id } record { id ... on CadreExchange { post { id institution { id } } } } } } }',
  );
  return inbox.nodes;
}

async function statesOf(seen: Watched, ids: readonly string[]): Promise<string[]> {
  const { cadreExchanges } = await askAs<{ cadreExchanges: { nodes: { id: string; state: string }[] } }>(
    seen,
    `{ cadreExchanges(first: 50, where: { id: { in: ${JSON.stringify(ids)} } }) { nodes { id state } } }`,
  );
  return ids.map((id) => cadreExchanges.nodes.find((each) => each.id === id)?.state ?? '');
}

/** The administrator closes a post of their own, so that who is put forward for it cannot be approved. */
async function closePost(side: Side, post: string): Promise<void> {
  const admin = await as(side, 'institution-admin');
  await open(admin.page, `/posts/${post}`);
  await admin.page.getByRole('button', { name: '关闭岗位' }).click();
  await admin.page.getByRole('dialog').getByRole('button', { name: '关闭岗位' }).click();
  await admin.page.waitForSelector('text=已关闭。');
  expect(admin.faults).toEqual([]);
  await admin.context.close();
}

/** Two of one kind: one that passes, and one whose post has just been closed. */
async function pair(side: Side, seen: Watched): Promise<[Owed, Owed]> {
  const owed = await owedTo(seen);
  const { viewer } = await askAs<{ viewer: { roles: { institution: { id: string } }[] } }>(
    seen,
    '{ viewer { roles { institution { id } } } }',
  );
  const own = viewer.roles.map((each) => each.institution.id);
  const refused = owed.find((each) => own.includes(each.record.post?.institution.id ?? ''));
  const passing = owed.find((each) => each.record.post?.id !== refused?.record.post?.id);
  if (!refused?.record.post || !passing) throw new Error('The demonstration owes this approver too little.');
  await closePost(side, refused.record.post.id);
  return [passing, refused];
}

async function results(page: Page): Promise<(string | null)[]> {
  await page.waitForSelector('dialog [role="status"]');
  return page.locator('dialog .bulk > li').evaluateAll((rows) => rows.map((each) => each.getAttribute('data-result')));
}

interface Sent {
  person: { id: string; name: string };
  post: { id: string; name: string };
}

const HOMES = { sichuan: 'cd-institution-scast', chongqing: 'cq-institution-cqast' };

/** Somebody at home who has an exchange that ends next year at the latest, and the open post without conditions on the other side. */
async function chosen(seen: Watched, side: Side): Promise<Sent> {
  const other = side === 'sichuan' ? 'chongqing' : 'sichuan';
  const { people, posts } = await askAs<{ people: { nodes: Sent['person'][] }; posts: { nodes: Sent['post'][] } }>(
    seen,
    `{ people(first: 1, where: { exchanges: { some: { home: { id: { eq: "${HOMES[side]}" } }, state: { eq: COMPLETED } } } }) { nodes { id name } }
       posts(first: 1, orderBy: [{ since: ASC }], where: { status: { eq: OPEN }, institution: { id: { eq: "${HOMES[other]}" } } }) { nodes { id name } } }`,
  );
  const [person, post] = [people.nodes[0], posts.nodes[0]];
  if (!person || !post) throw new Error('The demonstration lacks somebody to send, or a post to send them to.');
  return { person, post };
}

const FIRST_DAY = '2028-03-01';
const LAST_DAY = '2028-08-31';

async function approvedBy(side: Side, exchange: string): Promise<void> {
  const seen = await as(side, 'approver');
  const owed = (await owedTo(seen)).find((each) => each.record.id === exchange);
  await open(seen.page, `/inbox/${owed?.task.id}`);
  await seen.page.getByRole('button', { name: '批准', exact: true }).click();
  await seen.page.waitForSelector('text=已办理：批准');
  expect(seen.faults).toEqual([]);
  await seen.context.close();
}

test('by mouse: an exchange goes from the wizard to both approvals, and its page follows by itself', async () => {
  const seen = await as('sichuan', 'institution-admin');
  const { page } = seen;
  const { person, post } = await chosen(seen, 'sichuan');
  await open(page, '/exchanges');
  await page.getByRole('link', { name: '发起交流' }).click();
  await settled(page);
  await page.getByRole('combobox', { name: /派谁去/ }).fill(person.name);
  await page
    .getByRole('option', { name: new RegExp(person.name) })
    .first()
    .click();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.waitForSelector('.posts');
  await page.waitForSelector('.posts .yes, .posts .no');
  while ((await page.locator(`[data-post="${post.id}"]`).count()) === 0) {
    // the list may be drawn anew meanwhile, with the post in it and no more to come
    await page
      .getByRole('button', { name: '更多岗位' })
      .click({ timeout: 5000 })
      .catch(() => undefined);
    await settled(page);
  }
  await page.locator(`[data-post="${post.id}"] button`).click();
  await page.getByLabel('起始日').fill(FIRST_DAY);
  await page.getByLabel('截止日（含）').fill(LAST_DAY);
  await page.getByLabel('交流目的').fill('两地协会互派');
  await page.getByRole('button', { name: '保存草稿并核对' }).click();
  await page.waitForSelector('text=全部规则通过，可以提交。');
  expect(await page.locator('.rules .yes').count()).toBe(7);
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.waitForURL(/\/exchanges\/c[dq]-cadre_exchange-/);
  await settled(page);
  const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
  await now(page, '已提交');
  await approvedBy('sichuan', id);
  await now(page, '派出方已批准');
  await approvedBy('chongqing', id);
  await now(page, '已接收');
  expect(await page.textContent('.panel')).toContain(`枢纽在 ${FIRST_DAY} 自动启动`);
  expect(seen.faults).toEqual([]);
  await seen.context.close();
});

/** The state that is marked as the present one, once it is this. */
async function now(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    (word) => document.querySelector('.course [aria-current="step"]')?.textContent?.startsWith(word),
    state,
  );
}

test('by keys: an exchange is drafted, left, taken up again and sent', async () => {
  const seen = await as('chongqing', 'institution-admin');
  const { page } = seen;
  const { person, post } = await chosen(seen, 'chongqing');
  await open(page, `/exchanges/new?post=${post.id}`);
  await page.getByRole('combobox', { name: /派谁去/ }).focus();
  await page.keyboard.type(person.name);
  await page.waitForSelector(`[role="option"]:has-text("${person.name}")`);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#step-home');
  await tabTo(page, '下一步');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#step-period');
  for (const [label, day] of [
    ['起始日', FIRST_DAY],
    ['截止日（含）', LAST_DAY],
  ] as const) {
    await page.getByLabel(label).focus();
    const [year, month, date] = day.split('-');
    await page.keyboard.type(`${month}${date}${year}`); // the browser's own field of a day, in its own order
  }
  await tabTo(page, '保存草稿并核对');
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=全部规则通过，可以提交。');
  const draft = new URL(page.url()).searchParams.get('draft');
  await open(page, `/exchanges/${draft}`);
  await now(page, '草拟');
  await page.locator('main').focus();
  await tabTo(page, '继续填写');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#step-period');
  await tabTo(page, '保存草稿并核对');
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=全部规则通过，可以提交。');
  await tabTo(page, '提交');
  await page.keyboard.press('Enter');
  await now(page, '已提交');
  expect(await statesOf(seen, [draft ?? ''])).toEqual(['SUBMITTED']);
  expect(seen.faults).toEqual([]);
  await seen.context.close();
});

// These close posts, so they come last.

test('by mouse: two are approved at once, one of them is refused and says why; the other is done', async () => {
  const seen = await as('sichuan', 'approver');
  const { page } = seen;
  const [passing, refused] = await pair('sichuan', seen);
  const before = await statesOf(seen, [passing.record.id, refused.record.id]);
  await open(page, '/inbox');
  for (const each of [passing, refused]) {
    await page
      .locator('.task-row', { has: page.locator(`a[href="/inbox/${each.task.id}"]`) })
      .locator('input')
      .check();
  }
  await page.waitForSelector('.task-marks .no');
  await page.getByRole('button', { name: '批准所选（2）' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.textContent()).toContain('名额每');
  await dialog.getByRole('button', { name: '确认批准 2 件' }).click();
  expect((await results(page)).sort()).toEqual(['passes', 'refused']);
  const told = (await dialog.textContent()) ?? '';
  expect(told).toContain('1 件已批准，1 件未批准');
  expect(told).toContain('已关闭');
  expect(told).toContain('下一步');
  await page.waitForFunction(() => !/c[dq]-post-/.test(document.querySelector('dialog')?.textContent ?? ''));
  await dialog.getByRole('button', { name: '关闭', exact: true }).last().click();
  await page.waitForFunction((href) => !document.querySelector(`a[href="${href}"]`), `/inbox/${passing.task.id}`);
  const after = await statesOf(seen, [passing.record.id, refused.record.id]);
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
  expect(seen.faults).toEqual([]);
  await seen.context.close();
});

test('by keys: j walks, x selects, the dialog approves and refuses, Enter opens what is left', async () => {
  const seen = await as('chongqing', 'approver');
  const { page } = seen;
  const [passing, refused] = await pair('chongqing', seen);
  await open(page, '/inbox?kind=CADRE_EXCHANGE');
  await page.waitForSelector('.task-marks .no');
  await page.locator('main').focus();
  const rows = await page.locator('.task-row').count();
  for (let row = 0; row < rows; row += 1) {
    await page.keyboard.press('j');
    const at = await page.evaluate(() => (document.activeElement as HTMLAnchorElement).pathname);
    if ([passing, refused].some((each) => at === `/inbox/${each.task.id}`)) await page.keyboard.press('x');
  }
  await tabTo(page, '批准所选（2）', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await tabTo(page, '确认批准 2 件');
  await page.keyboard.press('Enter');
  expect((await results(page)).sort()).toEqual(['passes', 'refused']);
  await page.keyboard.press('Escape');
  await page.waitForFunction((href) => !document.querySelector(`a[href^="${href}"]`), `/inbox/${passing.task.id}`);
  await page.locator('main').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.task-detail');
  expect(seen.faults).toEqual([]);
  await seen.context.close();
});
