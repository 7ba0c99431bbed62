import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { root } from './host.ts';
import { expect, goTo, test } from './journey.ts';

/** Fills in what differs, starts, and waits until the run has ended: two epochs, seconds. */
async function trainBriefly(page: Page, name: string, differences: Record<string, string>): Promise<string> {
  await page.getByRole('textbox', { name: 'Name of the run' }).fill(name);
  for (const [label, value] of Object.entries({ Epochs: '2', ...differences })) await page.getByRole('textbox', { name: label, exact: true }).fill(value);
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(`${name} done`) })).toBeVisible({ timeout: 150_000 });
  return page.url();
}

const dearest = (page: Page) => page.getByRole('main').locator('section').filter({ has: page.getByRole('heading', { name: 'What costs most' }) }).getByRole('listitem').first();

test('two runs show what cost them most, and stand side by side under an address of their own', async ({ page, entered }) => {
  await goTo(page, 'Train');
  await page.getByRole('link', { name: /^(New training|Train the first model)$/ }).first().click();
  await trainBriefly(page, 'Slow', {});
  const panel = dearest(page);
  await panel.scrollIntoViewIfNeeded();
  await expect(panel).toContainText(/Cost \d.*Anchor.*cosine [−\d.]+.*distance/s);
  const pictures = panel.getByRole('img');
  expect(await pictures.count()).toBeGreaterThanOrEqual(2);
  for (const picture of await pictures.all()) await expect.poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBeGreaterThan(0);
  const told = await panel.innerText();
  await page.reload();
  await expect(dearest(page)).toHaveText(told, { useInnerText: true });
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'src', 'cli', 'index.ts'), 'runs', 'show', 'latest', '--home', entered.host.home, '--json']);
  const shown = JSON.parse(stdout) as { run: { name: string }; costliest: { items: { cost: number; anchor: { subject: string } }[] } };
  expect(shown.run.name).toBe('Slow');
  expect(told).toContain(shown.costliest.items[0]!.cost.toPrecision(3));

  await page.getByRole('button', { name: 'Train another like this' }).click();
  await trainBriefly(page, 'Brisk', { 'Learning rate': '0.003' });
  await goTo(page, 'Train');
  for (const name of ['Slow', 'Brisk']) await page.getByRole('checkbox', { name: `Show the curves of ${name}`, exact: true }).check();
  for (const box of await page.getByRole('checkbox', { checked: true }).all()) {
    if (!/ (Slow|Brisk)$/.test((await box.getAttribute('aria-label')) ?? '')) await box.uncheck();
  }
  await page.getByRole('button', { name: 'Compare side by side' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs side by side' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Loss by training step.' })).toContainText('Brisk');
  await page.reload();
  const differences = page.getByRole('table', { name: 'Differences of the recipes' }).getByRole('row');
  await expect(differences).toHaveText([/Slow.*Brisk|Brisk.*Slow/, /^Optimiser, learning rate(0\.0010\.003|0\.0030\.001)$/]);
  await expect(page.getByRole('table', { name: 'Figures of the runs' }).getByRole('row', { name: /^Validation EER, kept epoch/ })).toContainText('%');
});
