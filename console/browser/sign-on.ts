// Sample people of the demonstration, signed on by the real sign-on; each in a browser of their own.
import type { Browser } from 'playwright-core';
import { type Look, settled, type Watched, watched } from './browser';

export type Seat = 'institution-admin' | 'approver' | 'member' | 'platform-admin' | 'university-admin';
export type Side = 'sichuan' | 'chongqing';

export async function signedOn(
  browser: Browser,
  address: string,
  look: Look,
  who: { side: Side; seat: Seat },
): Promise<Watched> {
  const seen = await watched(browser, address, look);
  const { page } = seen;
  await page.goto(`${address}/auth/login?agency=${who.side}&next=/`, { waitUntil: 'domcontentloaded' });
  await page.locator(`button[name="person"][value="${who.side}-${who.seat}"]`).click();
  await page.waitForURL(`${address}/`);
  await settled(page);
  seen.faults.length = 0; // the sign-on is another host, and its pages are not the console's
  return seen;
}

/** A question of the one who is signed on. */
export async function askAs<Data>({ page }: Watched, query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await page.evaluate(
    async (body) =>
      (
        await fetch('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
      ).json(),
    JSON.stringify({ query, variables }),
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data as Data;
}
