import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { superviseEngines } from './engine-supervisor.ts';
import { forkEngine } from './fork-engine.ts';

const echo = join(import.meta.dirname, 'test-support', 'echo-engine.ts');

describe('an engine in a forked process', () => {
  it('hears typed arrays as typed arrays, and dies with a sentence while another takes over', async () => {
    const states: string[] = [];
    const engine = superviseEngines({ startsAtOnce: true, spawnEngine: () => forkEngine(echo), onState: (state) => states.push(state) });
    const vectors = new Float32Array([0.5, -1]);
    const load = { finger: null, base: null, revision: 'r', subjectIds: ['a'], size: 2, vectors, removed: [] };
    expect(await engine.call('gallery.update', load)).toEqual(load);
    await expect(engine.call('device.measure', { remeasure: true })).rejects.toMatchObject({
      code: 'engine-lost', message: expect.stringMatching(/it exited with code 7 \(Segmentation fault in the kernel\)/),
    });
    expect(engine.state()).toBe('restarting');
    expect(await engine.call('gallery.update', load)).toEqual(load);
    expect(await engine.call('gallery.update', load, { lane: 'batch' })).toEqual(load);
    expect(states).toContain('restarting');
    expect(engine.state()).toBe('ready');
    engine.close();
    await expect(engine.call('gallery.update', load)).rejects.toMatchObject({ code: 'engine-lost' });
  });

  it('whose file is not there ends with a reason', async () => {
    const how = await new Promise<string>((resolve) => forkEngine(join(import.meta.dirname, 'nowhere.ts')).onExit(resolve));
    expect(how).toMatch(/exited with code 1/);
  });
});
