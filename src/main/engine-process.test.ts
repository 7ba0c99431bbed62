import { expect, it, vi } from 'vitest';
import type { FromEngine } from '../contract/engine-port.ts';
import * as electron from './test-support/electron-stand-in.ts';
import { startEngineProcess } from './engine-process.ts';

vi.mock('electron', () => import('./test-support/electron-stand-in.ts'));

function start(): { engine: ReturnType<typeof startEngineProcess>; child: electron.StandInUtilityProcess } {
  const engine = startEngineProcess('/app/out/main/engine.js', 'batch');
  return { engine, child: electron.utilityProcess.forked.at(-1)!.child };
}

it('starts the built engine as a named utility process', () => {
  start();
  expect(electron.utilityProcess.forked.at(-1)).toMatchObject({ entry: '/app/out/main/engine.js', options: { serviceName: 'Likeness engine (batch)' } });
});

it('carries messages both ways, typed arrays as they are', () => {
  const { engine, child } = start();
  const heard: FromEngine[] = [];
  engine.onMessage((message) => heard.push(message));
  engine.post({ type: 'request', id: 1, operation: 'gallery.search', input: { probe: Float32Array.of(0.5, 1) } });
  expect(child.posted).toEqual([{ type: 'request', id: 1, operation: 'gallery.search', input: { probe: Float32Array.of(0.5, 1) } }]);
  child.emit('message', { type: 'ready' });
  expect(heard).toEqual([{ type: 'ready' }]);
});

it('says once how it ended, with its last words, and posts nothing to the dead', () => {
  const { engine, child } = start();
  const ends: string[] = [];
  engine.onExit((how) => ends.push(how));
  child.stderr.emit('data', Buffer.from('first line\nFatal: out of memory\n'));
  child.emit('exit', 134);
  child.emit('exit', 134);
  expect(ends).toEqual(['it exited with code 134 (Fatal: out of memory)']);
  engine.post({ type: 'cancel', id: 1 });
  expect(child.posted).toEqual([]);
});

it('ends when it is killed', () => {
  const { engine } = start();
  const ends: string[] = [];
  engine.onExit((how) => ends.push(how));
  engine.kill();
  expect(ends).toEqual(['it exited with code 0']);
});
