import { describe, expect, test } from 'vitest';
import { lossSchema } from '../../contract/recipe/losses.ts';
import type { LossRecipe } from '../../contract/recipe/losses.ts';
import { regularizerSchema } from '../../contract/recipe/regularizers.ts';
import { entryOf } from '../../learning/catalogue.ts';
import type { LossKernels } from '../../learning/loss-kernels.ts';
import { evaluateLoss, gap } from '../../learning/test-support/evaluate-loss.ts';
import type { MeasuredItem } from '../../learning/loss-report.ts';
import type { Evaluation } from '../../learning/test-support/evaluate-loss.ts';
import { degenerateBatches } from '../../learning/test-support/degenerate-batches.ts';
import { sampleBatch } from '../../learning/test-support/sample-batch.ts';
import type { SampleBatch } from '../../learning/test-support/sample-batch.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { lossKernelsOfBackend } from './own-losses.ts';

await loadTensorflow();
const kernels = lossKernelsOfBackend();
if (!kernels) console.log('Our own losses are not tested: our operations are not here.');

/** As on processors that have no registers of 16 floats. */
const withoutSteps = kernels && { ...kernels, pairSteps: () => null };

const recipes = [
  { name: 'nt-xent' }, { name: 'nt-xent', temperature: 0.5 }, { name: 'sup-con' }, { name: 'nca' }, { name: 'nca', scale: 9 },
  { name: 'circle' }, { name: 'circle', gamma: 256, margin: 0.25 },
  { name: 'multi-similarity' }, { name: 'multi-similarity', oneSided: 'keep' }, { name: 'multi-similarity', mining: 'none' },
  { name: 'n-pair' }, { name: 'n-pair', normPenalty: 0 }, { name: 'n-pair', form: 'tuple' },
  { name: 'contrastive' }, { name: 'contrastive', variant: 'code', margin: 0.9, positiveMargin: 0.4 }, { name: 'contrastive', variant: 'code', margin: 0.05 },
  { name: 'contrastive', variant: 'paper' }, { name: 'contrastive', variant: 'survey', margin: 0.3 },
  { name: 'triplet' }, { name: 'triplet', distance: 'euclidean', margin: 0.05, reduction: 'mean' }, { name: 'triplet', distance: 'cosine', reduction: 'sum' },
].map((options) => lossSchema.parse(options));

const overProxies = [
  { name: 'proxy-nca' }, { name: 'proxy-nca', variant: 'code', scale: 3, smoothing: 0.1 }, { name: 'proxy-nca-plus-plus' }, { name: 'proxy-anchor' },
  { name: 'proxy-gml' }, { name: 'arcface' }, { name: 'arcface', gradient: 'identity' }, { name: 'cosface' }, { name: 'soft-triple' }, { name: 'sub-center-arcface' },
].map((options) => lossSchema.parse(options));

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

/** What pulls a row one way and the other adds up to 0 but for rounding where rows coincide, and where there is one class. */
function expectGradients(fast: number[][], portable: number[][]): void {
  if (largest(portable) < VANISHED) expect(largest(fast)).toBeLessThan(VANISHED);
  else expect(gap(fast, portable)).toBeLessThan(1e-5);
}

function expectAlike(fast: Evaluation, portable: Evaluation): void {
  const scale = Math.max(5e-2, Math.abs(portable.value));
  expect(Math.abs(fast.value - portable.value) / scale).toBeLessThan(2e-6);
  expectGradients(fast.embeddings, portable.embeddings);
  if (portable.proxies) expectGradients(fast.proxies!, portable.proxies);
  const { costliest, ...told } = fast.diagnostics;
  const { costliest: expected, ...others } = portable.diagnostics;
  expectTold(told, others);
  expect(costliest.length).toBe(expected.length);
  costliest.forEach(({ loss }, place) => { expectTold({ loss }, { loss: expected[place]!.loss }); });
  const [found, listed] = [costliest, expected].map(byRows) as [MeasuredItem[], MeasuredItem[]];
  found.forEach((item, place) => { expectTold(item, listed[place]!); });
}

/** What costs the same but for rounding may come in either order. */
const byRows = (items: readonly MeasuredItem[]): MeasuredItem[] => {
  const place = ({ anchor, positive, negative }: MeasuredItem) => [anchor, positive, negative].join();
  return [...items].sort((a, b) => place(a).localeCompare(place(b)));
};

