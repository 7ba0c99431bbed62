import { expect, it, vi } from 'vitest';
import { menuTemplate } from './menu.ts';
import type * as electron from './test-support/electron-stand-in.ts';
import { openWindow } from './window.ts';

vi.mock('electron', () => import('./test-support/electron-stand-in.ts'));

function open(): electron.BrowserWindow {
  return openWindow('/app/out/preload/index.cjs') as unknown as electron.BrowserWindow;
}

it('opens our own page, isolated, at the size the screens are made for', () => {
  const window = open();
  expect(window.loaded).toBe('app://likeness/');
  expect(window.options).toMatchObject({
    minWidth: 1024,
    minHeight: 700,
    webPreferences: { preload: '/app/out/preload/index.cjs', sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
});

it('is shown when there is something to see', () => {
  const window = open();
  expect(window.isShown).toBe(false);
  window.emit('ready-to-show');
  expect(window.isShown).toBe(true);
});

it('loads a crashed page again, but not for ever', () => {
  const window = open();
  window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
  expect(window.webContents.reloads).toBe(0);
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(window.webContents.reloads).toBe(1);
});

it('has a menu with the development tools only where the app is developed', () => {
  expect(JSON.stringify(menuTemplate('linux', false))).not.toContain('toggleDevTools');
  expect(JSON.stringify(menuTemplate('linux', true))).toContain('toggleDevTools');
  expect(JSON.stringify(menuTemplate('darwin', false))).toContain('appMenu');
});
