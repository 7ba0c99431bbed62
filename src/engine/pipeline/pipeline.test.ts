import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { ImageSource } from '../../contract/engine-port.ts';
import { inputSchema } from '../../contract/recipe/network.ts';
import { loadFaceModels } from '../face/face-models.ts';
import { loadPixels } from '../images/load-pixels.ts';
import { allOf } from '../test-support/all-of.ts';
import { temporaryFolder } from '../test-support/pictures.ts';
import { cacheFolder } from '../text/encoder-folder.ts';
import { chooseSamples } from './choose-samples.ts';
import { openCropCache } from './crop-cache.ts';
import { loadSamples } from './load-samples.ts';
import type { LoadedSample, LoadOptions } from './load-samples.ts';
import type { PipelineSample } from './pipeline.ts';

const hasModels = existsSync(join(cacheFolder(), 'face-models', 'models.json'));
if (!hasModels) console.warn('Not tested here: faces through the pipeline, because the face models are not installed (npm run likeness -- setup).');

const demoFaces = join(import.meta.dirname, '../../../resources/demo/faces');
const aligned = inputSchema.parse({ width: 112, height: 112, channels: 3, pipeline: 'face' });

async function loadOne(source: ImageSource, options: LoadOptions): Promise<LoadedSample[]> {
  const [loaded] = await allOf(loadSamples([source], options));
  if ('reason' in loaded!) throw new Error(loaded.reason);
  return loaded!.samples;
}

/** Two people beside each other, the first three times as large, on grey. */
async function twoFaces(): Promise<string> {
  const [one, other] = await Promise.all([
    sharp(join(demoFaces, 'person-01/01.png')).resize(276).png().toBuffer(),
    sharp(join(demoFaces, 'person-02/01.png')).resize(138).png().toBuffer(),
  ]);
  const path = join(await temporaryFolder(), 'two.png');
  await sharp({ create: { width: 640, height: 480, channels: 3, background: '#777' } })
    .composite([{ input: one, left: 40, top: 60 }, { input: other, left: 420, top: 120 }]).png().toFile(path);
  return path;
}

describe('several samples in a picture', () => {
  const face = { noun: 'face', advice: 'choose another' };
  test('are never chosen from silently', () => {
    expect(() => chooseSamples([], 'largest', face)).toThrow('no face was found in it; choose another');
    expect(() => chooseSamples(['big', 'small'], 'one', face)).toThrow('2 faces were found in it, and one is required');
    expect(() => chooseSamples(['big', 'small'], 'one', { noun: 'finger', advice: '' })).toThrow('one is required; crop it to the finger, or take the largest, or say that it is a whole hand');
    expect(chooseSamples(['big', 'small'], 'largest', face)).toEqual(['big']);
    expect(chooseSamples(['big', 'small'], 'all', face)).toEqual(['big', 'small']);
  });
});

describe('without a pipeline', () => {
  test('the centre of the picture is the sample, as it was before there were any', async () => {
    const source = { kind: 'file', path: join(demoFaces, 'person-01/01.png') } as const;
    const input = inputSchema.parse({});
    const [sample, ...others] = await loadOne(source, { input, several: 'one', cacheOf: () => null });
    expect(others).toEqual([]);
    expect(sample).toEqual({ label: 'picture', measures: {}, quality: null, seen: 1, embedding: null, pixels: await loadPixels(source, input) });
  });
});

