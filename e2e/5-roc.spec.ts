import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, fact, goTo, hasPretrained, test, untilDemoIsMade } from './journey.ts';

test('the ROC of the demo can be read, its threshold chosen, and all of it exported', async ({ page, entered }) => {
  await untilDemoIsMade(page);
  await goTo(page, 'Evaluate');
  await page.getByRole('row').filter({ hasText: 'test: all pairs' }).first().getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'ROC' })).toBeVisible();
  await expect(page.locator('svg').filter({ hasText: 'False match rate' }).first()).toBeVisible();
  await page.getByText('DET', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'DET' })).toBeVisible();
  // Of a network that others trained nobody knows what it was before.
  const baselines = hasPretrained ? ['Raw pixels'] : ['Raw pixels', 'Untrained network'];
  for (const system of baselines) await expect(page.getByText(system).first()).toBeVisible();

  await page.getByRole('tab', { name: 'Identification' }).click();
  await expect(page.getByRole('img', { name: /^Cumulative match characteristic/ })).toBeVisible();
  const retrieval = page.getByRole('table').filter({ hasText: 'MAP@R' });
  await expect(retrieval.getByRole('row')).toHaveCount(2 + baselines.length);
  await expect(retrieval.getByRole('columnheader')).toHaveText(['System', 'Recall@1', 'Recall@5', 'Recall@10', 'Precision@1', 'R-precision', 'MAP@R', 'NMI', 'AMI']);

  await page.getByRole('tab', { name: 'Verification' }).click();

  // Another threshold and back again: the header always shows the one in use, with its error.
  const inUse = page.getByRole('row').filter({ hasText: 'in use' });
  await expect(inUse).toHaveCount(1);
  const target = (await inUse.getByRole('cell').first().textContent()) ?? '';
  const use = { name: 'Use this threshold' };
  await page.getByRole('row').getByRole('button', use).first().click();
  await expect(inUse.getByRole('cell').first()).not.toHaveText(target);
  await page.getByRole('row').filter({ has: page.getByRole('cell', { name: target, exact: true }) }).getByRole('button', use).click();
  await expect(inUse.getByRole('cell').first()).toHaveText(target);
  await expect(fact(page, 'Threshold')).toContainText('FMR');

  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Write the files' }).click();
  const folder = (await dialog.getByRole('code').textContent()) ?? '';
  expect(folder.startsWith(join(entered.host.home, 'exports'))).toBe(true);
  await expect(dialog.getByRole('status')).toContainText('report.pdf');
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['report.html', 'report.pdf', 'report.md', 'manifest.json', 'cmc.svg', 'report.json', 'roc.csv', 'roc.svg', 'retrieval.csv', 'scores.csv']));
});
