// Ways by keys alone: from one control to the next until the one that is wanted has the focus.
import type { Page } from 'playwright-core';

const MOST_STEPS = 120;

/** Until the control of that text has the focus, which may be the one that has it already. */
export async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  await until(page, name, key, () => document.activeElement?.textContent?.trim() ?? '');
}

/** Until the field of that label has the focus. */
export async function tabInto(page: Page, label: string, key = 'Tab'): Promise<void> {
  await until(page, label, key, () => {
    const at = document.activeElement;
    const labels = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? at.labels : null;
    return at?.getAttribute('aria-label') ?? labels?.[0]?.textContent?.trim() ?? '';
  });
}

async function until(page: Page, name: string, key: string, read: () => string): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if ((await page.evaluate(read)) === name) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The keys do not lead to ${name}.`);
}
