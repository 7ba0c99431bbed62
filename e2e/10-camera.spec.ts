import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as browserType } from '@playwright/test';
import type { Cookie, Page } from '@playwright/test';
import { chromium, chromiumFlags } from './browser.ts';
import { faceClip } from './camera-clip.ts';
import type { Person } from './faces.ts';
import { newcomers } from './faces.ts';
import { root } from './host.ts';
import { expect, goTo, test, untilDemoIsMade } from './journey.ts';

const visitor = 'Visitor before the camera';
const whyNot = existsSync(join(root, '.cache', 'face-models', 'models.json')) ? null : 'The face models are not installed: "likeness setup --faces" fetches them.';

interface Seat {
  origin: string;
  cookies: Cookie[];
}

/** A browser of its own with this clip as its camera: the clip is chosen when Chromium starts. */
async function beforeCamera(clip: string, { origin, cookies }: Seat, walk: (page: Page) => Promise<void>): Promise<void> {
  const flags = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${clip}`];
  const browser = await browserType.launch({ executablePath: chromium(), args: [...chromiumFlags, ...flags] });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(origin);
    await walk(page);
  } finally {
    await browser.close();
  }
}

test('a person enrols and is verified before the camera, guided in words', async ({ page: first, entered }) => {
  if (whyNot !== null) console.log(`The camera is not walked through: ${whyNot}`);
  test.skip(whyNot !== null, whyNot ?? '');
  await untilDemoIsMade(first);
  const [one] = (await newcomers()) as [Person];
  const seat = { origin: entered.host.origin, cookies: entered.cookies };

  await beforeCamera(await faceClip(one.pictures[0]!), seat, async (page) => {
    await goTo(page, 'Enrol');
    await page.getByRole('button', { name: 'Use the camera' }).click();
    const camera = page.getByRole('region', { name: 'Camera' });
    await expect(camera.getByRole('status')).toHaveText(/^(Hold still|Good|Move into the picture)$/);
    await expect(camera.locator('svg polygon').first()).toBeAttached();
    await expect(camera.getByText(/^Quality/)).toBeVisible();
    // The clip stands still for two of its three seconds: pictures are taken without a hand on the button.
    await expect(page.getByRole('button', { name: /^What the machine saw in camera/ })).toHaveCount(3, { timeout: 30_000 });
    await page.getByRole('button', { name: 'Take the picture' }).click();
    await expect(page.getByRole('button', { name: /^What the machine saw in camera/ })).toHaveCount(4);
    await page.getByRole('textbox', { name: 'Name' }).fill(visitor);
    await page.getByRole('button', { name: /^Enrol with 4 pictures/ }).click();
    await expect(page.getByRole('status').filter({ hasText: `${visitor} is enrolled` })).toBeVisible();

    await page.getByRole('link', { name: `Verify ${visitor}` }).click();
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await expect(page.getByText(/^Match\. Score .* threshold .*FMR .* model /)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Retake' })).toBeVisible();
  });
});
