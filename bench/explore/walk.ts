import type { Locator, Page } from '@playwright/test';
import type { Frames } from './frames.ts';
import { framesWhile } from './frames.ts';

/** What was done in the window, and how: how long until it was there, or the frames meanwhile. */
export type Finding = { what: string } & ({ kind: 'opened'; ms: number } | { kind: 'moved'; frames: Frames });

interface Walk {
  page: Page;
  /** Where Explore lies, with the evaluation. */
  address: string;
  find: (finding: Finding) => void;
}

const MAP_MS = 10 * 60_000; // UMAP of 20,000 samples takes minutes
const SPAN = 250; // pixels, of a movement
const STEPS = 60;

/** Opens every view of Explore and moves what can be moved. */
export async function walkThrough(walk: Walk): Promise<void> {
  const { page, address } = walk;
  await opened(walk, 'Pairs, with the window', async () => {
    await page.goto(`${address}/pairs`);
    await cards(page).nth(23).waitFor({ timeout: 60_000 });
  });
  await threshold(walk);
  await pairLists(walk);
  await people(walk);
  await map(walk);
  await tables(walk);
  await umap(walk);
}

async function opened({ find }: Walk, what: string, act: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await act();
  find({ kind: 'opened', what, ms: performance.now() - begun });
}

async function moved({ page, find }: Walk, what: string, act: () => Promise<void>): Promise<void> {
  find({ kind: 'moved', what, frames: await framesWhile(page, act) });
}

const cards = (page: Page): Locator => page.getByRole('list').getByRole('button', { name: /match/i });
const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();

/** Here and there within a span around a place, a step a frame. */
async function sweep(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  for (let step = 1; step <= STEPS; step++) await page.mouse.move(x + SPAN * Math.sin(step / 8), y + 60 * Math.sin(step / 3));
}

async function middleOf(element: Locator): Promise<{ x: number; y: number }> {
  await element.scrollIntoViewIfNeeded();
  const box = (await element.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function threshold(walk: Walk): Promise<void> {
  const { page } = walk;
  const from = await middleOf(page.getByRole('slider', { name: 'Threshold' }));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await moved(walk, 'Pairs: the threshold is dragged', () => sweep(page, from));
  await page.mouse.up();
}

async function pairLists(walk: Walk): Promise<void> {
  const { page } = walk;
  await opened(walk, 'Pairs: those at the threshold', async () => {
    const answer = page.waitForResponse((response) => response.url().includes('explore.pairs'));
    await page.getByText('At the threshold', { exact: true }).click();
    await answer;
  });
  for (let more = 0; more < 21; more++) {
    const button = page.getByRole('region', { name: 'Non-mated pairs' }).getByRole('button', { name: 'More' });
    if (await button.count() === 0) break;
    await button.click();
    await page.waitForTimeout(80);
  }
  const over = await middleOf(cards(page).first());
  await page.mouse.move(over.x, over.y);
  await moved(walk, 'Pairs: the longest list is scrolled', () => wheel(page, 150));
}

async function wheel(page: Page, delta: number): Promise<void> {
  for (const direction of [1, -1]) for (let step = 0; step < STEPS; step++) await page.mouse.wheel(0, direction * delta);
}

async function people(walk: Walk): Promise<void> {
  const { page } = walk;
  const row = page.getByRole('button', { name: /^Person \d+$/ }).first();
  await opened(walk, 'People', async () => {
    await tab(page, 'People');
    await row.waitFor({ timeout: 60_000 });
  });
  const zoo = await middleOf(page.getByRole('img', { name: /^Zoo plot/ }));
  await moved(walk, 'People: the pointer goes over the zoo', () => sweep(page, zoo));
  const over = await middleOf(row);
  await page.mouse.move(over.x, over.y);
  await moved(walk, 'People: the list is scrolled', () => wheel(page, 400));
}

async function map(walk: Walk): Promise<void> {
  const { page } = walk;
  const canvas = page.getByRole('application');
  await opened(walk, 'Map by PCA, drawn for the first time', async () => {
    await tab(page, 'Map');
    await canvas.waitFor({ timeout: MAP_MS });
  });
  const middle = await middleOf(canvas);
  await moved(walk, 'Map: the pointer goes over it', () => sweep(page, middle));
  await page.mouse.down();
  await moved(walk, 'Map: it is dragged', () => sweep(page, middle));
  await page.mouse.up();
  await moved(walk, 'Map: it is zoomed in and out', () => wheel(page, 60));
  await page.getByRole('switch', { name: 'Pictures' }).click({ force: true });
  await moved(walk, 'Map with pictures: it is zoomed in and out', () => wheel(page, 60));
}

/** Drawn for long, it can be cancelled, and drawn after all. Few samples are laid flat before anybody could cancel that. */
async function umap(walk: Walk): Promise<void> {
  const { page, find } = walk;
  await tab(page, 'Map');
  await page.getByText('UMAP', { exact: true }).click();
  const again = page.getByRole('button', { name: 'Draw it' });
  const begun = performance.now();
  const isCancelled = await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click({ timeout: 5000 })
    .then(() => again.waitFor({ timeout: 20_000 })).then(() => true, () => false);
  if (!isCancelled) return void await page.getByRole('application').waitFor({ timeout: MAP_MS });
  find({ kind: 'opened', what: 'Map by UMAP: cancelled', ms: performance.now() - begun });
  await opened(walk, 'Map by UMAP, drawn for the first time', async () => {
    await again.click();
    await page.getByRole('application').waitFor({ timeout: MAP_MS });
  });
}

async function tables(walk: Walk): Promise<void> {
  const { page } = walk;
  await opened(walk, 'Slices by a column of three values', async () => {
    await tab(page, 'Slices');
    await page.getByText('FMR between groups').waitFor({ timeout: 60_000 });
  });
  await opened(walk, 'Slices by a column of 20,000 values: refused', async () => {
    await page.getByRole('combobox', { name: 'Slice by' }).click();
    await page.getByRole('option', { name: 'sharpness' }).click();
    await page.getByText(/values/).first().waitFor({ timeout: 60_000 });
  });
  await opened(walk, 'Quality', async () => {
    await tab(page, 'Quality');
    await page.getByText('Error versus discard').waitFor({ timeout: 60_000 });
  });
}
