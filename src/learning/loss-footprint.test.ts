import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LossOf } from '../contract/recipe/losses.ts';
import { computeLoss } from './loss-compute.ts';
import { randomStream } from './random.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const WIDTH = 512;
const IN_CLASS = 4;
const WARM_UP_ROWS = 64;
/**
 * Numbers of 4 bytes for each pair of rows, among them garbage that is not collected yet, and what the process had held and given back before: 13 to 63 were
 * seen. A cubic mask of bytes alone would be 128 and more.
 */
const MOST_PER_PAIR = 100;

const hinge: LossOf<'triplet'> = { name: 'triplet', distance: 'squared-euclidean', margin: 0.2, reduction: 'mean-nonzero' };

let heldAtFirst = 0;

// What a first loss of any size costs (code that is compiled, TensorFlow.js's tables) is not counted.
beforeAll(async () => {
  await costOf(hinge, WARM_UP_ROWS);
  collectGarbage();
  heldAtFirst = process.memoryUsage().rss;
});

/** How far the memory of the process has risen at most since the first loss, in bytes: tensors, buffers, garbage, all of it. */
const risen = (): number => process.resourceUsage().maxRSS * 1024 - heldAtFirst;

/** Forward, backward and diagnostics over every triplet of so many rows. */
async function costOf(loss: LossOf<'triplet'>, rows: number) {
  const { normal } = randomStream(1, 'footprint');
  const labels = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / IN_CLASS));
  const x = tf.tensor2d(Float32Array.from({ length: rows * WIDTH }, normal), [rows, WIDTH]);
  let [triplets, norm] = [0, 0];
  const step = () => {
    const { value, grads } = tf.valueAndGrads((input) => {
      const result = computeLoss({ loss }, { embeddings: input as Tensor2D, labels });
      triplets = result.diagnostics.items;
      return result.loss;
    })([x]);
    norm = tf.norm(grads[0]!).dataSync()[0]!;
    tf.dispose([value, ...grads]);
  };
  const { peakBytes } = await tf.profile(step);
  x.dispose();
  return { triplets, norm, process: risen(), tensors: peakBytes };
}

// The smallest first: a peak of the process is never taken back.
describe('the memory of a loss over all triplets, d = 512', () => {
  it.each([{ rows: 512, margin: 0.2 }, { rows: 1024, margin: 0.2 }, { rows: 1024, margin: 'soft' as const }])(
    'is quadratic in the batch: B = $rows, margin $margin', async ({ rows, margin }) => {
      const { triplets, norm, process, tensors } = await costOf({ ...hinge, margin }, rows);
      expect(triplets).toBe(rows * (IN_CLASS - 1) * (rows - IN_CLASS));
      expect(norm).toBeGreaterThan(0);
      const perPair = (bytes: number) => bytes / (4 * rows * rows);
      console.log(`B = ${rows}, margin ${margin}: ${triplets.toLocaleString('en-GB')} triplets; the process has risen by ${(process / 2 ** 20).toFixed(0)} MiB`
        + ` (${perPair(process).toFixed(1)} numbers a pair), tensors to ${(tensors / 2 ** 20).toFixed(1)} MiB; a cubic mask of bytes alone is ${rows ** 3 / 2 ** 20} MiB.`);
      expect(perPair(process)).toBeLessThan(MOST_PER_PAIR);
      expect(tensors).toBeLessThan(4 * (4 * rows * rows + 6 * rows * WIDTH));
    });

  it('would be seen if it were cubic', () => {
    const rows = 512;
    expect(new Uint8Array(rows ** 3).fill(1).at(-1)).toBe(1);
    expect(risen() / (4 * rows * rows)).toBeGreaterThan(MOST_PER_PAIR);
  });
});
