import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { demoPeople } from './faces.ts';
import { expect, goTo, test, untilDemoIsMade } from './journey.ts';

const run = promisify(execFile);

/** The report of the demo's own model: it errs, so that there is something to look at. */
async function openReport(page: Page): Promise<void> {
  await untilDemoIsMade(page);
  await goTo(page, 'Evaluate');
  await page.getByRole('row').filter({ hasText: 'Demo faces' }).filter({ hasText: 'all pairs' }).first().getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'ROC' })).toBeVisible();
}

/** What curve, histogram, counts and header say of the threshold, as one frame shows them. */
const shownThresholds = `({
  line: document.querySelector('[role=slider][aria-label=Threshold] text').textContent,
  counts: [...document.querySelectorAll('[class*=readout] b')].map((one) => one.textContent),
  header: document.querySelector('header a[data-trial] [class*=value]')?.textContent ?? '',
  mark: document.querySelector('circle[class*=trialMark]')?.getAttribute('cx') ?? '',
})`;

/** The first number of a text with a true minus sign. */
const numberOf = (text: string): number => Number.parseFloat(text.replace('−', '-'));

test('a threshold is dragged: line, curve, counts and header follow within a frame', async ({ page }) => {
  await openReport(page);
  const slider = page.getByRole('slider', { name: 'Threshold' });
  await slider.scrollIntoViewIfNeeded();
  const { x, y, height } = (await slider.boundingBox())!;
  await page.mouse.move(x + 9, y + height / 2);
  await page.mouse.down();
  const before = await page.evaluate(shownThresholds);
  // The pointer moves inside the page, so that the frame after it can be looked at from there.
  const frames = await page.evaluate(`(async () => {
    const slider = document.querySelector('[role=slider][aria-label=Threshold]');
    const box = slider.getBoundingClientRect();
    const nextFrame = () => new Promise((seen) => requestAnimationFrame(seen));
    const frames = [];
    for (let step = 1; step <= 20; step++) {
      await nextFrame();
      const started = performance.now();
      slider.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerId: 1, clientX: box.left + 9 - 6 * step, clientY: box.top + 40 }));
      await nextFrame();
      frames.push({ ...${shownThresholds}, tookMs: performance.now() - started });
    }
    return frames;
  })()`) as { line: string; counts: string[]; header: string; mark: string; tookMs: number }[];
  await page.mouse.up();
  expect(frames[0]!.line).not.toBe((before as { line: string }).line);
  for (const { line, counts, header } of frames) {
    expect(counts[0]).toBe(line);
    // Both are rounded, from the same number: to three digits and to two.
    expect(Math.abs(numberOf(header) - numberOf(line))).toBeLessThan(0.006);
  }
  expect(new Set(frames.map(({ mark }) => mark)).size).toBeGreaterThan(10);
  const sorted = frames.map(({ tookMs }) => tookMs).sort((one, other) => one - other);
  console.log(`Dragging: the frame after a move comes after ${sorted[10]!.toFixed(1)} ms (median of 20), ${sorted[19]!.toFixed(1)} ms at most.`);
});

