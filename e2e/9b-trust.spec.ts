import { expect, test } from '@playwright/test';
import { startBrowserHost } from './host.ts';
import { goTo, untilDemoIsMade } from './journey.ts';

const passphrase = 'correct horse battery';

test('a lab sets a passphrase in one step, locks, unlocks, and proves its log', async ({ page }) => {
  // A host of its own: the other journeys begin without a passphrase.
  const host = await startBrowserHost();
  try {
    await page.goto(host.address);
    await untilDemoIsMade(page);
    await goTo(page, 'Settings');
    await expect(page.getByText('Demo: key kept beside the data')).toBeVisible();
    await page.getByRole('button', { name: 'Protect with a passphrase…' }).click();
    await page.getByLabel('New passphrase').fill(passphrase);
    await page.getByLabel('Once more').fill(passphrase);
    await page.getByRole('button', { name: 'Protect', exact: true }).click();
    await expect(page.getByText('Opened by a passphrase')).toBeVisible();

    await page.getByRole('button', { name: 'The store is open. Lock it.' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'The store is locked' })).toBeVisible();
    await page.goto(`${host.origin}/#/gallery`);
    await expect(page.getByRole('heading', { level: 1, name: 'The store is locked' })).toBeVisible();
    const refused = await page.request.post(`${host.origin}/ask/subjects.list`, { data: '{}', headers: { 'Content-Type': 'application/json', Origin: host.origin } });
    expect(await refused.json()).toMatchObject({ ok: false, code: 'locked' });
    await page.getByLabel('Passphrase', { exact: true }).fill('wrong horse battery');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByText('Not the right passphrase')).toBeVisible();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Gallery' })).toBeVisible();
    await expect(page.getByRole('link', { name: /^Person/ }).first()).toBeVisible();

    await goTo(page, 'Audit');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByText('The log is whole:')).toBeVisible();
    await expect(page.getByRole('row', { name: /Passphrase set/ })).toBeVisible();
  } finally {
    await host.stop();
  }
});
