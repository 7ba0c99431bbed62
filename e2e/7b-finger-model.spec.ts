import { photosOfHand } from './hands.ts';
import { expect, fact, goTo, picture, test, untilDemoIsMade } from './journey.ts';

test('the finger model that ships is added, a whole hand is enrolled and verified finger by finger, and all is taken back', async ({ page }) => {
  test.slow();
  await untilDemoIsMade(page);
  const before = (await fact(page, 'Model').textContent())!;
  await goTo(page, 'Models');
  const cardOf = (name: string) => page.getByRole('main').locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
  const model = cardOf('Fingers');
  const offer = page.getByRole('button', { name: 'Add this model' });
  await expect(offer).toBeVisible();
  await expect(model).toHaveCount(0);
  await picture(page, 'finger-model');
  await offer.click();
  await expect(model).toBeVisible();
  await expect(offer).toHaveCount(0);
  await expect(model.getByText('in use')).toHaveCount(0);
  await model.getByRole('button', { name: 'Use this model' }).click();
  await expect(fact(page, 'Model')).toContainText('Fingers');

  const [enrolled, probe] = (await photosOfHand(2)) as [string, string];
  await goTo(page, 'Enrol');
  await page.getByLabel('Drop or paste pictures of one person').setInputFiles(enrolled);
  await page.getByRole('radiogroup', { name: '4 fingers are in this picture' }).getByText('A whole hand').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Handy');
  await page.getByRole('button', { name: 'Enrol with 1 picture' }).click();
  const note = page.getByRole('status').filter({ hasText: 'Handy is enrolled' });
  await expect(note).toContainText('4 fingers accepted', { timeout: 60_000 });
  await expect(note.getByRole('listitem')).toHaveText([/^Left index.*Quality/, /^Left middle.*Quality/, /^Left ring.*Quality/, /^Left little.*Quality/]);
  await picture(page, 'hand-enrolled');

  await page.getByRole('link', { name: 'Verify Handy' }).click();
  await page.getByLabel('Drop or paste the picture to compare').setInputFiles(probe);
  await page.getByRole('radiogroup', { name: '4 fingers are in this picture' }).getByText('A whole hand').click();
  await expect(page.getByText(/^No decision on the left hand: no threshold has been measured for fused scores\. Score .* the sum over 4\sfingers/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('list', { name: 'Fingers' }).getByRole('listitem')).toHaveCount(4);
  await picture(page, 'hand-verified');

  await goTo(page, 'Gallery');
  await page.getByRole('searchbox', { name: 'Search names' }).fill('Handy');
  await page.getByRole('link', { name: /Handy/ }).click();
  await expect(page.getByText('left ring', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Delete/ }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Handy');
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await expect(page.getByText('Rows left, by a query afterwards')).toBeVisible();

  // The model that was there before is used again. Whoever takes a model away can have it back.
  await goTo(page, 'Models');
  const former = page.getByRole('main').locator('section').filter({ hasNot: page.getByRole('heading', { name: 'Fingers', exact: true }) }).filter({ has: page.getByRole('button', { name: 'Use this model' }) });
  const names = await former.getByRole('heading').allTextContents();
  await cardOf(names.find((name) => before.includes(name))!).getByRole('button', { name: 'Use this model' }).click();
  await expect(fact(page, 'Model')).toHaveText(before);
  await model.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove the model' }).click();
  await expect(offer).toBeVisible();
});
