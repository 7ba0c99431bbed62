import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, safeStorage, session } from 'electron';
import { RequestError } from '../contract/request-error.ts';
import type { Desk } from '../contract/wire/desk.ts';
import { defaultHome } from '../contract/wire/home-folder.ts';
import { logFile } from '../workflows/log-file.ts';
import { openReplaceableDesk } from '../workflows/replaceable-desk.ts';
import { answerAppRequest, appScheme } from './app-protocol.ts';
import { openAskChannel, passEvents } from './ask-channel.ts';
import { startEngineProcess } from './engine-process.ts';
import { menuTemplate } from './menu.ts';
import { readMainOptions } from './main-options.ts';
import { secureContents, secureSession } from './security.ts';
import { systemKeys } from './system-keys.ts';
import { openWindow } from './window.ts';

const root = app.getAppPath();
const out = join(root, 'out');
const home = readMainOptions(process.argv, defaultHome({ platform: process.platform, env: process.env, userFolder: homedir() }));
const log = logFile(home);
let desk: Desk | null = null;
let isClosing = false;

protocol.registerSchemesAsPrivileged([appScheme]);
// Cookies, caches and Chromium's own files stay with the data of the desk, readable by its owner only.
mkdirSync(join(home, 'window'), { recursive: true, mode: 0o700 });
app.setPath('userData', join(home, 'window'));
app.enableSandbox();
app.on('web-contents-created', (_event, contents) => {
  secureContents(contents);
});
app.on('second-instance', () => {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
});
app.on('window-all-closed', () => {
  app.quit();
});
app.on('before-quit', (event) => {
  if (desk === null || isClosing) return;
  // Jobs are interrupted, so that they can be resumed, before the process ends.
  event.preventDefault();
  isClosing = true;
  void desk.close().finally(() => {
    app.quit();
  });
});

// Not awaited: Electron becomes ready only after this module has been evaluated.
if (app.requestSingleInstanceLock()) void start();
else app.quit();

async function start(): Promise<void> {
  await app.whenReady();
  try {
    desk = await openReplaceableDesk({
      home,
      galleryServer: process.env['LIKENESS_STORE'] ?? null,
      resources: join(root, 'resources'),
      host: 'electron',
      version: app.getVersion(),
      spawnEngine: (lane) => startEngineProcess(join(out, 'main', 'engine.js'), lane),
      log,
      systemKeys: systemKeys(safeStorage, process.platform),
    });
  } catch (error) {
    log('Likeness could not start.', error);
    dialog.showErrorBox('Likeness could not start', error instanceof RequestError ? error.message : 'Something went wrong inside Likeness. The log has the details.');
    app.exit(1);
    return;
  }
  show(desk);
}

function show(opened: Desk): void {
  const seat = opened.seat();
  secureSession(session.defaultSession);
  protocol.handle(appScheme.scheme, (request) => answerAppRequest({ windowFolder: join(out, 'renderer'), image: (id, side) => seat.image(id, side) }, request));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, !app.isPackaged)));
  const window = openWindow(join(out, 'preload', 'index.cjs'));
  passEvents(seat, window);
  openAskChannel(ipcMain, {
    handlers: seat.handlers,
    permit: seat.permit,
    reportFault: ({ request, error }) => { log(`A fault while answering ${request}.`, error); },
    chooseFolder: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory'] });
      return canceled ? null : (filePaths[0] ?? null);
    },
  });
}
