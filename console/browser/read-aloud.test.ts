// What a screen reader is told of the five main pages: Chromium's own accessibility tree, in its order, in both languages.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser, overhang, visit, type Watched } from './browser';
import { type Known, known, type Work, workOf } from './known';
import { askAs, signedOn } from './sign-on';

const address = inject('address');

interface Told {
  role: string;
  name: string;
}

const CONTROLS = new Set(
  'button link checkbox radio textbox searchbox combobox switch tab menuitem DisclosureTriangle application'.split(' '),
);
/** Names that carry the hub's words and never a record's own. */
const WORDED = new Set(['button', 'searchbox', 'DisclosureTriangle', 'application', 'navigation']);
const CHINESE = /[\u4e00-\u9fff]/;

const PLACES: Record<string, { path: (of: Known, work: Work) => string; content: string }> = {
  search: { path: () => '/search?q=X', content: '.hits li' },
  entity: { path: ({ instrument }) => `/instruments/${instrument}`, content: '.verdict' },
  graph: { path: ({ institution }) => `/graph?seed=${institution}`, content: '.react-flow__node' },
  inbox: { path: (_, { task }) => `/inbox/${task}`, content: '.inbox-detail h2' },
  exchange: { path: (_, { exchange }) => `/exchanges/${exchange}`, content: 'main h2' },
};

/** Of who is signed on; the account's button bears it. */
async function nameOf(seen: Watched): Promise<string> {
  const { viewer } = await askAs<{ viewer: { name: string } }>(seen, '{ viewer { name } }');
  return viewer.name;
}

/** Everything that is read, in the order in which it is. */
async function told(page: Page): Promise<Told[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((each) => [each.nodeId, each]));
  const found: Told[] = [];
  const read = (node: (typeof nodes)[number]) => {
    if (!node.ignored) found.push({ role: node.role?.value ?? '', name: (node.name?.value ?? '').trim() });
    for (const id of node.childIds ?? []) {
      const child = byId.get(id);
      if (child) read(child);
    }
  };
  if (nodes[0]) read(nodes[0]);
  return found;
}

describe.each(['zh-CN', 'en'] as const)('read aloud, %s', (language) => {
  let browser: Browser;
  let seen: Watched;
  let records: Known;
  let work: Work;
  beforeAll(async () => {
    browser = await openBrowser();
    records = await known(address);
    const look = { language, appearance: 'light', width: 1280 } as const;
    seen = await signedOn(browser, address, look, { side: 'sichuan', seat: 'institution-admin' });
    work = await workOf(seen);
  });
  afterAll(() => browser?.close());

  async function open(name: string): Promise<void> {
    const place = PLACES[name];
    if (!place) throw new Error(name);
    await visit(seen.page, address + place.path(records, work));
    await seen.page.waitForSelector(place.content);
  }

  test.each(Object.keys(PLACES))('%s: landmarks, then the heading, then controls, each with a name', async (name) => {
    await open(name);
    const all = await told(seen.page);
    const roles = all.map((each) => each.role);
    const landmarks = roles.filter((each) => ['banner', 'navigation', 'main'].includes(each));
    expect(landmarks.slice(0, 3)).toEqual(['banner', 'navigation', 'main']);
    expect(landmarks.filter((each) => each === 'main')).toHaveLength(1);
    const main = all.slice(roles.indexOf('main') + 1);
    const heading = main.findIndex((each) => each.role === 'heading');
    expect(heading).toBeGreaterThanOrEqual(0);
    expect(main[heading]?.name).toBe((await seen.page.textContent('h1'))?.trim());
    expect(main.slice(0, heading).filter((each) => CONTROLS.has(each.role))).toEqual([]);
    expect(main.slice(heading).some((each) => CONTROLS.has(each.role))).toBe(true);
    expect(all.filter((each) => CONTROLS.has(each.role) && !each.name)).toEqual([]);
    const own = await nameOf(seen);
    const worded = all
      .filter((each) => WORDED.has(each.role) && each.name)
      .map(({ role, name: words }) => ({ role, name: words.replace(own, '').trim() }));
    expect(all.filter((each) => each.role === 'image' && /^Edge from/.test(each.name))).toEqual([]);
    const isForeign = ({ name: words }: Told) =>
      language === 'en' ? CHINESE.test(words) && words !== '中文' : !CHINESE.test(words);
    expect(worded.filter(isForeign).filter((each) => !FOREIGN.has(each.name))).toEqual([]);
  });

  test.each(Object.keys(PLACES))(
    '%s: at four times the size nothing scrolls sideways, and nothing moves',
    async (name) => {
      await seen.page.setViewportSize({ width: 320, height: 256 });
      await open(name);
      expect(await overhang(seen.page)).toBe(0);
      expect(await seen.page.evaluate(moving)).toEqual([]);
      await seen.page.setViewportSize({ width: 1280, height: 800 });
    },
  );
});

/** Languages are named in themselves, and a library in its own. */
const FOREIGN = new Set(['English', 'React Flow attribution']);

/** What moves although less motion is asked for. */
function moving(): string[] {
  return document
    .getAnimations()
    .filter((each) => each.playState === 'running' && Number(each.effect?.getComputedTiming().duration) > 200)
    .map((each) => String((each as CSSAnimation).animationName ?? each.id));
}
