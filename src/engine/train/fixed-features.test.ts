import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newestTensors, tinyRecipe, trainHere } from '../test-support/train-here.ts';
import { temporaryFolder, writePatternSubjects } from '../test-support/pictures.ts';
import { writeGraph } from '../test-support/tiny-graph.ts';
import { areFeaturesFixed } from './fixed-features.ts';

const still = { flip: 0, crop: 0, rotationDegrees: 0, brightness: 0, contrast: 0, blur: 0, occlusion: 0 };

async function graphRecipe(augmentation: object, fineTune = false) {
  const folder = await writeGraph();
  return tinyRecipe({
    backbone: { name: 'graph-model', folder, output: 'features', fineTune }, offlineMining: { everyEpochs: 2, triplets: 'both', margin: 2 },
    augmentation: { ...still, ...augmentation },
  });
}

describe('a backbone that never learns', () => {
  test('has fixed features unless pictures change in more than their sides', async () => {
    expect(areFeaturesFixed(await graphRecipe({ flip: 0.5 }))).toBe(true);
    expect(areFeaturesFixed(await graphRecipe({ crop: 0.1 }))).toBe(false);
    expect(areFeaturesFixed(await graphRecipe({}, true))).toBe(false);
    expect(areFeaturesFixed(tinyRecipe({ augmentation: still }))).toBe(false);
  });

  test('leaves the same head, mined and validated alike, as when every step looks at the pictures', async () => {
    const folder = await temporaryFolder();
    const train = await writePatternSubjects(join(folder, 'train'), { subjects: 5, pictures: 4 });
    const validation = await writePatternSubjects(join(folder, 'validation'), { subjects: 3, pictures: 3, firstSeed: 50 });
    const request = { train, validation, classNames: ['a', 'b', 'c', 'd', 'e'], resume: false };
    const recipe = await graphRecipe({});
    const quick = await trainHere({ ...request, recipe, folder: join(folder, 'quick') });
    // So faint that no grey value changes, but no promise that none does.
    const slow = await trainHere({ ...request, recipe: { ...recipe, augmentation: { ...recipe.augmentation, brightness: 1e-12 } }, folder: join(folder, 'slow') });
    expect(quick.notes.join()).toContain('the features of 29 pictures are computed once');
    expect(slow.notes.join()).not.toContain('computed once');
    expect(quick.epochs.map(({ validationEer }) => validationEer)).toEqual(slow.epochs.map(({ validationEer }) => validationEer));
    const [head, expected] = [await newestTensors(join(folder, 'quick')), await newestTensors(join(folder, 'slow'))];
    for (const name of ['embedding/matrix', 'embedding/bias']) {
      for (const [index, value] of head.get(name)!.entries()) expect(value).toBeCloseTo(expected.get(name)![index]!, 4);
    }
  });

  test('mirrors features by chance, the same ones in the same run', async () => {
    const folder = await temporaryFolder();
    const train = await writePatternSubjects(join(folder, 'train'), { subjects: 5, pictures: 4 });
    const recipe = await graphRecipe({ flip: 0.5 });
    const losses = async (name: string, seed: number): Promise<number[]> => {
      const { steps } = await trainHere({ train, validation: [], classNames: ['a', 'b', 'c', 'd', 'e'], resume: false, recipe: { ...recipe, seed }, folder: join(folder, name) });
      return steps.map(({ loss }) => loss);
    };
    const first = await losses('one', 1);
    expect(await losses('again', 1)).toEqual(first);
    expect(await losses('other', 2)).not.toEqual(first);
  });
});
