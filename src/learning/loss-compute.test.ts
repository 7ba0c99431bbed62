import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { LossRecipe } from '../contract/recipe/losses.ts';
import { catalogue, entryOf } from './catalogue.ts';
import { computeLoss } from './loss-compute.ts';
import { evaluateLoss, gap } from './test-support/evaluate-loss.ts';
import { sampleBatch } from './test-support/sample-batch.ts';

const pairLosses: LossRecipe[] = [
  { name: 'contrastive', variant: 'code', margin: 1, positiveMargin: 0 },
  { name: 'triplet', distance: 'euclidean', margin: 0.2, reduction: 'mean' },
  { name: 'n-pair', form: 'batch', normalize: false, normPenalty: 0 },
  { name: 'multi-similarity', variant: 'code', alpha: 2, beta: 40, lambda: 0.5, epsilon: 0.1, mining: 'own', oneSided: 'skip' },
  { name: 'nca', scale: 1 },
  { name: 'nt-xent', temperature: 0.1 },
  { name: 'sup-con', temperature: 0.1 },
  { name: 'circle', gamma: 80, margin: 0.4 },
];
const triplet = pairLosses[1]!;
const shape = { rows: 6, width: 4, classes: 3, perClass: 1 };

describe('computeLoss', () => {
  it.each(pairLosses)('lets $name look into a memory, whose rows take no gradient of their own', (loss) => {
    const batch = sampleBatch(1, shape);
    const earlier = sampleBatch(2, { ...shape, rows: 5 });
    const alone = evaluateLoss({ loss }, batch);
    const wide = evaluateLoss({ loss }, batch, { memory: earlier });
    expect(wide.value).not.toBe(alone.value);
    // Moving the batch along the gradient moves the value as the gradient says.
    const direction = sampleBatch(3, shape).embeddings;
    const step = 1e-3;
    const moved = (sign: number) => evaluateLoss({ loss }, {
      ...batch, embeddings: batch.embeddings.map((row, i) => row.map((value, k) => value + sign * step * direction[i]![k]!)),
    }, { memory: earlier }).value;
    const predicted = wide.embeddings.flat().reduce((sum, slope, k) => sum + slope * direction.flat()[k]!, 0);
    if (loss.name === 'circle') return; // its weights are constants to the gradient
    expect(Math.abs((moved(1) - moved(-1)) / (2 * step) - predicted)).toBeLessThan(0.02 * Math.max(0.1, Math.abs(predicted)));
  });

  it('gives the same loss with an empty memory as without', () => {
    const batch = sampleBatch(1, shape);
    expect(evaluateLoss({ loss: triplet }, batch, { memory: { embeddings: [], labels: [] } }).value).toBe(evaluateLoss({ loss: triplet }, batch).value);
  });

  it('refuses what has no formula: direction elsewhere, memory with proxies or direction, a miner for proxies', () => {
    const batch = sampleBatch(1, shape);
    const proxies: LossRecipe = { name: 'proxy-anchor', alpha: 32, delta: 0.1 };
    const direction = { name: 'direction', weight: 0.3 } as const;
    const refused = [
      () => evaluateLoss({ loss: proxies, regularizers: [direction] }, batch),
      () => evaluateLoss({ loss: null, regularizers: [direction] }, batch),
      () => evaluateLoss({ loss: triplet, regularizers: [direction] }, batch, { memory: batch }),
      () => evaluateLoss({ loss: proxies }, batch, { memory: batch }),
      () => evaluateLoss({ loss: proxies, miner: { name: 'batch-hard' } }, batch),
    ];
    for (const attempt of refused) expect(attempt).toThrow(expect.objectContaining({ code: 'not-defined-here' }));
  });

  it('names what is missing or does not fit', () => {
    const batch = sampleBatch(1, shape);
    const labels = batch.labels.slice(1);
    expect(() => evaluateLoss({ loss: triplet }, { ...batch, labels })).toThrow('6 embeddings but 5 labels');
    const guided = { loss: triplet, regularizers: [{ name: 'language-guidance', weight: 1, shift: 1, direction: 'image-to-text', maskSameClass: true } as const] };
    expect(() => evaluateLoss(guided, batch)).toThrow('class texts');
    const zero = { ...batch, embeddings: batch.embeddings.with(4, [0, 0, 0, 0]) };
    expect(() => evaluateLoss({ loss: triplet }, zero, { isStrict: true })).toThrow(expect.objectContaining({ code: 'zero-vector', row: 4 }));
  });

  it('adds regularisers by their weight', () => {
    const batch = sampleBatch(1, shape);
    const regularizers = [{ name: 'embedding-norm', weight: 0.5, power: 2 } as const];
    const both = evaluateLoss({ loss: triplet, regularizers }, batch);
    const [one, other] = [evaluateLoss({ loss: triplet }, batch), evaluateLoss({ loss: null, regularizers }, batch)];
    expect(both.value).toBeCloseTo(one.value + other.value, 5);
    const summed = one.embeddings.map((row, i) => row.map((slope, k) => slope + other.embeddings[i]![k]!));
    expect(gap(both.embeddings, summed)).toBeLessThan(1e-5);
  });

  it('leaves no tensor behind', () => {
    const x = tf.tensor2d(sampleBatch(1, shape).embeddings);
    const labels = Int32Array.from(sampleBatch(1, shape).labels);
    const before = tf.memory().numTensors;
    for (const loss of pairLosses) {
      const { value, grads } = tf.valueAndGrads((input) => computeLoss({ loss }, { embeddings: input as Tensor2D, labels }).loss)([x]);
      tf.dispose([value, ...grads]);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the catalogue', () => {
  it('plans class-major proxies for the losses that have them', () => {
    const entry = entryOf<LossRecipe>({ name: 'sub-center-arcface', subProxies: 3, scale: 64, margin: 0.5 });
    expect(entry.kind === 'proxies' && entry.proxies({ name: 'sub-center-arcface', subProxies: 3, scale: 64, margin: 0.5 }, 10))
      .toMatchObject({ rows: 30, perClass: 3 });
    expect(Object.values(catalogue).filter(({ kind }) => kind === 'proxies').length).toBe(8);
  });
});
