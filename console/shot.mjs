import { chromium } from 'playwright-core';

const base = 'http://127.0.0.1:8471';
const [, , width = '1280', lang = 'zh-CN', scheme = 'light', ...paths] = process.argv;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const context = await browser.newContext({
  viewport: { width: Number(width), height: 900 },
  locale: lang,
  colorScheme: scheme,
});
const page = await context.newPage();
page.on('console', (m) => {
  if (['error', 'warning'].includes(m.type())) console.log('CONSOLE', m.type(), m.text().slice(0, 400));
});
page.on('pageerror', (e) => console.log('PAGEERROR', e.message.slice(0, 600)));
page.on('response', (r) => {
  if (r.status() >= 400) console.log('HTTP', r.status(), r.url());
});
for (const path of paths) {
  await page.goto(base + path, { waitUntil: 'domcontentloaded', timeout: 90000 });
  await page.waitForSelector('main h1', { timeout: 90000 });
  await page.waitForFunction(() => !document.querySelector('[data-pending]'), null, { timeout: 90000 });
  await page.waitForTimeout(600);
  const name = path.replaceAll(/[^a-zA-Z0-9]+/g, '_').slice(0, 60) + `-${width}-${lang}-${scheme}`;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true });
  console.log(path, 'overflow', wide, await page.title());
}
await browser.close();
