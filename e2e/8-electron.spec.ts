import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { setFuses } from '../build/prepare/electron-fuses.mjs';
import { root } from './host.ts';

/** Why Electron cannot be driven here; null where it can. */
function whyNot(): string | null {
  const marker = join(root, 'node_modules', 'electron', 'path.txt');
  if (!existsSync(marker)) return 'Electron\'s binary is not here: "node node_modules/electron/install.js" fetches it where its server can be reached.';
  if (!existsSync(join(root, 'node_modules', 'electron', 'dist', readFileSync(marker, 'utf8')))) return 'Electron\'s binary is incomplete; run "node node_modules/electron/install.js" again.';
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'There is no display (DISPLAY, WAYLAND_DISPLAY); xvfb-run gives one.';
  if (process.getuid?.() === 0) return 'Electron does not run as root with its sandbox on.';
  return null;
}

const reason = whyNot();

/** Playwright drives Electron through the inspector that ours does not open, so a copy is driven that does. */
async function inspectableElectron(folder: string): Promise<string> {
  const electron = join(root, 'node_modules', 'electron');
  await cp(join(electron, 'dist'), folder, { recursive: true });
  const program = join(folder, readFileSync(join(electron, 'path.txt'), 'utf8'));
  setFuses(program, { nodeCliInspect: 'on' });
  return program;
}

test('Electron opens the same window, isolated, on its own scheme', async () => {
  if (reason !== null) console.log(`Electron is not driven: ${reason}`);
  test.skip(reason !== null, reason ?? '');
  const home = await mkdtemp(join(tmpdir(), 'likeness-electron-'));
  const executablePath = await inspectableElectron(join(home, 'electron'));
  const app = await _electron.launch({ executablePath, args: [root, '--home', join(home, 'data')], cwd: root });
  try {
    const window = await app.firstWindow();
    await expect(window).toHaveURL('app://likeness/');
    await expect(window.getByRole('heading', { level: 1, name: 'Meet Likeness' })).toBeVisible();
    expect(await window.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined');
    expect(await window.evaluate(() => Object.keys((globalThis as unknown as { likeness: object }).likeness).sort())).toEqual(['ask', 'chooseFolder', 'host', 'imageUrl', 'onEvent']);
    await expect(window.getByRole('link', { name: /^Device.*GFLOP/ })).toBeVisible({ timeout: 60_000 });
  } finally {
    await app.close();
    await rm(home, { recursive: true, force: true });
  }
});
