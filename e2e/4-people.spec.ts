import type { Person } from './faces.ts';
import { newcomers } from './faces.ts';
import { expect, goTo, test, untilDemoIsMade } from './journey.ts';

const visitor = 'Visitor from the spec';

test('a person is enrolled from files, verified, identified, and deleted with a receipt', async ({ page }) => {
  await untilDemoIsMade(page);
  const [{ pictures }, other] = (await newcomers()) as [Person, Person];

  await goTo(page, 'Enrol');
  await page.getByLabel('Drop or paste pictures of one person').setInputFiles([...pictures.slice(0, 3), 'package.json']);
  await expect(page.getByText(/not a picture/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill(visitor);
  await page.getByRole('button', { name: 'Enrol with 3 pictures' }).click();
  await expect(page.getByRole('status').filter({ hasText: `${visitor} is enrolled` })).toContainText('3 pictures accepted');

  await page.getByRole('link', { name: `Verify ${visitor}` }).click();
  await page.getByLabel('Drop or paste the picture to compare').setInputFiles(pictures[0]!);
  // The very picture that was enrolled is among its references, so it must match.
  await expect(page.getByText(/^Match\. Score .* threshold .*FMR .* model /)).toBeVisible();
  await page.getByRole('button', { name: 'Take another' }).click();
  await page.getByLabel('Drop or paste the picture to compare').setInputFiles(other.pictures[0]!);
  await expect(page.getByText(/^(Match|Non-match)\. Score .* threshold .*FMR/)).toBeVisible();

  await goTo(page, 'Identify');
  await page.getByLabel('Drop or paste the picture to compare').setInputFiles(pictures[1]!);
  await expect(page.getByRole('list').filter({ hasText: visitor })).toBeVisible();
  await expect(page.getByText(/people searched in/)).toBeVisible();

  await goTo(page, 'Gallery');
  await page.getByRole('searchbox', { name: 'Search names' }).fill('visitor');
  await page.getByRole('link', { name: new RegExp(visitor) }).click();
  await page.getByRole('button', { name: /^Delete/ }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(visitor);
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await expect(page.getByText('Rows left, by a query afterwards')).toBeVisible();
  await expect(page.getByRole('definition').nth(2)).toHaveText('3');
});
