import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainRequest } from '../../contract/engine-port.ts';
import { augmentationSchema } from '../../contract/recipe/network.ts';
import type { RecipeInput } from '../../contract/recipe/recipe.ts';
import { temporaryFolder, writePatternSubjects } from '../test-support/pictures.ts';
import { newestTensors, tinyRecipe, trainHere } from '../test-support/train-here.ts';
import type { Told } from '../test-support/train-here.ts';

let request: TrainRequest;

beforeAll(async () => {
  const folder = await temporaryFolder();
  const pictures = await writePatternSubjects(join(folder, 'train'), { subjects: 6, pictures: 4 });
  // The last subject has one image.
  const train = pictures.filter(({ label, path }) => label < 5 || path.endsWith('-0.pgm'));
  const validation = await writePatternSubjects(join(folder, 'validation'), { subjects: 4, pictures: 3, firstSeed: 100 });
  request = { recipe: tinyRecipe(), train, validation, classNames: ['a', 'b', 'c', 'd', 'e', 'f'], folder: '', resume: false };
});

type Tensors = Map<string, number[]>;

async function run(changes: Partial<RecipeInput>, about: Partial<TrainRequest> = {}): Promise<Told & { tensors: Tensors }> {
  const folder = await temporaryFolder();
  const told = await trainHere({ ...request, ...about, recipe: tinyRecipe(changes), folder });
  expect(told.outcome.state).toBe('done');
  expect(told.steps.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  return { ...told, tensors: await newestTensors(folder) };
}

/** One step of plain gradient descent: what moves is the gradient, times the rate. */
const plain = { name: 'sgd', learningRate: 0.1, momentum: 0, weightDecay: 0 } as const;
const oneStep = (changes: Partial<RecipeInput>) => run({ epochs: 1, batchesPerEpoch: 1, optimizer: plain, ...changes });
/** Nothing moves: in float32 this rate is zero. */
const still = { optimizer: { ...plain, learningRate: 1e-60 } } as const;

const difference = (one: Tensors, other: Tensors, name: string): number[] => one.get(name)!.map((value, index) => value - other.get(name)![index]!);
const learntNames = (tensors: Tensors): string[] => [...tensors.keys()].filter((name) => !name.startsWith('@') && !/(mean|variance)$/.test(name));
const lengthOf = (values: number[]): number => Math.hypot(...values);

describe('an optimiser', () => {
  test.each([
    { name: 'adam', learningRate: 0.003 }, { name: 'adamw', learningRate: 0.003 }, { name: 'sgd', learningRate: 0.05 }, { name: 'rmsprop', learningRate: 0.001 },
  ] as const)('learns: $name', async (optimizer) => {
    const { epochs } = await run({ optimizer, epochs: 6, loss: { name: 'triplet' } });
    expect(epochs.at(-1)!.meanLoss).toBeLessThan(epochs[0]!.meanLoss);
  });

  test.each(['adam', 'adamw', 'rmsprop'] as const)('takes shorter steps with a larger epsilon: %s', async (name) => {
    const before = (await oneStep(still)).tensors;
    const movedBy = async (epsilon: number): Promise<number> => {
      const { tensors } = await oneStep({ optimizer: { name, learningRate: 1e-3, epsilon } });
      return lengthOf(difference(tensors, before, 'embedding/matrix'));
    };
    expect(await movedBy(1)).toBeLessThan(0.1 * (await movedBy(1e-8)));
  });

  test('moves proxies by the multiplier of its rate, and nothing else', async () => {
    const proxies = { loss: { name: 'proxy-nca' } } as const;
    const moved = async (proxyRate: number): Promise<Tensors> => (await oneStep({ ...proxies, optimizer: { ...plain, proxyRate } })).tensors;
    const [before, once, tenfold] = [(await oneStep({ ...proxies, ...still })).tensors, await moved(1), await moved(10)];
    const [single, ten] = [difference(once, before, '@loss/proxies'), difference(tenfold, before, '@loss/proxies')];
    expect(lengthOf(single)).toBeGreaterThan(0);
    expect(lengthOf(ten.map((value, index) => value - 10 * single[index]!)) / lengthOf(ten)).toBeLessThan(1e-3);
    expect(tenfold.get('embedding/matrix')).toEqual(once.get('embedding/matrix'));
  });
});

describe('clipping', () => {
  const fast = { optimizer: { ...plain, learningRate: 1 } } as const;

  test('bounds every step by its norm over all parameters together', async () => {
    const before = (await oneStep(still)).tensors;
    const movedBy = ({ tensors }: { tensors: Tensors }): number => lengthOf(learntNames(tensors).flatMap((name) => difference(tensors, before, name)));
    expect(movedBy(await oneStep(fast))).toBeGreaterThan(0.02);
    expect(movedBy(await oneStep({ ...fast, clipping: { norm: 0.01 } }))).toBeCloseTo(0.01, 4);
  });

  test('bounds every number by its value', async () => {
    const before = (await oneStep(still)).tensors;
    const farthest = ({ tensors }: { tensors: Tensors }): number => Math.max(...learntNames(tensors).flatMap((name) => difference(tensors, before, name)).map(Math.abs));
    expect(farthest(await oneStep(fast))).toBeGreaterThan(2e-3);
    expect(farthest(await oneStep({ ...fast, clipping: { value: 1e-3 } }))).toBeCloseTo(1e-3, 5);
  });
});

describe('a schedule', () => {
  const rates = async (schedule: RecipeInput['schedule'], changes: Partial<RecipeInput> = {}): Promise<number[]> =>
    (await run({ schedule, epochs: 4, batchesPerEpoch: 1, optimizer: plain, ...changes })).steps.map(({ learningRate }) => learningRate);
  const near = (values: number[]): unknown[] => values.map((value) => expect.closeTo(value, 8));

  test('steps down, follows a cosine, or stays', async () => {
    expect(await rates({ name: 'constant' })).toEqual(near([0.1, 0.1, 0.1, 0.1]));
    expect(await rates({ name: 'step', everyEpochs: 2, factor: 0.5 })).toEqual(near([0.1, 0.1, 0.05, 0.05]));
    const cosine = (share: number): number => 0.1 * (0.2 + 0.8 * 0.5 * (1 + Math.cos(Math.PI * share)));
    expect(await rates({ name: 'cosine', finalShare: 0.2 })).toEqual(near([0, 0.25, 0.5, 0.75].map(cosine)));
  });

  test('slows down on a plateau of the validation error', async () => {
    const slow = { ...plain, learningRate: 1e-20 };
    const found = await rates({ name: 'plateau', patience: 2, factor: 0.1 }, { epochs: 8, optimizer: slow, freezeBatchNorm: true });
    expect(found.map((rate) => Math.round(Math.log10(rate)))).toEqual([-20, -20, -20, -20, -21, -21, -21, -22]);
  });
});

describe('a backbone', () => {
  test('rests while it warms up, and learns afterwards', async () => {
    const before = (await oneStep(still)).tensors;
    const [warm, later] = [await run({ epochs: 1, warmUpEpochs: 1 }), await run({ epochs: 2, warmUpEpochs: 1 })];
    for (const name of learntNames(before)) {
      if (name.startsWith('embedding/')) expect(warm.tensors.get(name)).not.toEqual(before.get(name));
      else expect(warm.tensors.get(name)).toEqual(before.get(name));
    }
    expect(later.tensors.get('stem/filter')).not.toEqual(before.get('stem/filter'));
  });

  test('keeps its running statistics where they are frozen', async () => {
    const [frozen, moving] = [await run({ epochs: 1, freezeBatchNorm: true }), await run({ epochs: 1 })];
    expect(new Set(frozen.tensors.get('stem/norm/mean'))).toEqual(new Set([0]));
    expect(new Set(moving.tensors.get('stem/norm/mean')).size).toBeGreaterThan(1);
    expect(frozen.tensors.get('stem/norm/scale')).not.toEqual(moving.tensors.get('stem/norm/scale'));
  });

  test('pools by average, by maximum, by both, or keeps every place', async () => {
    const outcomes = new Map<string, number>();
    for (const pooling of ['average', 'max', 'both', 'none'] as const) {
      const { tensors, steps } = await oneStep({ backbone: { name: 'small', width: 0.25, pooling } });
      outcomes.set(pooling, tensors.get('embedding/matrix')!.length / 16);
      outcomes.set(`${pooling} loss`, steps[0]!.loss);
    }
    const [channels, places] = [outcomes.get('average')!, outcomes.get('none')! / outcomes.get('average')!];
    expect([outcomes.get('max'), outcomes.get('both'), places]).toEqual([channels, 2 * channels, 16]);
    expect(outcomes.get('average loss')).not.toBe(outcomes.get('max loss'));
  });
});

describe('an augmentation', () => {
  const off = augmentationSchema.parse({ flip: 0, crop: 0, rotationDegrees: 0, brightness: 0, contrast: 0, blur: 0, occlusion: 0 });
  const each = {
    flip: 0.5, crop: 0.3, rotationDegrees: 20, brightness: 0.3, contrast: 0.3, blur: 0.5, occlusion: 0.5,
    tiltDegrees: 40, scale: 0.3, distortion: 0.1, defocus: 1, glare: 1, tone: 0.5,
  };

  test('is off altogether where its recipe says so, and each one changes the pictures by itself', async () => {
    const lossWith = async (changes: Partial<typeof off>): Promise<number> => (await oneStep({ augmentation: { ...off, ...changes } })).steps[0]!.loss;
    const without = await lossWith({});
    expect(await lossWith({})).toBe(without);
    expect(Object.keys(each)).toEqual(Object.keys(off));
    for (const [name, strength] of Object.entries(each)) expect([name, await lossWith({ [name]: strength })]).not.toEqual([name, without]);
  });
});

describe('a sampler', () => {
  const samplers: NonNullable<RecipeInput['sampler']>[] = [
    { name: 'm-per-class', classesPerBatch: 4, samplesPerClass: 3 }, { name: 'n-pair', classesPerBatch: 4 }, { name: 'random', batchSize: 12 },
    { name: 'class-balanced', batchSize: 12 }, { name: 'hierarchical', column: 'half', superClassesPerBatch: 2, classesPerBatch: 4, samplesPerClass: 3 },
  ];
  test.each(samplers)('$name serves pairs, tuples and proxies, with a one-image class among its people', async (sampler) => {
    for (const loss of ['triplet', 'n-pair', 'proxy-anchor'] as const) await run({ loss: { name: loss }, sampler, epochs: 1, batchesPerEpoch: 4 });
  });

  test('mixes the datasets of a run in every batch, and its rule decides how', async () => {
    // Four people of one dataset, two of another.
    const train = request.train.map((sample) => ({ ...sample, dataset: Number(sample.label >= 4) }));
    const lossOf = async (mixing: 'equal' | 'proportional'): Promise<number> => {
      const { steps } = await run({ mixing, epochs: 1, batchesPerEpoch: 1, sampler: { name: 'm-per-class', classesPerBatch: 4, samplesPerClass: 2 } }, { train });
      return steps[0]!.loss;
    };
    expect(await lossOf('equal')).not.toBe(await lossOf('proportional'));
    const tooSmall = trainHere({ ...request, train, recipe: tinyRecipe({ sampler: { name: 'n-pair', classesPerBatch: 1 } }), folder: await temporaryFolder() });
    await expect(tooSmall).rejects.toMatchObject({ code: 'bad-recipe', message: expect.stringContaining('cannot hold all 2 datasets') });
  });
});
