import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { recipeSchema } from '../../contract/recipe/recipe.ts';
import { embed } from '../embed/embed.ts';
import { loadSamples } from '../pipeline/load-samples.ts';
import { allOf } from '../test-support/all-of.ts';
import { temporaryFolder } from '../test-support/pictures.ts';
import { trainHere } from '../test-support/train-here.ts';
import { cacheFolder } from '../text/encoder-folder.ts';
import { loadFaceModels } from './face-models.ts';
import { writePretrained } from './write-pretrained.ts';

const hasModels = existsSync(join(cacheFolder(), 'face-models', 'models.json'));
const faces = join(import.meta.dirname, '../../../resources/demo/faces');
const picture = (who: number, which: number): string => join(faces, `person-0${who}`, `0${which}.png`);
const work = { report: () => undefined, signal: new AbortController().signal };

const recipe = recipeSchema.parse({
  input: { width: 112, height: 112, channels: 3, pipeline: 'face', mirror: false }, backbone: { name: 'pretrained-face', head: false }, embeddingSize: 192, loss: { name: 'multi-similarity' },
});

describe.skipIf(!hasModels)(`the pretrained embedder as a model${hasModels ? '' : ' (skipped: the face models are not installed; likeness setup)'}`, () => {
  test('embeds as the face models themselves do, and its file is the same each time', async () => {
    const path = join(await temporaryFolder(), 'pretrained.safetensors');
    const { weightsHash } = (await writePretrained({ path, recipe }))!;
    expect(await writePretrained({ path, recipe })).toEqual({ weightsHash });
    const images = [1, 2].map((which) => ({ kind: 'file' as const, path: picture(1, which) }));
    const { vectors, size, samples } = await embed({ embedder: { kind: 'checkpoint', path, weightsHash, recipe }, images, several: 'one', cache: null }, work);
    expect([size, samples.map(({ image, seen }) => [image, seen])]).toEqual([192, [[0, 1], [1, 1]]]);
    const models = await loadFaceModels();
    for (const [row, loaded] of (await allOf(loadSamples(images, { input: recipe.input, several: 'one', cacheOf: () => null }))).entries()) {
      if ('reason' in loaded) throw new Error(loaded.reason);
      const expected = tf.tidy(() => models.embed(tf.tensor4d(loaded.samples[0]!.pixels, [1, 112, 112, 3], 'float32')).dataSync<'float32'>());
      const cosine = expected.reduce((sum, value, index) => sum + value * vectors[row * size + index]!, 0);
      expect(cosine).toBeGreaterThan(0.9999);
    }
  });

  test('takes a head that learns on features computed once, and keeps the crops where it is told to', async () => {
    const folder = await temporaryFolder();
    const crops = join(folder, 'crops');
    await mkdir(crops);
    const samplesOf = (people: number[]) => people.flatMap((who, label) => [1, 2, 3].map((which) => ({ path: picture(who, which), label, metadata: {} })));
    const augmentation = { flip: 0.5, crop: 0, rotationDegrees: 0, brightness: 0, contrast: 0, blur: 0, occlusion: 0 };
    const head = recipeSchema.parse({ ...recipe, backbone: { name: 'pretrained-face' }, augmentation, epochs: 2, batchesPerEpoch: 2, sampler: { name: 'm-per-class', classesPerBatch: 3, samplesPerClass: 3 } });
    const request = { recipe: head, train: samplesOf([1, 2, 3]), validation: samplesOf([4, 5]), classNames: ['a', 'b', 'c'], folder: join(folder, 'run'), resume: false, caches: [crops] };
    const told = await trainHere(request);
    expect(told.outcome.state).toBe('done');
    expect(told.notes.join()).toContain('the features of 15 pictures are computed once');
    expect(told.outcome.best!.validationEer).toBeLessThan(0.1);
    expect((await readdir(crops, { recursive: true })).filter((name) => name.endsWith('.crops'))).toHaveLength(15);
  });
});
