import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recipeSchema } from '../../contract/recipe/recipe.ts';
import type { RecipeInput } from '../../contract/recipe/recipe.ts';
import { embed } from '../embed/embed.ts';
import { temporaryFolder } from '../test-support/pictures.ts';
import { trainHere } from '../test-support/train-here.ts';
import { cacheFolder } from '../text/encoder-folder.ts';
import { beginsTrained } from './keep-start.ts';

const hasModels = existsSync(join(cacheFolder(), 'face-models', 'models.json'));
const faces = join(import.meta.dirname, '../../../resources/demo/faces');

const pretrained = (changes: Partial<RecipeInput> = {}) => recipeSchema.parse({
  input: { width: 112, height: 112, channels: 3, pipeline: 'face' }, backbone: { name: 'pretrained-face' }, embeddingSize: 192, loss: { name: 'multi-similarity' },
  augmentation: { flip: 0, crop: 0, rotationDegrees: 0, brightness: 0, contrast: 0, blur: 0, occlusion: 0 },
  sampler: { name: 'm-per-class', classesPerBatch: 3, samplesPerClass: 2 }, epochs: 1, batchesPerEpoch: 2, ...changes,
});

/** Two photos of each of these people of the demo. */
const samplesOf = (first: number, count: number) => Array.from({ length: count }, (_, label) => ['01', '02'].map((photo) => ({
  path: join(faces, `person-${String(first + label).padStart(2, '0')}`, `${photo}.png`), label, metadata: {},
}))).flat();

describe('a network that embeds well before it learns', () => {
  test('is the pretrained embedder, also with a layer that begins as one that changes nothing', () => {
    expect(beginsTrained(pretrained())).toBe(true);
    expect(beginsTrained(pretrained({ backbone: { name: 'pretrained-face', head: false, fineTune: true } }))).toBe(true);
    expect(beginsTrained(pretrained({ embeddingSize: 64 }))).toBe(false);
    expect(beginsTrained(recipeSchema.parse({ loss: { name: 'multi-similarity' } }))).toBe(false);
  });

  test.skipIf(!hasModels)(`stays the model when what it learns is worse${hasModels ? '' : ' (skipped: the face models are not installed; likeness setup --faces)'}`, async () => {
    const folder = await temporaryFolder();
    // Steps so large that the layer forgets everything.
    const recipe = pretrained({ optimizer: { name: 'adam', learningRate: 5 } });
    const { outcome, epochs, notes } = await trainHere({ recipe, train: samplesOf(1, 3), validation: samplesOf(4, 4), classNames: ['a', 'b', 'c'], resume: false, folder });
    expect(notes.join()).toMatch(/As it begins, the network has a validation EER of .* stays the model unless/);
    expect(epochs.map(({ kept }) => kept)).toEqual([false]);
    expect(outcome.best!.epoch).toBe(-1);
    const [image] = samplesOf(1, 1);
    const embedded = async (source: Parameters<typeof embed>[0]['embedder']): Promise<number[]> => {
      const { vectors } = await embed({ embedder: source, images: [{ kind: 'file', path: image!.path }], several: 'one', cache: null }, { signal: new AbortController().signal, report: () => undefined });
      return [...vectors];
    };
    const { path, weightsHash } = outcome.best!;
    const kept = await embedded({ kind: 'checkpoint', recipe, path, weightsHash });
    const asItWas = await embedded({ kind: 'untrained', recipe: pretrained({ backbone: { name: 'pretrained-face', head: false } }) });
    for (const [index, value] of kept.entries()) expect(value).toBeCloseTo(asItWas[index]!, 4);
  });
});
