import { leaveDemo, startBrowserHost } from './host.ts';
import { complaintsOf, demoMs, expect, fact, test, untilDemoIsMade } from './journey.ts';

test('a stakeholder opens the demo and sees faces, a decision and a curve in the first minutes', async ({ context }) => {
  test.setTimeout(demoMs + 60_000);
  // The first start of all, with nothing there; what it makes is left to the other journeys.
  const host = await startBrowserHost();
  try {
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(host.address);
    // Real faces stand there before anything has been computed.
    await expect.poll(() => page.locator('main img, [class*=wall] img').count()).toBeGreaterThan(8);
    await untilDemoIsMade(page);
    await expect(fact(page, 'Project')).toContainText('Demo');
    await expect(fact(page, 'Device')).toContainText('GFLOP/s');
    const steps = page.getByRole('list', { name: 'Four steps' }).getByRole('listitem');
    await expect(steps).toHaveCount(4);
    await expect(steps.nth(1)).toContainText(/Match|Non-match/);
    await expect(steps.nth(3)).toContainText('equal error rate');
    await steps.nth(3).getByRole('link', { name: 'Read it' }).click();
    await expect(page.getByRole('heading', { name: 'ROC' })).toBeVisible();
    expect(complaints).toEqual([]);
    await page.close();
    await leaveDemo(host);
  } finally {
    await host.stop();
  }
});

test('a step leads on when it is known where to: whoever is quick meets no empty page', async ({ page }) => {
  await untilDemoIsMade(page);
  const answer = Promise.withResolvers<undefined>();
  await page.route('**/ask/datasets.subjects', async (route) => {
    await answer.promise;
    await route.continue();
  });
  await page.reload();
  const step = page.getByRole('listitem').filter({ hasText: 'Verify by a sample' });
  await expect(step.getByRole('button', { name: 'Verify' })).toBeDisabled();
  answer.resolve(undefined);
  await step.getByRole('link', { name: 'Verify' }).click();
  await expect(page.getByText(/^(Match|Non-match)\. Score/)).toBeVisible();
});

test('a reload and a deep link lead to the same place', async ({ page, entered }) => {
  await page.goto(`${entered.host.origin}/#/gallery`);
  await expect(page.getByRole('heading', { level: 1, name: 'Gallery' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Gallery' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Meet Likeness' })).toBeVisible();
});

test('another browser is not let in', async ({ browser, entered }) => {
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  for (const address of [entered.host.origin, entered.host.address, `${entered.host.origin}/images/sample-1`]) {
    expect((await page.goto(address))?.status()).toBe(401);
    await expect(page.getByText('This browser has not been let in.')).toBeVisible();
  }
  await stranger.close();
});
