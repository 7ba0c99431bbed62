import { existsSync } from 'node:fs';
import { findChromium } from '../build/prepare/chromium.mjs';

/** No network, no first-run pages; the sandbox of Chromium needs rights that test machines often lack. */
export const chromiumFlags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** A real Chromium: what LIKENESS_CHROMIUM names, else what the machine has. */
export function chromium(): string {
  const found = findChromium({ env: process.env, platform: process.platform });
  if (found === null || !existsSync(found)) throw new Error('No Chromium was found. Install one (Debian: apt-get install chromium) or name it in LIKENESS_CHROMIUM.');
  return found;
}
