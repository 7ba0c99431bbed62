import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { engineSteps, prepare, recall } from './prepare.mjs';
import { readStep, recordFile } from './prepare/record.mjs';
import { scratchSetup } from './prepare/scratch-setup.ts';
import type { Outcome, Setup, Step } from './prepare/setup.mjs';
import { stagingFolder, swapIn } from './prepare/staging.mjs';
import { tensorflowStep } from './prepare/tensorflow.mjs';

const place = (setup: Setup) => join(setup.cache, 'thing');

/** A step that writes a folder in two goes; with `hang` it never comes to the second. */
function fakeStep(outcome: Outcome, inputs = 'inputs'): Step & { runs: number } {
  const step = {
    name: 'binding' as const,
    title: 'a fake step',
    runs: 0,
    inputs: () => inputs,
    isReady: (setup: Setup) => existsSync(place(setup)),
    run: async (setup: Setup) => {
      step.runs += 1;
      if (outcome.state !== 'ready') return outcome;
      const folder = join(stagingFolder(setup, 'fake'), 'finished');
      mkdirSync(folder);
      writeFileSync(join(folder, 'file'), 'whole');
      swapIn(setup, folder, place(setup));
      return outcome;
    },
  };
  return step;
}

/** Another process that has written half of a step's folder, and holds the lock. */
async function halfWay(setup: Setup) {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const child = spawn(process.execPath, ['--input-type=module', '-e', `
    import { mkdirSync, writeFileSync } from 'node:fs';
    const { createSetup } = await import(${url('./prepare/setup.mjs')});
    const { stagingFolder } = await import(${url('./prepare/staging.mjs')});
    const { prepare } = await import(${url('./prepare.mjs')});
    const run = async (setup) => {
      writeFileSync(stagingFolder(setup, 'fake') + '/half', 'ha');
      console.log('half way');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    };
    const step = { name: 'binding', title: 'a fake step', inputs: () => '', isReady: () => false, run };
    await prepare(createSetup({ root: ${JSON.stringify(setup.root)} }), [step]);
  `], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return (await once(child, 'exit'))[1];
  };
}

const staged = (setup: Setup) => (existsSync(join(setup.cache, 'staging')) ? readdirSync(join(setup.cache, 'staging')) : []);

test('a set-up killed in the middle leaves nothing half installed, and the next one does it whole', async () => {
  const { setup } = scratchSetup();
  const kill = await halfWay(setup);
  expect(staged(setup)).toHaveLength(1);
  await kill('SIGKILL');
  expect(existsSync(place(setup))).toBe(false);
  expect(await prepare(setup, [fakeStep({ state: 'ready', detail: 'there' })])).toEqual([]);
  expect(readFileSync(join(place(setup), 'file'), 'utf8')).toBe('whole');
  expect(staged(setup)).toEqual([]);
  expect(existsSync(join(setup.cache, 'setup.lock'))).toBe(false);
});

test('a set-up asked to stop dies of that signal, and takes its lock and its half work along', async () => {
  const { setup } = scratchSetup();
  const kill = await halfWay(setup);
  expect(existsSync(join(setup.cache, 'setup.lock'))).toBe(true);
  expect(await kill('SIGTERM')).toBe('SIGTERM');
  expect(staged(setup)).toEqual([]);
  expect(existsSync(join(setup.cache, 'setup.lock'))).toBe(false);
});

test('a step that is ready is not run and takes no lock', async () => {
  const { setup, said } = scratchSetup();
  const step = fakeStep({ state: 'ready', detail: 'there' });
  await prepare(setup, [step]);
  const sentences = said.length;
  writeFileSync(join(setup.cache, 'setup.lock'), JSON.stringify({ pid: process.pid, startedAt: null }));
  await prepare(setup, [step]);
  expect(step.runs).toBe(1);
  expect(said).toHaveLength(sentences);
});

test('a fallback is remembered and recalled, until its inputs change or it is asked for', async () => {
  const { setup, said } = scratchSetup();
  const outcome = { state: 'fallback', detail: 'a lesser way', reason: 'no luck', command: 'try' } as const;
  const step = fakeStep(outcome);
  const [first] = await prepare(setup, [step]);
  expect(first).toMatchObject({ ...outcome, isNews: true });
  const again = await prepare(setup, [step]);
  expect(step.runs).toBe(1);
  recall(setup, again);
  expect(said.at(-1)).toBe('binding: a lesser way, because no luck. To change it: try\n');
  await prepare({ ...setup, force: true }, [step]);
  expect(step.runs).toBe(2);
  const changed = fakeStep(outcome, 'other inputs');
  await prepare(setup, [changed]);
  expect(changed.runs).toBe(1);
});

test('a fallback is questioned again after a day', async () => {
  const { setup } = scratchSetup();
  const step = fakeStep({ state: 'fallback', detail: 'a lesser way' });
  await prepare(setup, [step]);
  const record = JSON.parse(readFileSync(recordFile(setup), 'utf8'));
  record.steps[0].at = new Date(Date.now() - 25 * 3600_000).toISOString();
  writeFileSync(recordFile(setup), JSON.stringify(record));
  await prepare(setup, [step]);
  expect(step.runs).toBe(2);
});

test('a failure without which nothing runs is tried at every start', async () => {
  const { setup } = scratchSetup();
  const step = fakeStep({ state: 'failed', detail: 'nothing', reason: 'no network' });
  await prepare(setup, [step]);
  await prepare(setup, [step]);
  expect(step.runs).toBe(2);
});

test('without Python on the PATH the fallback and its reason stand in setup.json', async () => {
  const { setup } = scratchSetup({ PATH: '' });
  const lacking = await prepare(setup, engineSteps);
  expect(lacking.map((step) => step.name)).toEqual(['gpu', 'tensorflow', 'binding', 'search', 'threads', 'face-models']);
  const record = JSON.parse(readFileSync(recordFile(setup), 'utf8'));
  expect(record).toMatchObject({ schema: 1, platform: 'linux-x64' });
  expect(readStep(setup, 'tensorflow')).toMatchObject({ state: 'fallback', reason: 'python3 is not on the PATH', command: expect.stringContaining('python3') });
  expect(readStep(setup, 'binding')).toMatchObject({ state: 'fallback', detail: expect.stringContaining('WebAssembly') });
  expect(readStep(setup, 'search')).toMatchObject({ state: 'fallback', reason: 'no C++ compiler (g++, clang++) is on the PATH', detail: expect.stringContaining('plain JavaScript') });
});

test('a Python that appears on the PATH makes the set-up look again', () => {
  const { setup } = scratchSetup({ PATH: '' });
  const before = tensorflowStep.inputs(setup);
  const bin = join(setup.root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'python3'), '');
  chmodSync(join(bin, 'python3'), 0o755);
  expect(tensorflowStep.inputs({ ...setup, env: { PATH: bin } })).not.toBe(before);
});