describe.skipIf(!hasModels)('the face pipeline', () => {
  test('gives an aligned face with its quality, in the size and colours that the network wants', async () => {
    const source = { kind: 'file', path: join(demoFaces, 'person-01/01.png') } as const;
    const [sample] = await loadOne(source, { input: aligned, several: 'one', cacheOf: () => null });
    expect(sample).toMatchObject({ label: 'face 1', seen: 1, quality: { score: expect.any(Number) }, measures: { box: expect.anything() } });
    expect(sample!.pixels).toHaveLength(112 * 112 * 3);
    const [small] = await loadOne(source, { input: { ...aligned, width: 56, height: 56, channels: 1 }, several: 'one', cacheOf: () => null });
    expect(small!.pixels).toHaveLength(56 * 56);
  });

  test('says how many faces it saw, and gives the largest first', async () => {
    const source = { kind: 'file', path: await twoFaces() } as const;
    await expect(loadOne(source, { input: aligned, several: 'one', cacheOf: () => null })).rejects.toThrow('2 faces were found in it, and one is required');
    const all = await loadOne(source, { input: aligned, several: 'all', cacheOf: () => null });
    expect(all.map(({ label, seen }) => [label, seen])).toEqual([['face 1', 2], ['face 2', 2]]);
    const [largest] = await loadOne(source, { input: aligned, several: 'largest', cacheOf: () => null });
    expect(largest!.pixels).toEqual(all[0]!.pixels);
  });

  test('looks at a picture once where a folder keeps its crops, by what the picture holds and not by its name', async () => {
    const folder = await temporaryFolder();
    const cache = join(folder, 'cache');
    const bytes = await readFile(join(demoFaces, 'person-01/01.png'));
    const first = await loadOne({ kind: 'bytes', bytes, name: 'a.png' }, { input: aligned, several: 'one', cacheOf: () => cache });
    // Whatever looks at a photo needs the models; a kept crop does not.
    const models = await loadFaceModels();
    const detector = models.detector;
    models.detector = () => { throw new Error('The detector was asked again.'); };
    const again = await loadOne({ kind: 'bytes', bytes, name: 'renamed.png' }, { input: aligned, several: 'one', cacheOf: () => cache });
    models.detector = detector;
    expect(again).toEqual(first);
    expect((await stat(cache)).mode & 0o777).toBe(0o700);
  });
});

describe.skipIf(!hasModels)('many photos', () => {
  const photoOf = async (face: string, width: number): Promise<Buffer> => {
    const input = await sharp(join(demoFaces, face)).resize(width).toBuffer();
    return sharp({ create: { width: 400, height: 500, channels: 3, background: '#8a9299' } }).composite([{ input, gravity: 'centre' }]).jpeg().toBuffer();
  };

  test('give what each gives alone, in their order, and a damaged one says why', async () => {
    const bytes = [await photoOf('person-01/01.png', 200), Buffer.from('no photo'), await photoOf('person-02/01.png', 140)];
    const sources = Array.from({ length: 20 }, (_, index) => ({ kind: 'bytes' as const, bytes: bytes[index % 3]!, name: `${index}.jpg` }));
    const options = { input: aligned, several: 'all', cacheOf: () => null } as const;
    const together = await allOf(loadSamples(sources, options));
    expect(together).toHaveLength(20);
    for (const [index, found] of together.entries()) {
      if (index % 3 === 1) {
        expect(found).toMatchObject({ reason: expect.stringContaining('not a picture') });
        continue;
      }
      const [alone] = await loadOne(sources[index % 3]!, options);
      const [one, ...others] = 'samples' in found ? found.samples : [];
      expect(others).toEqual([]);
      expect(one!.embedding!.vector.reduce((sum, value, at) => sum + value * alone!.embedding!.vector[at]!, 0)).toBeGreaterThan(0.999);
      expect(one!.quality!.score).toBeCloseTo(alone!.quality!.score, -1);
    }
  });
});

describe('the cache of crops', () => {
  const sample: PipelineSample = { label: 'face 1', measures: { box: { left: 1 } }, quality: { score: 5, reasons: ['blurred'], components: {} }, crop: { width: 2, height: 1, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) }, embedding: { graphHash: 'ab', vector: Float32Array.of(0.6, 0.8) } };

  test('gives back what was put in, also that nothing was found, and knows nothing else', async () => {
    const cache = openCropCache(await temporaryFolder());
    const bare = { ...sample, embedding: null };
    await cache.put('aa-1', [sample, bare]);
    await cache.put('bb-1', []);
    expect(await cache.get('aa-1')).toEqual([sample, bare]);
    expect(await cache.get('bb-1')).toEqual([]);
    expect(await cache.get('aa-2')).toBeNull();
  });

  test('takes no more when it is full', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'aa'));
    await writeFile(join(folder, 'aa', 'older'), new Uint8Array(900));
    const cache = openCropCache(folder, 1000);
    await cache.put('bb-1', [sample]);
    expect(await cache.get('bb-1')).toBeNull();
    expect(await readdir(folder)).toEqual(['aa']);
  });

  test('does not believe a file that was cut short', async () => {
    const folder = await temporaryFolder();
    const cache = openCropCache(folder);
    await cache.put('aa-1', [sample]);
    const file = join(folder, 'aa', 'aa-1.crops');
    await writeFile(file, (await readFile(file)).subarray(0, -1));
    expect(await cache.get('aa-1')).toBeNull();
  });
});
