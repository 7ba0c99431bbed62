import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SmallDesk } from '../contract/wire/test-support/small-desk.ts';
import { smallDesk } from '../contract/wire/test-support/small-desk.ts';
import type { DeskOptions } from '../workflows/app.ts';
import type * as StandIn from './test-support/electron-stand-in.ts';

const opening = vi.hoisted(() => ({ open: (_options: unknown): Promise<unknown> => Promise.reject(new Error('not set')) }));
vi.mock('../workflows/app.ts', () => ({ openDesk: (options: unknown) => opening.open(options) }));

let folder: string;
let electron: typeof StandIn;
let desk: SmallDesk;
let asked: DeskOptions[];
const realArguments = process.argv;

beforeEach(async () => {
  vi.resetModules();
  folder = await mkdtemp(join(tmpdir(), 'likeness-electron-'));
  await mkdir(join(folder, 'out', 'renderer'), { recursive: true });
  await writeFile(join(folder, 'out', 'renderer', 'index.html'), '<title>Likeness</title>');
  process.argv = ['electron', '.', '--home', join(folder, 'home')];
  electron = await import('./test-support/electron-stand-in.ts');
  vi.doMock('electron', () => electron);
  electron.app.folder = folder;
  desk = smallDesk();
  asked = [];
  opening.open = (options) => {
    asked.push(options as DeskOptions);
    return Promise.resolve(desk);
  };
});
afterEach(async () => {
  process.argv = realArguments;
  await rm(folder, { recursive: true });
});

async function start(): Promise<StandIn.BrowserWindow> {
  await import('./index.ts');
  await expect.poll(() => electron.BrowserWindow.opened.length).toBe(1);
  return electron.BrowserWindow.opened[0]!;
}

it('opens the desk, secures the session and shows the window, in this order', async () => {
  const window = await start();
  expect(electron.app.did).toEqual(['register app', 'enable sandbox', 'when ready']);
  expect(asked).toMatchObject([{ home: join(folder, 'home'), resources: join(folder, 'resources'), host: 'electron', version: '1.2.3' }]);
  expect([...electron.session.defaultSession.set].sort()).toEqual(['devices', 'permission checks', 'permission requests', 'requests']);
  expect(window.loaded).toBe('app://likeness/');
  expect(electron.ipcMain.channels()).toEqual(['likeness:ask']);
  expect(desk.listeners.size).toBe(1);
  const page = await electron.protocol.handlers.get('app')?.(new Request('app://likeness/'));
  expect(await page?.text()).toBe('<title>Likeness</title>');
});

it('keeps what Chromium writes in the data folder, for its owner alone', async () => {
  await start();
  expect(electron.app.paths['userData']).toBe(join(folder, 'home', 'window'));
  expect((await stat(join(folder, 'home'))).mode & 0o777).toBe(0o700);
});

it('starts engines from the build', async () => {
  await start();
  asked[0]?.spawnEngine('desk');
  expect(electron.utilityProcess.forked.at(-1)?.entry).toBe(join(folder, 'out', 'main', 'engine.js'));
});

it('makes the rules hold for every page there will ever be', async () => {
  await start();
  const contents = new electron.StandInContents();
  electron.app.emit('web-contents-created', {}, contents);
  expect(contents.openHandler?.({ url: 'https://attacker.example/' })).toEqual({ action: 'deny' });
  expect(contents.prevents('will-navigate', { url: 'https://attacker.example/' })).toBe(true);
});

it('chooses folders with the system\'s dialogue', async () => {
  await start();
  const choose = (): Promise<unknown> => electron.ipcRenderer.invoke('likeness:ask', 'host.choose-folder', {});
  expect(await choose()).toEqual({ ok: true, value: null });
  electron.dialog.chosen = ['/data/faces'];
  expect(await choose()).toEqual({ ok: true, value: '/data/faces' });
});

it('closes the desk before it quits', async () => {
  await start();
  electron.app.emit('window-all-closed');
  expect(electron.app.did.at(-1)).toBe('wait before quitting');
  await expect.poll(() => electron.app.did.at(-1)).toBe('quit');
  expect(desk.isClosed()).toBe(true);
});

it('says why it could not start, and ends', async () => {
  // The class of this start: a new start of the app is a new load of its modules.
  const { RequestError } = await import('../contract/request-error.ts');
  opening.open = () => Promise.reject(new RequestError('storage', 'The data folder cannot be written.'));
  await import('./index.ts');
  await expect.poll(() => electron.app.did.at(-1)).toBe('exit 1');
  expect(electron.dialog.errors).toEqual(['Likeness could not start: The data folder cannot be written.']);
  expect(electron.BrowserWindow.opened).toEqual([]);
});

it('leaves the work to the one that is running already', async () => {
  electron.app.hasLock = false;
  await import('./index.ts');
  expect(electron.app.did).toEqual(['register app', 'enable sandbox', 'quit']);
  expect(asked).toEqual([]);
});
