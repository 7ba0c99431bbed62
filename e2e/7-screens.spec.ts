import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { epochsDone, expect, goTo, startTraining, test, untilDemoIsMade } from './journey.ts';

/** Every place, with the heading that says it is there. */
const places = [
  { name: 'welcome', place: '/', heading: 'Meet Likeness' },
  { name: 'enrol', place: '/enrol', heading: 'Enrol' },
  { name: 'verify', place: '/verify', heading: 'Verify' },
  { name: 'identify', place: '/identify', heading: 'Identify' },
  { name: 'gallery', place: '/gallery', heading: 'Gallery' },
  { name: 'datasets', place: '/datasets', heading: 'Datasets' },
  { name: 'dataset-new', place: '/datasets/new', heading: 'Add a dataset' },
  { name: 'train', place: '/train', heading: 'Train' },
  { name: 'train-new', place: '/train/new', heading: 'New training' },
  { name: 'models', place: '/models', heading: 'Models' },
  { name: 'evaluate', place: '/evaluate', heading: 'Evaluate' },
  { name: 'compare', place: '/compare', heading: 'Compare' },
  { name: 'explore', place: '/explore', heading: 'Explore' },
  { name: 'reports', place: '/reports', heading: 'Reports' },
  { name: 'settings', place: '/settings', heading: 'Settings' },
  { name: 'device', place: '/device', heading: 'Device' },
] as const;

/** Screens of one thing: the first link of its list leads there. */
const things = [
  { name: 'person', place: '/gallery' },
  { name: 'dataset', place: '/datasets' },
  { name: 'run', place: '/train' },
  { name: 'report', place: '/evaluate' },
  { name: 'explored', place: '/explore' },
] as const;

/** Whether fonts and visible pictures are there and nothing has changed since this was last asked: what a person sees after a moment. */
const settled = `document.fonts.ready.then(() => {
  const isSeen = ({ top, bottom, width }) => width > 0 && bottom > 0 && top < innerHeight;
  const pictures = [...document.images].filter((image) => isSeen(image.getBoundingClientRect()));
  const moving = document.getAnimations().some((animation) => animation.playState === 'running' && animation.effect.getComputedTiming().endTime !== Infinity);
  const before = window.lastSeen;
  window.lastSeen = document.body.innerHTML;
  return !moving && before === window.lastSeen && pictures.every((image) => image.complete && image.naturalWidth > 0) && document.querySelector('.mantine-Skeleton-root') === null;
})`;

async function examine(page: Page, name: string): Promise<void> {
  // Where nothing answers to the pointer.
  await page.mouse.move(1438, 898);
  await expect.poll(() => page.evaluate(settled), { intervals: [300] }).toBe(true);
  await page.screenshot({ path: `test-results/screens/${name}.png` });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect.soft(serious.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`)).toEqual([]);
}

/** The pictures of runs want two of them: of two epochs each, unless other journeys have left some. */
async function haveRuns(page: Page): Promise<void> {
  await goTo(page, 'Train');
  const runs = page.getByRole('main').locator('a[href^="#/train/run/"]');
  const none = page.getByRole('main').getByRole('heading', { name: 'Nothing has been trained yet' });
  await expect(runs.first().or(none)).toBeVisible();
  if (await runs.count() > 1) return;
  await startTraining(page, 'Pictured');
  await expect.poll(() => epochsDone(page), { timeout: 150_000 }).toBeGreaterThanOrEqual(2);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('cancelled');
  await haveRuns(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    test('every screen can be used by everyone, and is pictured', async ({ page, entered }) => {
      test.setTimeout(300_000);
      await untilDemoIsMade(page);
      await haveRuns(page);
      const { origin } = entered.host;
      for (const { name, place, heading } of places) {
        await test.step(name, async () => {
          await page.goto(`${origin}/#${place}`);
          await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
          await examine(page, `${name}-${colorScheme}`);
        });
      }
      for (const { name, place } of things) {
        await test.step(name, async () => {
          await page.goto(`${origin}/#${place}`);
          const first = page.getByRole('main').locator(`a[href^="#${place}/"]:not([href^="#${place}/new"])`).first();
          await expect(first).toBeVisible();
          const address = (await first.getAttribute('href')) ?? '';
          await first.click();
          await expect(page).toHaveURL(`${origin}/${address}`);
          await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('…');
          await examine(page, `${name}-${colorScheme}`);
        });
      }
      await test.step('compared runs', async () => {
        await page.goto(`${origin}/#/train`);
        const runs = page.getByRole('main').locator('a[href^="#/train/run/"]');
        await expect(runs.nth(1)).toBeVisible();
        const ids = await runs.evaluateAll((links) => links.slice(0, 4).map((link) => link.getAttribute('href')?.split('/').at(-1) ?? ''));
        await page.goto(`${origin}/#/train/compare/${ids.join(',')}`);
        await expect(page.getByRole('heading', { level: 1, name: 'Runs side by side' })).toBeVisible();
        await examine(page, `compared-runs-${colorScheme}`);
        await page.goto(`${origin}/#/train/run/${ids[0]}`);
        const dear = page.getByRole('heading', { name: 'What costs most' });
        await dear.scrollIntoViewIfNeeded();
        await dear.evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
        await examine(page, `costliest-${colorScheme}`);
      });
      await test.step('decision', async () => {
        await page.goto(`${origin}/#/`);
        await page.getByRole('listitem').filter({ hasText: 'Verify by a sample' }).getByRole('link', { name: 'Verify' }).click();
        await expect(page.getByText(/^(Match|Non-match)\. Score/)).toBeVisible();
        await examine(page, `decision-${colorScheme}`);
      });
    });
  });
}
