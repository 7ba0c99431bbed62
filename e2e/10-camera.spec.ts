import { existsSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium as browserType } from '@playwright/test';
import type { Cookie, Page } from '@playwright/test';
import { chromium, chromiumFlags } from './browser.ts';
import { faceClip } from './camera-clip.ts';
import type { Person } from './faces.ts';
import { newcomers } from './faces.ts';
import { root } from './host.ts';
import { demoMs, expect, fact, goTo, test, untilDemoIsMade } from './journey.ts';

const visitor = 'Visitor before the camera';
const whyNot = existsSync(join(root, '.cache', 'face-models', 'models.json')) ? null : 'The face models are not installed: "likeness setup --faces" fetches them.';

interface Seat {
  /** Where the walk begins. */
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
    await context.addInitScript(keepStreams);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(origin);
    await walk(page);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
}

/** Runs in the page: remembers every stream, so that one can ask later whether its camera is off. */
const keepStreams = `{
  window.streams = [];
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await open(wish);
    window.streams.push(stream);
    return stream;
  };
}`;

const camerasOn = (page: Page): Promise<number> => page.evaluate('streams.flatMap((stream) => stream.getTracks()).filter(({ readyState }) => readyState === "live").length');

async function switchOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use the camera' }).click();
  await expect(page.getByRole('region', { name: 'Camera' })).toBeVisible();
}

test('a person enrols and is verified before the camera, guided in words', async ({ page: first, entered }) => {
  if (whyNot !== null) console.log(`The camera is not walked through: ${whyNot}`);
  test.skip(whyNot !== null, whyNot ?? '');
  // Most of it is the desk making itself: the walk takes less than a minute.
  test.setTimeout(2 * demoMs);
  await untilDemoIsMade(first);
  await expect(fact(first, 'Model')).toContainText('Pretrained', { timeout: demoMs });
  await expect(fact(first, 'Threshold')).toContainText('FMR', { timeout: demoMs });
  const [one, other] = (await newcomers()) as [Person, Person];
  const seat = { origin: entered.host.origin, cookies: entered.cookies };

  let claim = '';
  await beforeCamera(await faceClip(one.pictures[0]!), seat, async (page) => {
    await goTo(page, 'Enrol');
    await switchOn(page);
    const camera = page.getByRole('region', { name: 'Camera' });
    // The clip enters from the side and then stands still.
    await expect(camera.getByRole('status')).toHaveText('Good');
    await expect(camera.locator('svg polygon').first()).toBeAttached();
    await expect(camera.getByText(/^Quality/)).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
    // Good and still: pictures are taken without a hand on the button, and a last one with it.
    const seen = page.getByRole('button', { name: /^What the machine saw in camera/ });
    await expect(seen).toHaveCount(3, { timeout: 40_000 });
    await page.getByRole('button', { name: 'Take the picture' }).click();
    await expect(seen).toHaveCount(4);
    await page.getByRole('textbox', { name: 'Name' }).fill(visitor);
    await page.getByRole('button', { name: 'Enrol with 4 pictures' }).click();
    await expect(page.getByRole('status').filter({ hasText: `${visitor} is enrolled` })).toBeVisible();
    expect(await camerasOn(page)).toBe(1);

    await page.getByRole('link', { name: `Verify ${visitor}` }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Verify' })).toBeVisible();
    expect(await camerasOn(page)).toBe(0);
    await switchOn(page);
    await expect(page.getByText(/^Match\. Score .* threshold .*FMR .* model /)).toBeVisible({ timeout: 40_000 });
    await expect(page.getByRole('button', { name: 'Retake' })).toBeVisible();
    expect(await camerasOn(page)).toBe(0);
    claim = new URL(page.url()).hash;
  });

  await beforeCamera(await faceClip(other.pictures[0]!), { ...seat, origin: `${seat.origin}/${claim}` }, async (page) => {
    await switchOn(page);
    await expect(page.getByText(/^Non-match\. Score .* threshold .*FMR .* model /)).toBeVisible({ timeout: 40_000 });
  });
});

test('where there is no camera, the window says so, and files still work', async ({ page }) => {
  await page.context().grantPermissions(['camera']);
  await untilDemoIsMade(page);
  await goTo(page, 'Identify');
  await page.getByRole('button', { name: 'Use the camera' }).click();
  await expect(page.getByText('No camera was found')).toBeVisible();
  await page.getByRole('button', { name: 'Use files' }).click();
  await expect(page.getByLabel('Drop or paste the picture to compare')).toBeAttached();
});
