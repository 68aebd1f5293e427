// A page that is watched: what its console says, whom it asks, what comes back.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const PATIENCE_MS = 150_000;

export interface Look {
  language: 'zh-CN' | 'en';
  appearance: 'light' | 'dark';
  width: 1280 | 360;
}

const ALL: Look[] = (['zh-CN', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((appearance) =>
    ([1280, 360] as const).map((width) => ({ language, appearance, width })),
  ),
);

/** Two that differ in everything, unless all eight are asked for. */
export const LOOKS = process.env.BASHU_ALL_LOOKS
  ? ALL
  : ALL.filter(
      ({ language, appearance, width }) =>
        (language === 'en') === (appearance === 'dark') && (width === 360) === (language === 'en'),
    );

export function nameOf({ language, appearance, width }: Look): string {
  return `${language} ${appearance} ${width}`;
}

export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.BASHU_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no browser at ${executablePath}. Install one: apt-get install -y chromium fonts-noto-cjk; or name it in BASHU_CHROMIUM.`,
    );
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export interface Watched {
  page: Page;
  context: BrowserContext;
  /** Errors and warnings of the page, answers of 4xx and 5xx, requests to other hosts; emptied by who looks. */
  faults: string[];
}

export async function watched(
  browser: Browser,
  address: string,
  look: Look,
  others: readonly string[] = [],
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 800 },
    locale: look.language,
    colorScheme: look.appearance,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  const known = [new URL(address).host, ...others];
  page.on('console', (each) => {
    if (each.type() === 'error' || each.type() === 'warning') faults.push(`console ${each.type()}: ${each.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && !known.includes(url.host)) faults.push(`another host: ${request.url()}`);
  });
  return { page, context, faults };
}

/** The page has its heading and waits for nothing any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('[data-pending]'));
  await page.evaluate(() => document.fonts.ready);
}

/** Goes to a page by its address and waits until it is settled. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  await settled(page);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Found = { violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] };
    type Axe = { run: (where: Document, how: object) => Promise<Found> };
    // what passes need not be told of
    const found = await (window as unknown as { axe: Axe }).axe.run(document, { resultTypes: ['violations'] });
    return found.violations
      .filter((each) => ['serious', 'critical'].includes(each.impact))
      .flatMap((each) =>
        each.nodes
          .slice(0, 3)
          .map((node) => `${each.id}: ${node.html.slice(0, 200)} ${node.failureSummary.slice(0, 300)}`),
      );
  });
}

export async function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** A question to the hub from the test itself. */
export async function ask<Data>(address: string, query: string): Promise<Data> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