test('the worst pair is opened, its neighbours looked at, the people, the map and the slices', async ({ page }) => {
  await openReport(page);
  await page.getByRole('link', { name: 'Explore', exact: true }).last().click();
  await expect(page).toHaveURL(/#\/explore\/evaluation-/);
  await page.getByRole('region', { name: 'Non-mated pairs' }).getByRole('button').first().click();
  const inspector = page.getByRole('dialog');
  expect((await inspector.boundingBox())!.x, 'the inspector stands on the right, beside the page').toBeGreaterThan(900);
  await expect(inspector).toContainText(/False match: score [\d.]+, threshold [\d.]+\./);
  await inspector.getByRole('button', { name: /^Look at/ }).first().click();
  await expect(inspector.getByRole('heading', { name: 'Neighbours' })).toBeVisible();
  await expect(inspector.getByRole('button', { name: /^Look at/ })).toHaveCount(12);
  await inspector.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('tab', { name: 'People' }).click();
  await page.getByRole('table').getByRole('button').first().click();
  await expect(inspector).toContainText('mean mated score');
  await page.getByRole('tab', { name: 'Map' }).click();
  await page.getByRole('main').locator('label').filter({ hasText: 'Pictures' }).click();
  await expect.poll(() => page.locator('[class*=mapPicture] img').count()).toBeGreaterThan(5);
  await page.getByRole('tab', { name: 'Slices' }).click();
  await expect(page.getByRole('heading', { name: 'FNMR by glasses' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'FMR of each group with its 95 % interval.' })).toBeVisible();
});

test('two systems are compared in words, and an imported file beside them is refused a verdict', async ({ page, entered }) => {
  await untilDemoIsMade(page);
  await goTo(page, 'Compare');
  for (const name of ['Demo faces', 'Raw pixels']) await page.getByRole('checkbox', { name: new RegExp(`^Compare ${name} on`) }).first().check();
  await expect(page).toHaveURL(/#\/compare\/evaluation~.*,evaluation~.*raw-pixels/);
  await expect(page.getByRole('list', { name: 'In words' })).toContainText(/Raw pixels against Demo faces: .*(worse|better|the data cannot tell)/, { timeout: 60_000 });
  const curves = page.getByRole('img', { name: /^ROC curve of Demo faces, Raw pixels/ });
  await expect(curves.locator('[stroke-dasharray="6 3"]').first()).toBeAttached();

  const file = join(entered.host.home, 'others.csv');
  await writeFile(file, ['score,mated,subject_a,subject_b', ...Array.from({ length: 40 }, (_, at) => `${at % 7},${at % 2},s${at % 8},s${at % 2 ? at % 8 : (at + 1) % 8}`)].join('\n'));
  await page.getByRole('button', { name: 'Import scores…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'File' }).fill(file);
  await dialog.getByRole('button', { name: 'Read the file' }).click();
  await dialog.getByRole('button', { name: 'Compare it' }).click();
  await expect(page.getByRole('list', { name: 'In words' })).toContainText(/no verdict.*did not compare the same/, { timeout: 60_000 });
});

test('a protocol is run from the window; its report is downloaded, and the PDF has pages', async ({ page }) => {
  await untilDemoIsMade(page);
  // Seven people to choose thresholds on, seven to judge them on, two more who are not enrolled.
  const people = (await demoPeople()).slice(0, 16);
  const folder = await mkdtemp(join(tmpdir(), 'likeness-protocol-'));
  const [first] = people;
  const rows = people.flatMap(({ pictures }, who) => pictures.slice(0, 4).flatMap((path, which) => (who > 13 && which < 2 ? [] : [[path, `p${who}`, which < 2 ? 'gallery' : 'probe', who < 7 ? 'dev' : 'test'].join(',')])));
  const file = join(folder, 'gallery.csv');
  await writeFile(file, ['path,subject,role,split', ...rows].join('\n'));
  await goTo(page, 'Evaluate');
  await page.getByText('A protocol on a folder').click();
  // All pairs is what the form begins with.
  await expect(page.getByRole('checkbox', { name: 'Identification' })).toBeDisabled();
  await expect(page.getByText('No identification: every pair stands once')).toBeVisible();
  await page.getByRole('combobox', { name: 'Protocol', exact: true }).click();
  await page.getByRole('option', { name: 'Gallery and probes' }).click();
  await page.getByRole('textbox', { name: 'Images' }).fill('/');
  await expect(page.getByText('It needs its file')).toBeVisible();
  await page.getByRole('textbox', { name: /Gallery and probes/ }).fill(file);
  const metadata = join(folder, 'metadata.csv');
  await writeFile(metadata, ['path,half,yaw', ...people.flatMap(({ pictures }, who) => pictures.map((path, which) => `${path},${who % 2 === 0 ? 'even' : 'odd'},${which}`))].join('\n'));
  await page.getByRole('textbox', { name: 'Metadata (CSV), optional' }).fill(metadata);
  for (const study of ['Identification', 'Zoo']) await page.getByRole('checkbox', { name: study }).check();
  await page.getByRole('button', { name: 'Run the protocol' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Gallery and probes' });
  // Other work may stand before it.
  await row.getByRole('link').click({ timeout: 150_000 });
  await expect(page.getByRole('heading', { name: /Gallery and probes/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Figures of the protocol' })).toContainText('EER');
  await expect(page.getByRole('heading', { name: /^Thresholds/ }).locator('..')).toContainText('chosen on the development split (28 mated comparisons');
  await expect(page.getByRole('table', { name: 'Calibration, before and after' })).toContainText('Logistic');
  await expect(page.getByRole('img', { name: /^Cumulative match characteristic/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Open-set figures' })).toContainText('Too few searches of people who are not enrolled');
  await expect(page.getByRole('img', { name: /^Zoo plot/ })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Score normalisation, before and after' })).toContainText('Z-norm');
  await expect(page.getByText('a cohort of 7 people of the development split')).toBeVisible();

  // Groups and qualities follow the threshold that is tried.
  await expect(page.getByRole('heading', { name: 'FNMR by half' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Least comparisons' }).fill('4');
  const rates = page.getByRole('heading', { name: 'Rates by half' }).locator('xpath=ancestor::section').first();
  await expect(rates.getByRole('row', { name: /^odd/ })).toContainText(/to .*of/);
  const before = await rates.textContent();
  await page.getByRole('slider', { name: 'Threshold' }).press('Shift+ArrowRight');
  await expect.poll(() => rates.textContent()).not.toBe(before);
  await page.getByRole('combobox', { name: 'Read as quality' }).click();
  await page.getByRole('option', { name: 'yaw' }).click();
  await expect(page.getByRole('heading', { name: 'Error versus discard' })).toBeVisible();
  expect(first!.pictures.length).toBeGreaterThan(3);

  await goTo(page, 'Reports');
  await page.getByRole('row').filter({ hasText: 'Demo faces' }).filter({ hasText: 'all pairs' }).first().getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: /^PDF/ }).click()]);
  const pdf = join(folder, 'report.pdf');
  await download.saveAs(pdf);
  expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
  await expect(dialog.getByRole('status')).toContainText('report.html');
  // Its pages are drawn where poppler is there, and lie in test-results/ to be looked at.
  const drawn = await run('pdftoppm', ['-r', '60', '-png', pdf, join(folder, 'page')]).then(() => true, () => false);
  if (!drawn) return console.log('pdftoppm is not here: the pages of the PDF were not drawn.');
  expect((await readdir(folder)).filter((name) => name.endsWith('.png')).length).toBeGreaterThan(1);
});

test('a label is marked as wrong, the evaluation made again without the sample, and the mark taken back', async ({ page }) => {
  await openReport(page);
  const purpose = page.getByText(/100\s+samples/);
  await expect(purpose).toContainText(/450\s+mated comparisons/);
  await page.getByRole('region', { name: 'Non-mated pairs' }).getByRole('button').first().click();
  const inspector = page.getByRole('dialog', { name: 'Non-mated pair' });
  await inspector.getByRole('button', { name: 'Label is wrong…' }).first().click();
  await page.getByRole('button', { name: 'Leave it out' }).click();
  await expect(inspector).toContainText('to be left out');
  await inspector.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Evaluate with corrections' }).click();
  await expect(page.getByText('1 label marked as wrong: 0 corrected, 1 left out.')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(/99\s+samples/)).toContainText(/441\s+mated comparisons/);
  await expect(page.getByText('corrected here')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Evaluate with corrections' })).toHaveCount(0);
  await page.getByRole('button', { name: /^Undo the mark of/ }).click();
  await expect(page.getByRole('button', { name: 'Evaluate with corrections' })).toHaveCount(0);
});
