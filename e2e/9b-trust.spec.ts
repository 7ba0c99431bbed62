import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startBrowserHost } from './host.ts';
import { goTo, untilDemoIsMade } from './journey.ts';

const passphrase = 'correct horse battery';

/** What the first page's pair is said to be, asked afresh. */
async function decisionOnPair(page: Page, origin: string): Promise<string> {
  await page.goto(`${origin}/#/`);
  // Nothing that was answered before is shown again.
  await page.reload();
  await page.getByRole('listitem').filter({ hasText: 'Verify by a sample' }).getByRole('link', { name: 'Verify' }).click();
  const decision = page.getByText(/^Match\. Score/);
  await expect(decision).toBeVisible();
  return decision.innerText();
}

test('a lab sets a passphrase in one step, locks, unlocks, revokes templates, and proves its log', async ({ page }) => {
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

    await test.step('templates under a key, revoked and issued anew, match as before', async () => {
      const before = await decisionOnPair(page, host.origin);
      await goTo(page, 'Settings');
      await page.getByRole('radio', { name: 'Random orthogonal matrix' }).check();
      await page.getByRole('button', { name: 'Change the transform…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Change the transform' }).click();
      await expect(page.getByText('Under a random orthogonal matrix.')).toBeVisible();
      expect(await decisionOnPair(page, host.origin)).toBe(before);
      await goTo(page, 'Settings');
      await page.getByRole('button', { name: 'Revoke and re-issue…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke and re-issue' }).click();
      await expect(page.getByRole('main').getByText(/people are under a random orthogonal matrix with a new key; the old key and templates were destroyed/)).toBeVisible();
      expect(await decisionOnPair(page, host.origin)).toBe(before);
    });

    await goTo(page, 'Audit');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByText('The log is whole:')).toBeVisible();
    await expect(page.getByRole('row', { name: /Passphrase set/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /Templates revoked/ })).toBeVisible();
  } finally {
    await host.stop();
  }
});
