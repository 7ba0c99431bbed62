import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startPostgres, whyNoPostgres } from '../src/store/test-support/postgres-server.ts';
import { root, startBrowserHost, startDemoHost } from './host.ts';
import { goTo, picture, untilDemoIsMade } from './journey.ts';

// The demo has to be made first, on whatever machine.
test.setTimeout(360_000);

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
  const host = await startDemoHost();
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

    await test.step('a change of the transform is cancelled, and one that broke off is gone on with', async () => {
      const panel = page.getByRole('main');
      const change = async (transform: string): Promise<void> => {
        await page.getByRole('radio', { name: transform }).check();
        await page.getByRole('button', { name: 'Change the transform…' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Change the transform' }).click();
      };
      await goTo(page, 'Settings');
      await change('BioHashing');
      await expect(page.getByText('Under BioHashing.')).toBeVisible();
      // From a hash there is no way back but through the samples, which takes its time.
      await change('None');
      await panel.getByRole('button', { name: 'Cancel', exact: true }).click();
      await expect(page.getByText('Under BioHashing.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Revoke and re-issue…' })).toBeEnabled();
      await change('None');
      const goOn = page.getByRole('button', { name: 'Go on', exact: true });
      await expect(async () => {
        await host.killEngines();
        await expect(goOn).toBeVisible({ timeout: 200 });
      }).toPass({ timeout: 60_000, intervals: [200] });
      await expect(page.getByText('Under BioHashing.')).toBeVisible();
      await picture(page, 'not-ended');
      // An engine that was ended too often is tried again half a minute later.
      await expect(async () => {
        if (await goOn.isVisible()) await goOn.click();
        await expect(page.getByText('Under no transform.')).toBeVisible({ timeout: 5000 });
      }).toPass({ timeout: 120_000 });
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

test('a station whose gallery got new keys elsewhere asks for the key file, and goes on with it', async ({ page }) => {
  test.skip(whyNoPostgres() !== null, String(whyNoPostgres()));
  const [postgres, first, second] = [await startPostgres(), mkdtempSync(join(tmpdir(), 'likeness-e2e-')), mkdtempSync(join(tmpdir(), 'likeness-e2e-'))];
  try {
    const address = await postgres.freshDatabase();
    const elsewhere = (...words: string[]): Promise<unknown> => promisify(execFile)(process.execPath, [join(root, 'src', 'cli', 'index.ts'), ...words, '--home', first, '--store', address], { cwd: root });
    await elsewhere('subjects', 'list');
    copyFileSync(join(first, 'store.key'), join(second, 'store.key'));
    const host = await startBrowserHost(second, address);
    try {
      await page.goto(host.address);
      await goTo(page, 'Gallery');
      await elsewhere('protect', 'rotate');
      await expect(page.getByRole('heading', { level: 1, name: 'The gallery has new keys' })).toBeVisible();
      await picture(page, 'new-keys');
      await page.getByRole('button', { name: 'Look again' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'The gallery has new keys' })).toBeVisible();
      copyFileSync(join(first, 'store.key'), join(second, 'store.key'));
      await page.getByRole('button', { name: 'Look again' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Gallery' })).toBeVisible();
    } finally {
      await host.stop();
    }
  } finally {
    await postgres.remove();
    for (const home of [first, second]) rmSync(home, { recursive: true, force: true });
  }
});
