import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { BrowserWindow as RealWindow, IpcMain, WebFrameMain } from 'electron';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DeskEvent } from '../contract/events.ts';
import type { Fault } from '../contract/wire/answer.ts';
import type { ElectronBridge } from '../contract/wire/ports.ts';
import { smallDesk } from '../contract/wire/test-support/small-desk.ts';
import { openAskChannel, passEvents } from './ask-channel.ts';
import * as electron from './test-support/electron-stand-in.ts';

const desk = smallDesk();
const faults: Fault[] = [];
let bridge: ElectronBridge;

beforeAll(async () => {
  openAskChannel(electron.ipcMain as unknown as Pick<IpcMain, 'handle'>, {
    handlers: desk.handlers, permit: () => undefined,
    reportFault: (fault) => faults.push(fault),
    chooseFolder: () => Promise.resolve('/home/ann/faces'),
  });
  await runPreload();
  bridge = electron.exposed.get('likeness') as ElectronBridge;
});

/** As Electron's sandbox runs it: one CommonJS file that can require nothing but electron. */
async function runPreload(): Promise<void> {
  const source = await readFile(join(import.meta.dirname, '../preload/index.ts'), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const require = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`A sandboxed preload script cannot require ${name}`);
    return electron;
  };
  runInNewContext(outputText, { require, exports: {}, encodeURIComponent, String, Error });
}

describe('the window behind its preload script', () => {
  it('sees one object, whose functions are all there is', () => {
    expect([...electron.exposed.keys()]).toEqual(['likeness']);
    expect(Object.keys(bridge).sort()).toEqual(['ask', 'chooseFolder', 'host', 'imageUrl', 'onEvent']);
    expect(bridge.host).toBe('electron');
    expect(electron.ipcMain.channels()).toEqual(['likeness:ask']);
  });

  it('asks with bytes and hears the answer', async () => {
    const reply = await bridge.ask('images.put', { fileName: 'a.png', bytes: Uint8Array.of(9, 8, 7) });
    expect(reply).toEqual({ ok: true, value: { imageId: 'img-3-9', width: 1, height: 1, format: 'a.png' } });
  });

  it('hears refusals as data, and of bugs only that they happened', async () => {
    expect(await bridge.ask('datasets.get', { datasetId: 'x' })).toEqual({ ok: false, code: 'not-found', message: 'There is no dataset x.' });
    expect(await bridge.ask('datasets.get', {})).toMatchObject({ ok: false, code: 'invalid-input' });
    expect(await bridge.ask('__proto__', {})).toMatchObject({ ok: false, code: 'not-found' });
    expect(JSON.stringify(await bridge.ask('jobs.list', {}))).not.toContain('secret');
    expect(faults).toMatchObject([{ request: 'jobs.list' }]);
  });

  it('chooses a folder over the same channel', async () => {
    expect(await bridge.chooseFolder()).toBe('/home/ann/faces');
  });

  it('names pictures by their id', () => {
    expect(bridge.imageUrl('image:1/../2', 64)).toBe('app://likeness/images/image%3A1%2F..%2F2?size=64');
  });

  it('is refused from any other frame', async () => {
    const frames = [null, { url: 'https://attacker.example/', parent: null }, { url: 'app://likeness/', parent: {} }];
    for (const frame of frames) {
      electron.sender.frame = frame as WebFrameMain | null;
      expect(await bridge.ask('datasets.list', {})).toMatchObject({ ok: false, code: 'not-allowed' });
      await expect(bridge.chooseFolder()).rejects.toThrow('only its own window');
    }
    electron.sender.frame = electron.ownFrame;
    expect(await bridge.ask('datasets.list', {})).toEqual({ ok: true, value: [] });
  });
});

it('passes events to the window until it is closed', () => {
  const window = new electron.BrowserWindow({});
  passEvents(desk, window as unknown as RealWindow);
  const heard: DeskEvent[] = [];
  const stop = bridge.onEvent((event) => heard.push(event));
  const event: DeskEvent = { type: 'changed', topic: 'runs' };
  desk.tell(event);
  stop();
  desk.tell({ type: 'changed', topic: 'models' });
  expect(heard).toEqual([event]);
  window.close();
  expect(desk.listeners.size).toBe(0);
});
