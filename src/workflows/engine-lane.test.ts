import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineProcess, FromEngine, ToEngine } from '../contract/engine-port.ts';
import type { LaneState } from './engine-lane.ts';
import { Lane } from './engine-lane.ts';

/** A process whose every move the test makes. */
class Puppet implements EngineProcess {
  heard: ToEngine[] = [];
  say: (message: FromEngine) => void = () => undefined;
  end: (how: string) => void = () => undefined;
  wasKilled = false;

  post(message: ToEngine): void {
    this.heard.push(message);
  }

  onMessage(listener: (message: FromEngine) => void): void {
    this.say = listener;
  }

  onExit(listener: (how: string) => void): void {
    this.end = listener;
  }

  kill(): void {
    this.wasKilled = true;
    this.end('it was ended by SIGKILL');
  }
}

let puppets: Puppet[];
let states: [LaneState, string | null][];
let lane: Lane;

beforeEach(() => {
  vi.useFakeTimers();
  puppets = [];
  states = [];
  lane = new Lane({
    lane: 'desk',
    spawn: () => {
      const puppet = new Puppet();
      puppets.push(puppet);
      return puppet;
    },
    onState: (state, message) => states.push([state, message]),
  });
});
afterEach(() => vi.useRealTimers());

const ask = (signal?: AbortSignal, onProgress?: (progress: unknown) => void): Promise<unknown> =>
  lane.call('device.measure', { remeasure: false }, { ...(signal && { signal }), ...(onProgress && { onProgress: onProgress as never }) });
const outcome = (asked: Promise<unknown>): Promise<unknown> => asked.then((value) => value, (error: Error & { code?: string }) => error);