/** The same words and nulls; numbers as near as the root of a rounded distance allows. */
function expectTold(told: object, expected: object): void {
  expect(Object.keys(told).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(told)) {
    const other = (expected as Record<string, unknown>)[key];
    if (typeof value === 'number' && typeof other === 'number') expect(Math.abs(value - other), key).toBeLessThan(1e-3 * Math.max(1, Math.abs(other)));
    else expect(value, key).toEqual(other);
  }
}

const proxyShapes = [
  { title: '70 rows of 9 classes', shape: { rows: 70, width: 40, classes: 9 } },
  { title: '33 rows among 67 classes, of which half have none', shape: { rows: 33, width: 70, classes: 67 } },
  { title: '1,050 rows, more than are taken at once', shape: { rows: 1050, width: 16, classes: 31 } },
  { title: 'a row among 65 classes', shape: { rows: 1, width: 65, classes: 65 } },
  { title: 'a row', shape: { rows: 1, width: 1, classes: 1 } },
  { title: '20 rows of a class', shape: { rows: 20, width: 8, classes: 1 } },
];

/** Or refused with the same words. */
function expectSame(loss: LossRecipe, batch: SampleBatch): void {
  const evaluated = (by: LossKernels | null) => attempt(() => evaluateLoss({ loss }, batch, { kernels: by }));
  const portable = evaluated(null);
  for (const fast of [kernels, withoutSteps].map(evaluated)) {
    if (typeof fast === 'string' || typeof portable === 'string') expect(fast).toBe(portable);
    else expectAlike(fast, portable);
  }
}

describe.runIf(kernels)('our own losses give what losses/ give, gradients and diagnostics included:', () => {
  test.each(recipes.flatMap((loss) => batches.map((each) => ({ ...each, loss, what: JSON.stringify(loss) }))))('$what, $title', ({ loss, batch }) => {
    expectSame(loss, batch);
  });

  test.each(overProxies.flatMap((loss) => proxyShapes.map((each) => ({ ...each, loss, what: JSON.stringify(loss) }))))('$what, $title', ({ loss, shape }) => {
    const batch = sampleBatch(5, { ...shape, perClass: subProxies(loss) });
    expectSame(loss, batch);
  });

  test.each(overProxies)('$name, lengths that differ by 24 powers of ten, and a proxy of none', (loss) => {
    const { embeddings, proxies, labels } = sampleBatch(6, { rows: 20, width: 24, classes: 5, perClass: subProxies(loss) });
    const scaled = (rows: number[][]) => rows.map((row, place) => row.map((value) => Math.fround(value * [1, 1e12, 1e-12][place % 3]!)));
    const batch = { embeddings: scaled(embeddings), labels, proxies: scaled(proxies).with(4, Array<number>(24).fill(0)) };
    // The gradients as well: each is as long as its row is short.
    const unit = (rows: number[][], gradients: number[][]) => gradients.map((gradient, place) => gradient.map((value) => value * Math.hypot(...rows[place]!)));
    const [fast, portable] = [kernels, null].map((each) => evaluateLoss({ loss }, batch, { kernels: each })) as [Evaluation, Evaluation];
    expect(Math.abs(fast.value / portable.value - 1)).toBeLessThan(2e-6);
    expect(gap(unit(batch.embeddings, fast.embeddings), unit(batch.embeddings, portable.embeddings))).toBeLessThan(1e-5);
    expect(gap(unit(batch.proxies, fast.proxies!), unit(batch.proxies, portable.proxies!))).toBeLessThan(1e-5);
  });

  test.each(overProxies)('$name refuses a proxy that is NaN or too long', (loss) => {
    const { proxies, ...batch } = sampleBatch(7, { rows: 6, width: 4, classes: 3, perClass: subProxies(loss) });
    for (const value of [NaN, 1e38]) {
      expect(() => evaluateLoss({ loss }, { ...batch, proxies: proxies.with(2, [value, value, value, value]) }, { kernels })).toThrow('Row 2 (proxy) is NaN, infinite, or too long for float32.');
    }
  });

  test.each(['embedding-norm', 'direction'] as const)('proxy-nca beside %s', (name) => {
    const plan = { loss: lossSchema.parse({ name: 'proxy-nca' }), regularizers: [regularizerSchema.parse({ name, weight: 0.3 })] };
    const batch = sampleBatch(8, { rows: 20, width: 24, classes: 5, perClass: 1 });
    expectAlike(evaluateLoss(plan, batch, { kernels }), evaluateLoss(plan, batch));
  });

  test.each([...recipes, ...overProxies])('$name, degenerate batches', (loss) => {
    for (const { batch } of degenerateBatches(subProxies(loss))) {
      expectSame(loss, batch);
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
