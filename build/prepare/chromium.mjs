import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './programs.mjs';

/** @typedef {Pick<import('./setup.mjs').Setup, 'env' | 'platform'>} Machine */

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Where a Chromium lies inside the folder that Playwright keeps for each of its own. */
const INSIDE = [
  'chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-win64/chrome.exe', 'chrome-win/chrome.exe',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
];
const ON_MACOS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/**
 * @param {Machine} machine
 * @returns {string | null} the browser for the end-to-end tests
 */
export function findChromium(machine) {
  const named = machine.env['LIKENESS_CHROMIUM'];
  if (named) return existsSync(named) ? named : null;
  const onMacos = machine.platform === 'darwin' ? ON_MACOS.find((path) => existsSync(path)) : undefined;
  return findProgram(machine, NAMES) ?? onMacos ?? findPlaywrights(machine);
}

/** @param {Machine} machine */
function findPlaywrights({ env, platform }) {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  const usual = { darwin: join(home, 'Library/Caches/ms-playwright'), win32: join(home, 'AppData/Local/ms-playwright') };
  const folder = env['PLAYWRIGHT_BROWSERS_PATH'] ?? usual[/** @type {'darwin'} */ (platform)] ?? join(home, '.cache/ms-playwright');
  if (!existsSync(folder)) return null;
  const newestFirst = readdirSync(folder).filter((name) => /^chromium-\d+$/.test(name)).sort().reverse();
  return newestFirst.flatMap((name) => INSIDE.map((path) => join(folder, name, path))).find((path) => existsSync(path)) ?? null;
}

/** @param {Machine} machine */
export function installChromiumCommand({ platform }) {
  if (platform === 'linux' && existsSync('/usr/bin/apt-get')) return `${process.getuid?.() === 0 ? '' : 'sudo '}apt-get install -y chromium`;
  return 'npx playwright install chromium';
}
