import { smallDataset } from './faces.ts';
import { expect, goTo, test } from './journey.ts';

test('a folder of pictures becomes a dataset, and what is wrong with it is told', async ({ page }) => {
  const folder = await smallDataset(8, 5);
  await goTo(page, 'Datasets');
  await page.getByRole('link', { name: 'Add a dataset' }).click();
  await page.getByRole('textbox', { name: 'Folder or CSV file' }).fill(folder);
  await page.getByRole('button', { name: 'Add the dataset' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'office' })).toBeVisible();
  await expect(page.getByText('8 people, 40 pictures')).toBeVisible();
  await page.getByRole('tab', { name: /^Findings/ }).click();
  await expect(page.getByText('broken.jpg')).toBeVisible();
  await page.getByText('Empty folders (1)').click();
  await expect(page.getByTitle('empty', { exact: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Split and files' }).click();
  await expect(page.getByText(folder)).toBeVisible();
});

test('a folder that is not there is refused in words, and nothing typed is lost', async ({ page }) => {
  await goTo(page, 'Datasets');
  await page.getByRole('link', { name: 'Add a dataset' }).click();
  await page.getByRole('textbox', { name: 'Folder or CSV file' }).fill('/nowhere/at/all');
  await page.getByRole('button', { name: 'Add the dataset' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('/nowhere/at/all');
  await expect(page.getByRole('textbox', { name: 'Folder or CSV file' })).toHaveValue('/nowhere/at/all');
});
