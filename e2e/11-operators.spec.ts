import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startDemoHost } from './host.ts';
import { goTo, picture, untilDemoIsMade } from './journey.ts';

// The demo has to be made first, on whatever machine.
test.setTimeout(360_000);

const passphrases = { Ann: 'ann likes long walks', Otto: 'otto reads both ways' };

async function signIn(page: Page, name: string, passphrase: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Places' });

test('a lab makes operators; each sees the places of a role, and wrong passphrases lock out', async ({ page }) => {
  // A host of its own: the other journeys are everybody's.
  const host = await startDemoHost();
  try {
    await page.goto(host.address);
    await untilDemoIsMade(page);
    await goTo(page, 'Settings');
    await page.getByRole('button', { name: 'Make an administrator…' }).click();
    await page.getByLabel('Name').fill('Ann');
    await page.getByLabel('New passphrase').fill(passphrases.Ann);
    await page.getByLabel('Once more').fill(passphrases.Ann);
    await picture(page, 'first');
    await page.getByRole('button', { name: 'Make the administrator' }).click();
    await expect(page.getByText('Opened by its operators.')).toBeVisible();
    await page.getByRole('button', { name: 'Add an operator…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Otto');
    await dialog.getByLabel('New passphrase').fill(passphrases.Otto);
    await dialog.getByLabel('Once more').fill(passphrases.Otto);
    await dialog.getByLabel('Your own passphrase').fill(passphrases.Ann);
    await dialog.getByRole('button', { name: 'Add the operator' }).click();
    await expect(page.getByLabel('Role of Otto')).toHaveValue('operator');
    await page.getByLabel('Role of Ann').selectOption('researcher');
    await expect(page.getByText(/This is the last administrator/)).toBeVisible();
    await picture(page, 'settings');
    await page.setViewportSize({ width: 1024, height: 2000 });
    await picture(page, 'settings-narrow');
    await page.setViewportSize({ width: 1600, height: 2000 });
    await picture(page, 'settings-wide');
    await page.setViewportSize({ width: 1280, height: 720 });

    await page.getByRole('button', { name: 'Signed in as Ann, administrator' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Likeness' })).toBeVisible();
    await expect(rail(page)).toHaveCount(0);
    await picture(page, 'sign-in');
    await signIn(page, 'otto', passphrases.Otto);
    await expect(page.getByRole('button', { name: 'Signed in as Otto, operator' })).toBeVisible();
    await goTo(page, 'Gallery');
    await expect(page.getByRole('link', { name: /^Person/ }).first()).toBeVisible();
    await expect(rail(page).getByRole('link', { name: 'Train', exact: true })).toHaveCount(0);
    await picture(page, 'operator');
    await page.goto(`${host.origin}/#/train`);
    await expect(page.getByText('This is for researchers and administrators, and Otto is signed in as operator.')).toBeVisible();
    await picture(page, 'refused');
    const refused = await page.request.post(`${host.origin}/ask/runs.list`, { data: '{}', headers: { 'Content-Type': 'application/json', Origin: host.origin } });
    expect(await refused.json()).toMatchObject({ ok: false, code: 'not-allowed' });

    await page.getByRole('button', { name: 'Signed in as Otto, operator' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    for (let guesses = 0; guesses < 4; guesses++) {
      await signIn(page, 'Otto', `guess number ${guesses}`);
      // The passphrase is typed anew after each wrong one.
      await expect(page.getByLabel('Passphrase', { exact: true })).toHaveValue('');
      await expect(page.getByText('Not the right passphrase')).toBeVisible();
    }
    await signIn(page, 'Otto', 'guess number 4');
    await expect(page.getByText(/5 wrong passphrases in a row: this name is locked out for \d+ s, until/)).toBeVisible();
    await picture(page, 'locked-out');
    await signIn(page, 'Ann', passphrases.Ann);
    await goTo(page, 'Settings');
    await page.getByRole('button', { name: 'More about Otto' }).click();
    await page.getByRole('menuitem', { name: 'Lift the lock-out' }).click();
    await expect(page.getByText(/^locked out until/)).toHaveCount(0);
    await goTo(page, 'Audit');
    await expect(page.getByRole('row', { name: /Ann Lock-out lifted/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /Locked out/ }).first()).toBeVisible();
    await expect(page.getByRole('row', { name: /Locked out/ }).first()).toContainText(/until \d+ \w+ \d{4}, \d\d:\d\d/);
    await picture(page, 'audit');

    await goTo(page, 'Settings');
    await page.getByRole('button', { name: 'Turn operators off…' }).click();
    const ending = page.getByRole('dialog');
    await ending.getByLabel('New passphrase of the store').fill('one for everybody');
    await ending.getByLabel('Once more').fill('one for everybody');
    await ending.getByLabel('Your own passphrase').fill(passphrases.Ann);
    await picture(page, 'off');
    await ending.getByRole('button', { name: 'Turn operators off' }).click();
    await expect(page.getByText('Opened by a passphrase.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Make an administrator…' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Signed in as/ })).toHaveCount(0);

    await test.step('a backup is made, verified, and put in the place of what is here', async () => {
      const main = page.getByRole('main');
      await page.getByRole('button', { name: 'Make a backup…' }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel('In this folder').fill(host.home);
      await form.getByLabel('As', { exact: true }).fill('lab.backup');
      await form.getByLabel('Passphrase of the backup').fill('correct horse battery');
      await form.getByLabel('Once more').fill('correct horse battery');
      await picture(page, 'backup');
      await form.getByRole('button', { name: 'Make the backup' }).click();
      await expect(main.getByText(/was read back whole/)).toBeVisible({ timeout: 60_000 });
      await page.getByRole('button', { name: 'Verify one…' }).click();
      await form.getByLabel('Backup', { exact: true }).fill(`${host.home}/lab.backup`);
      await form.getByRole('button', { name: 'Browse' }).click();
      await page.getByRole('dialog', { name: 'Choose a backup' }).getByRole('button', { name: 'lab.backup' }).click();
      await form.getByLabel('Passphrase of the backup').fill('correct horse battery');
      await form.getByRole('button', { name: 'Verify', exact: true }).click();
      await expect(main.getByText(/is whole and unchanged/)).toBeVisible({ timeout: 60_000 });
      await picture(page, 'verified');
      await page.getByRole('button', { name: 'Restore…' }).click();
      await form.getByLabel('Passphrase of the backup').fill('correct horse battery');
      await form.getByLabel('Passphrase of the store as it is now').fill('one for everybody');
      await expect(form.getByRole('button', { name: 'Restore the backup' })).toBeDisabled();
      await form.getByLabel('Replace all of it').check();
      await picture(page, 'restore');
      await form.getByRole('button', { name: 'Restore the backup' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'The store is locked' })).toBeVisible({ timeout: 60_000 });
      await page.getByLabel('Passphrase', { exact: true }).fill('one for everybody');
      await page.getByRole('button', { name: 'Unlock' }).click();
      await goTo(page, 'Gallery');
      await expect(page.getByRole('link', { name: /^Person/ }).first()).toBeVisible();
    });
  } finally {
    await host.stop();
  }
});
