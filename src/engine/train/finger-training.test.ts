import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, writePatternSubjects } from '../test-support/pictures.ts';
import { tinyRecipe, trainHere } from '../test-support/train-here.ts';

test('the flow of ridges with a layer that learns is trained in two branches, across the sensors', async () => {
  const folder = await temporaryFolder();
  const samples = await writePatternSubjects(join(folder, 'train'), { subjects: 6, pictures: 4 });
  const ofTwoSensors = samples.map((sample, index) => ({ ...sample, metadata: { sensor: index % 2 === 0 ? 'phone' : 'contact' } }));
  const recipe = tinyRecipe({
    modality: 'finger', backbone: { name: 'ridge-flow' }, sampler: { name: 'two-branch', classesPerBatch: 4 }, epochs: 3, batchesPerEpoch: 10,
    augmentation: { flip: 0, tiltDegrees: 20, scale: 0.1, distortion: 0.02, defocus: 0.2, glare: 0.2, tone: 0.3 },
  });
  const { outcome, epochs } = await trainHere({ recipe, train: ofTwoSensors, validation: [], classNames: ['a', 'b', 'c', 'd', 'e', 'f'], folder: join(folder, 'run'), resume: false });
  expect(outcome).toMatchObject({ state: 'done', epochs: 3 });
  expect(epochs.at(-1)!.meanLoss).toBeLessThan(epochs[0]!.meanLoss);
});