describe('a lane', () => {
  it('starts its engine on the first call, and answers calls with what it says', async () => {
    expect(puppets).toHaveLength(0);
    const progress: unknown[] = [];
    const asked = ask(undefined, (now) => progress.push(now));
    const [engine] = puppets as [Puppet];
    expect(engine.heard).toEqual([]);
    engine.say({ type: 'ready' });
    expect(engine.heard).toEqual([{ type: 'request', id: 1, operation: 'device.measure', input: { remeasure: false } }]);
    engine.say({ type: 'progress', id: 1, progress: 5 });
    engine.say({ type: 'done', id: 1, value: 'measured' });
    expect(await asked).toBe('measured');
    expect(progress).toEqual([5]);
    expect(states).toEqual([['starting', null], ['ready', null]]);
  });

  it('passes on what is meant for the user, and shows everything else as the bug it is', async () => {
    lane.start();
    puppets[0]!.say({ type: 'ready' });
    const [refused, broken] = [outcome(ask()), outcome(ask())];
    puppets[0]!.say({ type: 'failed', id: 1, code: 'bad-image', message: 'It is blank.', stack: null });
    puppets[0]!.say({ type: 'failed', id: 2, code: 'internal', message: 'x is undefined', stack: 'at embed.ts:3' });
    expect(await refused).toMatchObject({ name: 'RequestError', code: 'bad-image', message: 'It is blank.' });
    expect(await broken).toMatchObject({ name: 'Error', message: 'x is undefined', stack: 'at embed.ts:3' });
  });

  it('rejects the calls in flight when the engine dies, in words, and starts another', async () => {
    lane.start();
    puppets[0]!.say({ type: 'ready' });
    const asked = outcome(ask());
    puppets[0]!.end('it was ended by SIGSEGV');
    expect(await asked).toMatchObject({ code: 'engine-lost', message: expect.stringMatching(/ended unexpectedly: it was ended by SIGSEGV.*being started again/) });
    const later = ask();
    await vi.advanceTimersByTimeAsync(100);
    expect(puppets).toHaveLength(2);
    puppets[1]!.say({ type: 'ready' });
    puppets[1]!.say({ type: 'done', id: 2, value: 'after' });
    expect(await later).toBe('after');
    expect(states.map(([state]) => state)).toEqual(['starting', 'ready', 'restarting', 'ready']);
  });

  it('keeps the calls that had not reached the engine for the next one', async () => {
    const waiting = ask();
    puppets[0]!.end('it exited with code 1');
    await vi.advanceTimersByTimeAsync(100);
    puppets[1]!.say({ type: 'ready' });
    puppets[1]!.say({ type: 'done', id: 1, value: 'second' });
    expect(await waiting).toBe('second');
  });

  it('backs off, gives up after six crashes, says so, and tries again half a minute later', async () => {
    lane.start();
    const waiting = outcome(ask());
    for (const wait of [100, 500, 1000, 2000, 4000]) {
      puppets.at(-1)!.end('it exited with code 1');
      const before = puppets.length;
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(puppets).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(puppets).toHaveLength(before + 1);
    }
    puppets.at(-1)!.end('it exited with code 1');
    expect(states.at(-1)).toEqual(['lost', expect.stringMatching(/kept ending and is not started again by itself.*likeness doctor/)]);
    expect(await waiting).toMatchObject({ code: 'engine-lost' });
    expect(await outcome(ask())).toMatchObject({ code: 'engine-lost', message: expect.stringMatching(/is not running/) });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(puppets).toHaveLength(6);
    const revived = ask();
    puppets[6]!.say({ type: 'ready' });
    puppets[6]!.say({ type: 'done', id: puppets[6]!.heard[0]!.id, value: 'alive' });
    expect(await revived).toBe('alive');
  });

  it('forgives crashes that are long past', async () => {
    lane.start();
    for (let crash = 0; crash < 20; crash++) {
      puppets.at(-1)!.say({ type: 'ready' });
      await vi.advanceTimersByTimeAsync(40_000);
      puppets.at(-1)!.end('it exited with code 1');
      await vi.advanceTimersByTimeAsync(4000);
    }
    expect(states.some(([state]) => state === 'lost')).toBe(false);
  });

  it('asks the engine to stop, and ends it when it does not listen', async () => {
    lane.start();
    puppets[0]!.say({ type: 'ready' });
    const [kind, deaf] = [new AbortController(), new AbortController()];
    const stopping = ask(kind.signal);
    kind.abort();
    expect(puppets[0]!.heard.at(-1)).toEqual({ type: 'cancel', id: 1 });
    puppets[0]!.say({ type: 'done', id: 1, value: 'stopped' });
    expect(await stopping).toBe('stopped');
    const ignored = outcome(ask(deaf.signal));
    deaf.abort();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(puppets[0]!.wasKilled).toBe(true);
    expect(await ignored).toMatchObject({ code: 'engine-lost' });
  });

  it('answers whoever cannot take the progress with just that, and stops the engine', async () => {
    lane.start();
    puppets[0]!.say({ type: 'ready' });
    const full = new Error('The disk is full.');
    const asked = outcome(ask(undefined, () => {
      throw full;
    }));
    puppets[0]!.say({ type: 'progress', id: 1, progress: 5 });
    expect(await asked).toBe(full);
    expect(puppets[0]!.heard.at(-1)).toEqual({ type: 'cancel', id: 1 });
  });

  it('does not begin what was cancelled before', async () => {
    lane.start();
    puppets[0]!.say({ type: 'ready' });
    expect(await outcome(ask(AbortSignal.abort()))).toMatchObject({ code: 'cancelled' });
    expect(puppets[0]!.heard).toEqual([]);
  });

  it('ends its engine when it is closed, and starts no other', async () => {
    lane.start();
    puppets[0]!.say({ type: 'ready' });
    const asked = outcome(ask());
    lane.close();
    expect(puppets[0]!.wasKilled).toBe(true);
    expect(await asked).toMatchObject({ code: 'engine-lost', message: expect.stringMatching(/closed/) });
    expect(await outcome(ask())).toMatchObject({ code: 'engine-lost' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(puppets).toHaveLength(1);
  });
});
