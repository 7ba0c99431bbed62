import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrainProgress, TrainRequest } from '../contract/engine-port.ts';
import { forkEngine } from './test-support/fork-engine.ts';
import type { ForkedEngine } from './test-support/fork-engine.ts';
import { temporaryFolder, writePatternSubjects } from './test-support/pictures.ts';
import { tinyRecipe } from './test-support/train-here.ts';

let request: TrainRequest;
let folder: string;
const engines: ForkedEngine[] = [];

async function start(environment?: Record<string, string>): Promise<ForkedEngine> {
  const engine = forkEngine(environment);
  engines.push(engine);
  await engine.ready;
  return engine;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  const train = await writePatternSubjects(join(folder, 'train'), { subjects: 6, pictures: 4 });
  const validation = await writePatternSubjects(join(folder, 'validation'), { subjects: 3, pictures: 3, firstSeed: 100 });
  const classNames = Array.from({ length: 6 }, (_, label) => `subject ${label}`);
  request = { recipe: tinyRecipe({ epochs: 2 }), train, validation, classNames, folder: join(folder, 'run'), resume: false };
});

afterAll(async () => {
  for (const { child } of engines) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Trains in a forked engine until `stop` is true of a progress, then does `how`. */
function trainUntil(engine: ForkedEngine, { input, stop }: { input: TrainRequest; stop: (progress: TrainProgress) => boolean }, how: (cancel: () => void) => void) {
  const call = engine.call('train', input, (progress) => { if (stop(progress)) how(call.cancel); });
  return call.answer;
}

describe('training in an engine of its own', () => {
  test('survives cancel, resume, SIGKILL and resume, and ends with the weights of a run that nobody touched', async () => {
    const untouched = await (await start()).call('train', { ...request, folder: join(folder, 'untouched') }).answer;

    const first = await start();
    const cancelled = await trainUntil(first, { input: request, stop: ({ type }) => type === 'epoch' }, (cancel) => { cancel(); });
    expect(cancelled).toMatchObject({ state: 'cancelled', epochs: 1 });

    const inSecondEpoch = (progress: TrainProgress): boolean => progress.type === 'step' && progress.step.step === 4;
    const killed = trainUntil(first, { input: { ...request, resume: true }, stop: inSecondEpoch }, () => { first.child.kill('SIGKILL'); });
    await expect(killed).rejects.toMatchObject({ code: 'engine-lost' });

    const resumed = await (await start()).call('train', { ...request, resume: true }).answer;
    expect(resumed.best!.weightsHash).toBe(untouched.best!.weightsHash);
    expect(resumed).toMatchObject({ state: 'done', epochs: 2 });
  });

  test('lets pictures through between its steps', async () => {
    const engine = await start();
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } }).png().toBuffer();
    const training = engine.call('train', { ...request, recipe: tinyRecipe({ epochs: 50, batchesPerEpoch: 20 }), folder: join(folder, 'long') });
    const rendered = await engine.call('images.render', { image: { kind: 'bytes', bytes, name: 'a.png' }, maxSide: 32 }).answer;
    expect(rendered.mimeType).toBe('image/webp');
    training.cancel();
    expect((await training.answer).state).toBe('cancelled');
  });
});

describe('an engine', () => {
  test('answers every kind of nonsense and lives', async () => {
    const engine = await start();
    await expect(engine.call('bake.bread' as never, {} as never).answer).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('bake.bread') });
    await expect(engine.call('toString' as never, {} as never).answer).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(engine.call('images.check', null as never).answer).rejects.toMatchObject({ code: 'internal' });
    await expect(engine.call('embed', { embedder: { kind: 'raw-pixels' } } as never).answer).rejects.toMatchObject({ code: 'internal' });
    for (const message of [null, 'hello', { type: 'cancel', id: 99 }, { type: 'request' }, { type: 'unheard' }]) engine.send(message);
    const checked = await engine.call('images.check', { images: [{ kind: 'bytes', bytes: new Uint8Array([1, 2, 3]), name: 'x.jpg' }] }).answer;
    expect(checked).toMatchObject([{ ok: false }]);
  });

  test('ends when its host lets go, even while it trains', async () => {
    const engine = await start();
    const began = Promise.withResolvers<undefined>();
    const training = engine.call('train', { ...request, recipe: tinyRecipe({ epochs: 500 }), folder: join(folder, 'orphan') }, () => { began.resolve(undefined); });
    training.answer.catch(() => undefined);
    await began.promise;
    engine.child.disconnect();
    expect(await engine.exited).toMatchObject({ code: 0 });
  });

  test('ends on SIGTERM', async () => {
    const engine = await start();
    engine.child.kill('SIGTERM');
    expect(await engine.exited).toMatchObject({ signal: 'SIGTERM' });
  });

  test('computes without the native library when told to, and says why', async () => {
    const engine = await start({ LIKENESS_BACKEND: 'cpu' });
    const device = await engine.call('device.measure', { remeasure: false }).answer;
    expect(device).toMatchObject({ backend: 'cpu', kind: 'cpu', command: 'unset LIKENESS_BACKEND' });
    expect(device.whyNotGpu).toContain('LIKENESS_BACKEND asks for cpu');
    const images = request.train.slice(0, 2).map(({ path }) => ({ kind: 'file' as const, path }));
    const { vectors, size } = await engine.call('embed', { embedder: { kind: 'untrained', recipe: request.recipe }, images, several: 'one', cache: null }).answer;
    expect(vectors).toHaveLength(2 * size);
  });
});

describe('embedding', () => {
  test('gives unit vectors, names the pictures that fail, and refuses weights that are not the model\'s', async () => {
    const engine = await start();
    const { best } = await engine.call('train', { ...request, folder: join(folder, 'embed') }).answer;
    const bad = join(folder, 'bad.png');
    await writeFile(bad, 'no picture');
    const images = [request.train[0]!.path, bad, '/nowhere.png'].map((path) => ({ kind: 'file' as const, path }));
    const checkpoint = { kind: 'checkpoint' as const, path: best!.path, weightsHash: best!.weightsHash, recipe: request.recipe };
    const { vectors, size, failures } = await engine.call('embed', { embedder: checkpoint, images, several: 'one', cache: null }).answer;
    expect(Math.hypot(...vectors.subarray(0, size))).toBeCloseTo(1, 5);
    expect([...vectors.subarray(size)].every((value) => value === 0)).toBe(true);
    expect(failures.map(({ index }) => index)).toEqual([1, 2]);
    const other = engine.call('embed', { embedder: { ...checkpoint, weightsHash: '0'.repeat(64) }, images, several: 'one', cache: null }).answer;
    await expect(other).rejects.toMatchObject({ code: 'no-model', message: expect.stringContaining('SHA-256') });
    const gone = engine.call('embed', { embedder: { ...checkpoint, path: '/nowhere', weightsHash: '1' }, images, several: 'one', cache: null }).answer;
    await expect(gone).rejects.toMatchObject({ code: 'no-model' });
  });
});
