// usage: node zz-look.mjs seat outdir lang appearance width path...
import { chromium } from 'playwright-core';
const [seat, out, lang, appearance, width, ...paths] = process.argv.slice(2);
const address = 'http://127.0.0.1:8123';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const c = await b.newContext({ viewport: { width: +width, height: 800 }, locale: lang, colorScheme: appearance, reducedMotion: 'reduce' });
const p = await c.newPage();
p.on('console', m => ['error','warning'].includes(m.type()) && console.log(m.text()));
if (seat !== '-') { await p.goto(`${address}/auth/login?agency=sichuan&next=/`); await p.locator(`button[name="person"][value="sichuan-${seat}"]`).click(); await p.waitForURL(address + '/'); }
let n = 0;
for (const path of paths) {
  await p.goto(address + path); await p.waitForSelector('main h1', {timeout: 120000});
  await p.waitForFunction(() => !document.querySelector('[data-pending]'), null, {timeout: 120000}); await p.waitForTimeout(400);
  await p.screenshot({ path: `${out}-${n++}.png`, fullPage: true });
  console.log(path, await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth));
}
await b.close();
