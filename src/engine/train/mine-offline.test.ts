import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainRequest } from '../../contract/engine-port.ts';
import type { RecipeInput } from '../../contract/recipe/recipe.ts';
import { temporaryFolder, writePatternSubjects } from '../test-support/pictures.ts';
import { newestTensors, tinyRecipe, trainHere } from '../test-support/train-here.ts';

let request: TrainRequest;

beforeAll(async () => {
  const folder = await temporaryFolder();
  const train = await writePatternSubjects(join(folder, 'train'), { subjects: 6, pictures: 4 });
  // The last subject has one image.
  const samples = train.filter(({ label, path }) => label < 5 || path.endsWith('-0.pgm'));
  const validation = await writePatternSubjects(join(folder, 'validation'), { subjects: 4, pictures: 3, firstSeed: 100 });
  request = { recipe: tinyRecipe(), train: samples, validation, classNames: ['a', 'b', 'c', 'd', 'e', 'f'], folder: '', resume: false };
});

const fresh = async (changes: Partial<RecipeInput> = {}): Promise<TrainRequest> => ({ ...request, recipe: tinyRecipe(changes), folder: await temporaryFolder() });

const mining = { triplets: 'both', margin: 4, everyEpochs: 2, afterEpochs: 1, share: 0.5 } as const;

describe('a run that mines offline', () => {
  test('mines at the epochs its recipe names, over every picture that has a mate', async () => {
    const { notes, outcome } = await trainHere(await fresh({ epochs: 4, offlineMining: mining }));
    expect(outcome.state).toBe('done');
    expect(notes).toEqual([
      'Before epoch 2: 20 hard or semi-hard triplets in 21 training pictures.',
      'Before epoch 4: 20 hard or semi-hard triplets in 21 training pictures.',
    ]);
  });

  test('takes other steps than one that does not, from the first mined batch on', async () => {
    const [plain, mined] = [await trainHere(await fresh({ epochs: 2 })), await trainHere(await fresh({ epochs: 2, offlineMining: mining }))];
    const losses = ({ steps }: typeof plain): number[] => steps.map(({ loss }) => loss);
    // Three steps an epoch; of those after the first epoch the second is the first mined one.
    expect(losses(mined).slice(0, 4)).toEqual(losses(plain).slice(0, 4));
    expect(losses(mined)[4]).not.toBe(losses(plain)[4]);
  });

  test('says so when it finds nothing, and goes on with the sampler\'s batches', async () => {
    const plain = await trainHere(await fresh({ epochs: 2 }));
    const { notes, outcome } = await trainHere(await fresh({ epochs: 2, offlineMining: { ...mining, triplets: 'semi-hard', margin: 0 } }));
    expect(notes[0]).toMatch(/^Before epoch 2: 0 semi-hard triplets .* until the next mining\.$/);
    expect(outcome.epochs).toBe(plain.outcome.epochs);
  });

  test.each([
    ['proxies', { loss: { name: 'proxy-anchor' } }],
    ['inner products of the embeddings as they are', { loss: { name: 'n-pair' } }],
    ['triplets, mined in the batch besides', { loss: { name: 'triplet' }, miner: { name: 'semi-hard' } }],
  ] as [string, Partial<RecipeInput>][])('serves a loss over %s', async (_, changes) => {
    const { outcome, notes } = await trainHere(await fresh({ epochs: 2, offlineMining: mining, ...changes }));
    expect([outcome.state, notes.length]).toEqual(['done', 1]);
  });

  test('goes on with the same triplets when it was stopped between two minings', async () => {
    const changes = { epochs: 5, offlineMining: { ...mining, everyEpochs: 3 } };
    const [straight, stopped] = [await fresh(changes), await fresh(changes)];
    const whole = await trainHere(straight);
    await trainHere(stopped, (progress) => progress.type === 'step' && progress.step.step === 7);
    const rest = await trainHere({ ...stopped, resume: true });
    expect(rest.notes).toEqual(whole.notes.slice(1));
    expect(rest.epochs.map(({ meanLoss }) => meanLoss)).toEqual(whole.epochs.slice(2).map(({ meanLoss }) => meanLoss));
    expect(await newestTensors(stopped.folder)).toEqual(await newestTensors(straight.folder));
  });

  test('can be cancelled while it mines', async () => {
    const first = await trainHere(await fresh({ epochs: 4, offlineMining: mining }), ({ type }) => type === 'epoch');
    expect(first).toMatchObject({ outcome: { state: 'cancelled', epochs: 1 }, notes: [] });
  });
});
