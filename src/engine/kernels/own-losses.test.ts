import { describe, expect, test } from 'vitest';
import { lossSchema } from '../../contract/recipe/losses.ts';
import type { LossRecipe } from '../../contract/recipe/losses.ts';
import { entryOf } from '../../learning/catalogue.ts';
import { evaluateLoss, gap } from '../../learning/test-support/evaluate-loss.ts';
import type { Evaluation } from '../../learning/test-support/evaluate-loss.ts';
import { degenerateBatches } from '../../learning/test-support/degenerate-batches.ts';
import { sampleBatch } from '../../learning/test-support/sample-batch.ts';
import type { SampleBatch } from '../../learning/test-support/sample-batch.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { lossKernelsOfBackend } from './own-losses.ts';

await loadTensorflow();
const kernels = lossKernelsOfBackend();
if (!kernels) console.log('Our own losses are not tested: our operations are not here.');

const recipes = [
  { name: 'nt-xent' }, { name: 'nt-xent', temperature: 0.5 }, { name: 'sup-con' }, { name: 'nca' }, { name: 'nca', scale: 9 },
  { name: 'circle' }, { name: 'circle', gamma: 256, margin: 0.25 },
  { name: 'multi-similarity' }, { name: 'multi-similarity', oneSided: 'keep' }, { name: 'multi-similarity', mining: 'none' },
  { name: 'n-pair' }, { name: 'n-pair', normPenalty: 0 }, { name: 'n-pair', form: 'tuple' },
  { name: 'triplet' }, { name: 'triplet', distance: 'euclidean', margin: 0.05, reduction: 'mean' }, { name: 'triplet', distance: 'cosine', reduction: 'sum' },
].map((options) => lossSchema.parse(options));

const overProxies = ['proxy-nca', 'proxy-nca-plus-plus', 'proxy-anchor', 'proxy-gml', 'arcface', 'cosface', 'soft-triple', 'sub-center-arcface'].map((name) => lossSchema.parse({ name }));

function subProxies(loss: LossRecipe): number {
  const entry = entryOf(loss);
  return entry.kind === 'proxies' ? entry.proxies(loss, 1).perClass : 1;
}

const batches: { title: string; batch: SampleBatch }[] = [
  { title: '61 rows of 7 classes', batch: sampleBatch(1, { rows: 61, width: 24, classes: 7, perClass: 1 }) },
  { title: '150 rows of 60 classes', batch: sampleBatch(2, { rows: 150, width: 16, classes: 60, perClass: 1 }) },
  { title: 'a row', batch: sampleBatch(3, { rows: 1, width: 8, classes: 1, perClass: 1 }) },
  { title: 'a class', batch: sampleBatch(4, { rows: 20, width: 8, classes: 1, perClass: 1 }) },
];

const VANISHED = 5e-5;
const largest = (matrix: number[][]): number => Math.max(0, ...matrix.flat().map(Math.abs));

function expectAlike(fast: Evaluation, portable: Evaluation): void {
  const scale = Math.max(1e-2, Math.abs(portable.value));
  expect(Math.abs(fast.value - portable.value) / scale).toBeLessThan(2e-6);
  // What pulls a row one way and the other adds up to 0 but for rounding where rows coincide.
  if (largest(portable.embeddings) < VANISHED) expect(largest(fast.embeddings)).toBeLessThan(VANISHED);
  else expect(gap(fast.embeddings, portable.embeddings)).toBeLessThan(1e-5);
  const { costliest, ...told } = fast.diagnostics;
  const { costliest: expected, ...others } = portable.diagnostics;
  expectTold(told, others);
  expect(costliest.length).toBe(expected.length);
  costliest.forEach((item, place) => { expectTold(item, expected[place]!); });
}

/** The same words and nulls; numbers as near as the root of a rounded distance allows. */
function expectTold(told: object, expected: object): void {
  expect(Object.keys(told).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(told)) {
    const other = (expected as Record<string, unknown>)[key];
    if (typeof value === 'number' && typeof other === 'number') expect(Math.abs(value - other), key).toBeLessThan(1e-3 * Math.max(1, Math.abs(other)));
    else expect(value, key).toEqual(other);
  }
}

describe.runIf(kernels)('our own losses give what losses/ give, gradients and diagnostics included:', () => {
  test.each(recipes.flatMap((loss) => batches.map((each) => ({ ...each, loss, what: JSON.stringify(loss) }))))('$what, $title', ({ loss, batch }) => {
    expectAlike(evaluateLoss({ loss }, batch, { kernels }), evaluateLoss({ loss }, batch));
  });

  test.each(overProxies)('$name, whose rows are normalised by our own operation', (loss) => {
    const batch = sampleBatch(5, { rows: 70, width: 40, classes: 9, perClass: subProxies(loss) });
    const [fast, portable] = [kernels, null].map((each) => evaluateLoss({ loss }, batch, { kernels: each })) as [Evaluation, Evaluation];
    expectAlike(fast, portable);
    expect(gap(fast.proxies!, portable.proxies!)).toBeLessThan(1e-5);
  });

  test.each([...recipes, ...overProxies])('$name, degenerate batches', (loss) => {
    for (const { batch } of degenerateBatches(subProxies(loss))) {
      const [fast, portable] = [kernels, null].map((each) => attempt(() => evaluateLoss({ loss }, batch, { kernels: each })));
      if (typeof portable === 'string') expect(fast).toBe(portable);
      else expectAlike(fast as Evaluation, portable!);
    }
  });
});

function attempt(run: () => Evaluation): Evaluation | string {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}
