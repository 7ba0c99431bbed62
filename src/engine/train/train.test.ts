import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainRequest } from '../../contract/engine-port.ts';
import type { RecipeInput } from '../../contract/recipe/recipe.ts';
import { temporaryFolder, writePatternSubjects } from '../test-support/pictures.ts';
import { newestTensors, tinyRecipe, trainHere } from '../test-support/train-here.ts';

let request: TrainRequest;

beforeAll(async () => {
  const folder = await temporaryFolder();
  const train = await writePatternSubjects(join(folder, 'train'), { subjects: 6, pictures: 4 });
  const validation = await writePatternSubjects(join(folder, 'validation'), { subjects: 4, pictures: 3, firstSeed: 100 });
  const classNames = Array.from({ length: 6 }, (_, label) => `subject ${label}`);
  request = { recipe: tinyRecipe(), train, validation, classNames, folder: '', resume: false };
});

const fresh = async (changes: Partial<RecipeInput> = {}): Promise<TrainRequest> => ({ ...request, recipe: tinyRecipe(changes), folder: await temporaryFolder() });

const still = { flip: 0, crop: 0, rotationDegrees: 0, brightness: 0, contrast: 0, occlusion: 0 };

describe('a run', () => {
  test('learns to tell its subjects apart, and keeps the last epoch it said it kept', async () => {
    const { outcome, epochs, steps } = await trainHere({ ...(await fresh({ epochs: 10, augmentation: still })), validation: request.train });
    expect(outcome).toMatchObject({ state: 'done', epochs: 10 });
    expect(steps).toHaveLength(30);
    const best = Math.min(...epochs.map(({ validationEer }) => validationEer!));
    expect(best).toBeLessThan(0.2);
    const kept = epochs.filter((epoch) => epoch.kept).at(-1)!;
    expect(outcome.best).toMatchObject({ epoch: kept.epoch, validationEer: kept.validationEer });
    expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss);
  });

  test('gives the same weights for the same seed, and others for another', async () => {
    const hashOf = async (seed: number) => (await trainHere(await fresh({ epochs: 1, seed }))).outcome.best!.weightsHash;
    const [first, again, other] = [await hashOf(1), await hashOf(1), await hashOf(2)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('tells which pictures cost most, with the cosines that made them dear', async () => {
    const start = await fresh({ epochs: 2, loss: { name: 'triplet' }, memory: { size: 20 } });
    const { costliest, steps } = await trainHere(start);
    expect(costliest.map(({ epoch }) => epoch)).toEqual([0, 1]);
    for (const { items } of costliest) {
      expect(items.length).toBeGreaterThan(0);
      expect(items.length).toBeLessThanOrEqual(8);
      for (const { anchor, positive, negative } of items) {
        expect(start.train[anchor.sample!]!.label).toBe(anchor.label);
        expect(start.train[positive!.sample!]!.label).toBe(anchor.label);
        expect(start.train[negative!.sample!]!.label).toBe(negative!.label);
        expect(negative!.label).not.toBe(anchor.label);
        expect(Math.abs(positive!.cosine)).toBeLessThanOrEqual(1.0001);
      }
    }
    expect(steps.every(({ meanNorm, meanCosine }) => meanNorm! > 0 && Math.abs(meanCosine!) <= 1)).toBe(true);
  });

  test('names the rival proxy where a loss compares with proxies', async () => {
    const { costliest } = await trainHere(await fresh({ epochs: 1, loss: { name: 'proxy-anchor' } }));
    for (const { anchor, positive, negative } of costliest[0]!.items) {
      expect(positive).toMatchObject({ isProxy: true, label: anchor.label, sample: null });
      expect(negative!.label).not.toBe(anchor.label);
    }
  });

  test('raises the alarm within an epoch when everybody looks the same to it', async () => {
    const start = await fresh({ epochs: 1, batchesPerEpoch: 25, freezeBatchNorm: true, augmentation: still });
    const [{ path }] = start.train as [TrainRequest['train'][number]];
    const { steps, epochs, notes } = await trainHere({ ...start, train: start.train.map((sample) => ({ ...sample, path })) });
    expect(steps.flatMap(({ step, alarm }) => (alarm === null ? [] : [step]))).toEqual([19]);
    expect(notes.join()).toMatch(/Step 19: The embeddings of a batch have nearly coincided for 20 steps \(mean cosine 1\.000\)/);
    expect(epochs).toHaveLength(1);
  });

  test('leaves no tensor behind, whether it ends or is cancelled', async () => {
    await trainHere(await fresh({ epochs: 1 }));
    const before = tf.memory().numTensors;
    await trainHere(await fresh({ epochs: 2, memory: { size: 20 } }));
    await trainHere(await fresh({ loss: { name: 'proxy-anchor' } }), ({ type }) => type === 'step');
    expect(tf.memory().numTensors).toBe(before);
  });

  test('holds no more tensors after 100 steps than after 10', async () => {
    const counts: number[] = [];
    await trainHere(await fresh({ epochs: 1, batchesPerEpoch: 100 }), ({ type }) => {
      if (type === 'step') counts.push(tf.memory().numTensors);
      return false;
    });
    expect(counts[99]).toBe(counts[9]);
  });

  test('stops when the validation EER has not fallen for its patience', async () => {
    const { outcome, epochs } = await trainHere(await fresh({ epochs: 60, patience: 3, optimizer: { name: 'adam', learningRate: 1e-9 } }));
    expect(outcome.state).toBe('done');
    expect(epochs.length).toBeLessThan(60);
  });

  test('names the pictures it leaves out, and goes on without them', async () => {
    const broken = join(await temporaryFolder(), 'broken.pgm');
    await writeFile(broken, 'P5 32 32 255\nshort');
    const start = await fresh({ epochs: 1 });
    const { outcome, notes } = await trainHere({ ...start, train: [...start.train, { path: broken, label: 0, metadata: {} }] });
    expect(outcome.state).toBe('done');
    expect(notes.join()).toContain('broken.pgm is left out: it is cut short');
  });

  test('says what is wrong when it diverges', async () => {
    const start = await fresh({ optimizer: { name: 'sgd', learningRate: 1000 }, loss: { name: 'n-pair' }, epochs: 20 });
    await expect(trainHere(start)).rejects.toMatchObject({ code: 'bad-recipe', message: expect.stringContaining('learning rate') });
  });

  test('needs two subjects, and the column its sampler groups by', async () => {
    const start = await fresh();
    await expect(trainHere({ ...start, train: start.train.slice(0, 3) })).rejects.toMatchObject({ code: 'too-little-data' });
    const grouped = await fresh({ sampler: { name: 'hierarchical', column: 'sensor' } });
    await expect(trainHere(grouped)).rejects.toMatchObject({ code: 'bad-recipe', message: expect.stringContaining('"sensor"') });
  });

  test('trains the head alone while the backbone is frozen', async () => {
    const still = await fresh({ epochs: 1, warmUpEpochs: 1 });
    await trainHere(still);
    const moved = [...(await newestTensors(still.folder)).keys()].filter((key) => key.startsWith('@optimizer/first/'));
    expect(moved.sort()).toEqual(['@optimizer/first/embedding/bias', '@optimizer/first/embedding/matrix']);
  });
});

describe('a run that was stopped and resumed', () => {
  const cases: [string, Partial<RecipeInput>][] = [
    ['a pair loss with a memory', { memory: { size: 20 }, miner: { name: 'distance-weighted' }, loss: { name: 'triplet' } }],
    ['proxies and AdamW', { loss: { name: 'proxy-anchor' }, optimizer: { name: 'adamw' }, schedule: { name: 'plateau' } }],
    ['momentum and clipping', { optimizer: { name: 'sgd', learningRate: 0.01 }, clipping: { value: 1, norm: 5 }, backbone: { name: 'mobilefacenet', width: 0.25 } }],
  ];
  test.each(cases)('ends with the same bits as one that never stopped: %s', async (_, changes) => {
    const straight = await fresh(changes);
    const stopped = { ...(await fresh(changes)) };
    const whole = await trainHere(straight);
    const half = await trainHere(stopped, (progress) => progress.type === 'step' && progress.step.epoch === 2 && progress.step.step === 7);
    const rest = await trainHere({ ...stopped, resume: true });
    expect(half.outcome).toMatchObject({ state: 'cancelled', epochs: 2 });
    expect(rest.outcome).toMatchObject({ state: 'done', epochs: 4, best: { weightsHash: whole.outcome.best!.weightsHash } });
    expect(await newestTensors(stopped.folder)).toEqual(await newestTensors(straight.folder));
    expect(rest.epochs.map(({ meanLoss }) => meanLoss)).toEqual(whole.epochs.slice(2).map(({ meanLoss }) => meanLoss));
  });

  test('uses the checkpoint before a damaged one, and says so', async () => {
    const stopped = await fresh();
    await trainHere(stopped, (progress) => progress.type === 'epoch' && progress.epoch.epoch === 2);
    await truncate(join(stopped.folder, 'checkpoint-00003.safetensors'), 1000);
    const { outcome, notes, epochs } = await trainHere({ ...stopped, resume: true });
    expect(outcome).toMatchObject({ state: 'done', epochs: 4 });
    expect(epochs.map(({ epoch }) => epoch)).toEqual([2, 3]);
    expect(notes.join()).toContain('checkpoint-00003.json has a damaged checkpoint-00003.safetensors');
  });

  test('is refused when every checkpoint is damaged', async () => {
    const stopped = await fresh({ epochs: 2 });
    await trainHere(stopped);
    for (const file of await readdir(stopped.folder)) await writeFile(join(stopped.folder, file), 'rubbish');
    await expect(trainHere({ ...stopped, resume: true })).rejects.toMatchObject({ code: 'storage' });
  });

  test('is refused with another recipe or other samples', async () => {
    const stopped = await fresh({ epochs: 1 });
    await trainHere(stopped);
    await expect(trainHere({ ...stopped, recipe: tinyRecipe({ epochs: 9 }), resume: true })).rejects.toMatchObject({ code: 'conflict' });
    await expect(trainHere({ ...stopped, train: stopped.train.slice(1), resume: true })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('begins at the beginning without any checkpoint, and ends at once when it had ended', async () => {
    const start = await fresh({ epochs: 1 });
    const first = await trainHere({ ...start, resume: true });
    expect(first.notes.join()).toContain('begins at its first epoch');
    const second = await trainHere({ ...start, resume: true });
    expect(second.steps).toHaveLength(0);
    expect(second.outcome).toEqual(first.outcome);
  });
});
