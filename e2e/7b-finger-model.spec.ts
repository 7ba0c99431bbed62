import { expect, goTo, test, untilDemoIsMade } from './journey.ts';

test('the finger model that ships is added in the window, beside the one in use', async ({ page }) => {
  await untilDemoIsMade(page);
  await goTo(page, 'Models');
  const model = page.getByRole('main').locator('section').filter({ has: page.getByRole('heading', { name: 'Fingers', exact: true }) });
  const offer = page.getByRole('button', { name: 'Add this model' });
  await expect(offer).toBeVisible();
  await expect(model).toHaveCount(0);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: `test-results/screens/finger-model-${scheme}.png`, fullPage: true });
  }
  await offer.click();
  await expect(model).toBeVisible();
  await expect(offer).toHaveCount(0);
  await expect(model.getByText('in use')).toHaveCount(0);
  await page.screenshot({ path: 'test-results/screens/finger-model-added.png', fullPage: true });

  // Whoever takes it away can have it back.
  await model.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove the model' }).click();
  await expect(offer).toBeVisible();
});
