import { BrowserWindow } from 'electron';
import { appOrigin, isolatedPage } from './security.ts';

/** The window, shown when its first frame is drawn so that nobody sees it white. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Likeness',
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    webPreferences: isolatedPage(preload),
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  reviveAfterCrash(window);
  void window.loadURL(`${appOrigin}/`);
  return window;
}

/** A page that crashed is loaded again: its state is on the desk. Twice within this time, and it is left to the user. */
const crashLoopMs = 10_000;

function reviveAfterCrash(window: BrowserWindow): void {
  let lastCrash = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    if (reason === 'clean-exit' || window.isDestroyed() || now - lastCrash < crashLoopMs) return;
    lastCrash = now;
    window.webContents.reload();
  });
}
