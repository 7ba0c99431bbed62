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
  // The notice that it is done lies below what asks for an answer, and above the page.
  const notice = page.getByText('Add dataset office', { exact: true });
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: /^Keys/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  const layers = await page.evaluate(`['.mantine-Notifications-root', '.mantine-Modal-inner'].map((part) => Number(getComputedStyle(document.querySelector(part)).zIndex))`) as number[];
  expect(layers[0]).toBeLessThan(layers[1]!);
  await page.keyboard.press('Escape');
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

test('the same folder once more is refused in words, before a second dataset of its name', async ({ page }) => {
  const folder = await smallDataset(6, 3);
  const add = async (): Promise<void> => {
    await goTo(page, 'Datasets');
    await page.getByRole('link', { name: 'Add a dataset' }).click();
    await page.getByRole('textbox', { name: 'Folder or CSV file' }).fill(folder);
    await page.getByRole('textbox', { name: 'Name' }).fill('Twice');
    await page.getByRole('button', { name: 'Add the dataset' }).click();
  };
  await add();
  await expect(page.getByRole('heading', { level: 1, name: 'Twice' })).toBeVisible();
  await add();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(`${folder} is a dataset here already, called "Twice"`);
});
