// What is measured within a page, in milliseconds of its own clock.
import type { Page } from 'playwright-core';
import { PATIENCE_MS } from '../browser/browser';

export function medianOf(taken: readonly number[]): number {
  const sorted = [...taken].sort((one, other) => one - other);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 10) / 10;
}

/** When the largest thing in sight was painted. */
export function largestPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        new PerformanceObserver((list) => done(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
}

/** From the click on a link until the place it leads to has its data. */
export async function routed(page: Page, link: string, path: string): Promise<number> {
  await page.locator(link).first().waitFor();
  return page.evaluate(
    async ([selector, place, patience]) => {
      const pause = () => new Promise((done) => requestAnimationFrame(done));
      const heading = () => document.querySelector('main h1')?.textContent;
      const before = heading();
      const isThere = () =>
        heading() !== before &&
        (place.endsWith('/') && place !== '/' ? location.pathname.startsWith(place) : location.pathname === place) &&
        document.querySelector('main tbody tr, main .figures li, main .fact-list') &&
        !document.querySelector('[data-pending]');
      const began = performance.now();
      document.querySelector<HTMLElement>(selector)?.click();
      while (!isThere() && performance.now() - began < patience) await pause();
      return performance.now() - began;
    },
    [link, path, PATIENCE_MS] as const,
  );
}

/** From the Enter in a search field until its hits stand, without the time for which the hub was asked. */
export async function searched(page: Page, field: string, text: string): Promise<number> {
  await page.locator(field).first().fill(text);
  await page.evaluate(() => {
    performance.clearResourceTimings();
    const began = { at: 0 };
    Object.assign(window, { began });
    addEventListener('keydown', () => (began.at = performance.now()), { capture: true, once: true });
  });
  await page.keyboard.press('Enter');
  return page.evaluate(async () => {
    while (!document.querySelector('.hits li') || document.querySelector('[data-pending]'))
      await new Promise((done) => requestAnimationFrame(done));
    const shown = performance.now() - (window as unknown as { began: { at: number } }).began.at;
    const asked = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name }) =>
      name.includes('/graphql'),
    );
    return shown - Math.max(0, ...asked.map((each) => each.responseEnd - each.requestStart));
  });
}

/** How long each key and click took until the next paint; what is shorter than a frame is told as one. */
export async function responses(page: Page, deeds: (page: Page) => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const taken = new Map<number, number>();
    Object.assign(window, { taken });
    new PerformanceObserver((list) => {
      for (const each of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[])
        if (each.interactionId)
          taken.set(each.interactionId, Math.max(taken.get(each.interactionId) ?? 0, each.duration));
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
  await deeds(page);
  await page.waitForTimeout(500); // entries come a while after the paint
  return page.evaluate(() => [...(window as unknown as { taken: Map<number, number> }).taken.values()]);
}

/** Note how long tasks are that block the page, from its very beginning. */
export async function watchTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, { longest: 0 });
    new PerformanceObserver((list) => {
      const told = window as unknown as { longest: number };
      for (const each of list.getEntries()) told.longest = Math.max(told.longest, each.duration);
    }).observe({ type: 'longtask', buffered: true });
  });
}

export function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { longest: number }).longest);
}

/** Where each node of the picture stands, by id; moving the view changes nothing of it. */
export function standing(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('.react-flow__node')].map((each) => [
        each.dataset.id ?? '',
        each.style.transform,
      ]),
    ),
  );
}

/** From a press of the button of that name until what it leads to stands. */
export function turned(page: Page, name: string, selector: string): Promise<number> {
  return page.evaluate(
    async ([text, wanted]) => {
      const button = [...document.querySelectorAll('button')].find(
        (each) => each.textContent?.replaceAll(' ', '') === text,
      );
      const began = performance.now();
      button?.click();
      while (!document.querySelector(wanted)) await new Promise((done) => requestAnimationFrame(done));
      return performance.now() - began;
    },
    [name, selector] as const,
  );
}

/** From a click until so many nodes are drawn. */
export async function drawnAfter(page: Page, button: string, wanted: number): Promise<number> {
  await page.locator(button).first().waitFor();
  return page.evaluate(
    async ([selector, many]) => {
      const count = () => Number(document.querySelector('[data-drawn]')?.getAttribute('data-drawn'));
      const began = performance.now();
      document.querySelector<HTMLElement>(selector)?.click();
      while (count() < many) await new Promise((done) => requestAnimationFrame(done));
      return performance.now() - began;
    },
    [button, wanted] as const,
  );
}

/** The milliseconds between frames while the picture is dragged to and fro. */
export async function panned(page: Page, selector: string): Promise<number[]> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error('There is no picture to move.');
  const [x, y] = [box.x + 20, box.y + 20];
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    let last = performance.now();
    const next = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 40; step++) await page.mouse.move(x + 4 * step, y + 2 * step);
  await page.mouse.up();
  return page.evaluate(() => (window as unknown as { frames: number[] }).frames);
}
