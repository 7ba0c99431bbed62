import { expect, it } from 'vitest';
import { browserCommand, openBrowser } from './open-browser.ts';

const address = 'http://127.0.0.1:1/?key=a_b-c';

it('knows how each platform opens an address', () => {
  expect(browserCommand({ platform: 'linux', env: { DISPLAY: ':0' } }, address)).toEqual(['xdg-open', address]);
  expect(browserCommand({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } }, address)).toEqual(['xdg-open', address]);
  expect(browserCommand({ platform: 'darwin', env: {} }, address)).toEqual(['open', address]);
  expect(browserCommand({ platform: 'win32', env: {} }, address)?.at(-1)).toBe(address);
});

it('opens nothing where there is no screen, and says so', async () => {
  expect(browserCommand({ platform: 'linux', env: {} }, address)).toBeNull();
  expect(await openBrowser({ platform: 'linux', env: {} }, address)).toBe(false);
});
