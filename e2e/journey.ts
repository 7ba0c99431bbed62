import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import type { Cookie, Locator, Page } from '@playwright/test';
import type { BrowserHost } from './host.ts';
import { root, startDemoHost } from './host.ts';

export { expect };

interface Entered {
  host: BrowserHost;
  cookies: Cookie[];
}

/** How long the demo may take to make itself on a slow machine. */
export const demoMs = 240_000;

/**
 * A journey: `desk` is one running host for all of them, with the demo made; `page` has been let in and stands on the first
 * page. A journey fails on an error of the page and on anything the content policy refused.
 */
export const test = base.extend<{ page: Page }, { entered: Entered }>({
  entered: [
    async ({ browser }, use) => {
      const host = await startDemoHost();
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(host.address);
      await expect(page).toHaveURL(`${host.origin}/`);
      await use({ host, cookies: await context.cookies() });
      await context.close();
      await host.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  page: async ({ page, entered }, use) => {
    await page.context().addCookies(entered.cookies);
    const complaints = complaintsOf(page);
    await page.goto(entered.host.origin);
    await use(page);
    expect(complaints).toEqual([]);
  },
});

/** Errors of the page and what the content policy refused, from now on. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/content.security.policy/i.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

/** Keeps how the page looks, light and dark. */
export async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: base.info().outputPath(`${name}-${colorScheme}.png`), animations: 'disabled' });
  }
}

/** Goes to a place by the rail, as a person does. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
}

/** Whether the set-up has fetched the face models: the pretrained one then takes over the demo, some time after it has made itself. */
export const hasPretrained = existsSync(join(root, '.cache', 'face-models', 'models.json'));

/** Waits until the demo has made itself: faces, gallery, evaluation, threshold; and until no model will be changed under the journey. */
export async function untilDemoIsMade(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Meet Likeness' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Verify a face' })).toBeEnabled({ timeout: demoMs });
  await expect(fact(page, 'Threshold')).toContainText('FMR', { timeout: demoMs });
  if (hasPretrained) await expect(fact(page, 'Model')).toContainText('Pretrained faces', { timeout: demoMs });
}

/** One of the facts in the header: Project, Model, Threshold, Device. */
export function fact(page: Page, name: string): Locator {
  return page.getByRole('banner').getByRole('link', { name: new RegExp(`^${name}`) });
}

/** Starts a training of the first dataset that lasts longer than any test of it, and waits on its page. */
export async function startTraining(page: Page, name: string): Promise<void> {
  await goTo(page, 'Train');
  await page.getByRole('link', { name: 'New training' }).click();
  await page.getByRole('textbox', { name: 'Name of the run' }).fill(name);
  await page.getByRole('textbox', { name: 'Epochs', exact: true }).fill('200');
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible();
}

/** Whole epochs behind the run on this page. */
export async function epochsDone(page: Page): Promise<number> {
  const words = await page.getByRole('definition').filter({ hasText: /^\d+ of 200$/ }).textContent();
  return Number.parseInt(words ?? '', 10);
}
