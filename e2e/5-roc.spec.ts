import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, goTo, test, untilDemoIsMade } from './journey.ts';

test('the ROC of the demo can be read, its threshold chosen, and all of it exported', async ({ page, entered }) => {
  await untilDemoIsMade(page);
  await goTo(page, 'Evaluate');
  await page.getByRole('row').filter({ hasText: 'test' }).first().getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'ROC' })).toBeVisible();
  await expect(page.locator('svg').filter({ hasText: 'False match rate' }).first()).toBeVisible();
  await page.getByText('DET', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'DET' })).toBeVisible();
  for (const system of ['Raw pixels', 'Untrained network']) await expect(page.getByText(system).first()).toBeVisible();

  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByRole('button', { name: 'Write the files' }).click();
  await expect.poll(() => readdir(join(entered.host.home, 'exports')).catch(() => [])).toHaveLength(1);
  const [folder] = await readdir(join(entered.host.home, 'exports'));
  const files = await readdir(join(entered.host.home, 'exports', folder!));
  expect(files).toEqual(expect.arrayContaining(['report.json', 'roc.csv', 'roc.svg', 'scores.csv']));
});
