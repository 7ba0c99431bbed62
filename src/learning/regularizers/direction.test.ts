import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, squaredDistance, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

const loss: LossOf<'triplet'> = { name: 'triplet', distance: 'squared-euclidean', margin: 0.2, reduction: 'mean' };
const minus = (a: readonly number[], b: readonly number[]) => a.map((value, k) => value - b[k]!);

const oracle: Oracle = ({ embeddings, labels }) => {
  const f = embeddings.map(unit);
  let sum = 0;
  let items = 0;
  for (const a of labels.keys()) {
    for (const p of labels.keys()) {
      for (const n of labels.keys()) {
        if (p === a || labels[p] !== labels[a] || labels[n] === labels[a]) continue;
        const c = dot(unit(minus(f[n]!, f[a]!)), unit(minus(f[p]!, f[a]!)));
        items++;
        sum += Math.max(0, squaredDistance(f[a]!, f[p]!) - squaredDistance(f[a]!, f[n]!) + 0.2 - 0.3 * c);
      }
    }
  }
  return sum / Math.max(1, items);
};

describe('direction regularisation of triplets', () => {
  itIsSound({ plan: { loss, regularizers: [{ name: 'direction', weight: 0.3 }] }, oracle, torn: 'rows' });

  it('with weight 0 is the plain triplet loss', () => {
    fc.assert(fc.property(fc.integer(), (seed) => {
      const batch = sampleBatch(seed, { rows: 6, width: 3, classes: 2, perClass: 1 });
      const turned = evaluateLoss({ loss, regularizers: [{ name: 'direction', weight: 0 }] }, batch).value;
      expect(turned).toBe(evaluateLoss({ loss }, batch).value);
    }), { numRuns: 20 });
  });

  it('alone, moves a negative until NC is orthogonal to PA (C is the middle of PA)', () => {
    for (const seed of [1, 2, 3]) {
      const start = sampleBatch(seed, { rows: 3, width: 16, classes: 2, perClass: 1 });
      let batch = { ...start, labels: [0, 0, 1] };
      const slant = () => {
        const [p, a, n] = batch.embeddings.map(unit) as [number[], number[], number[]];
        const middle = p.map((value, k) => (value + a[k]!) / 2);
        return Math.abs(dot(minus(middle, n), minus(a, p))) / Math.sqrt(squaredDistance(a, p));
      };
      const before = slant();
      const always = { ...loss, margin: 4 };
      for (let step = 0; step < 200; step++) {
        const plain = evaluateLoss({ loss: always }, batch).embeddings[2]!;
        const turned = evaluateLoss({ loss: always, regularizers: [{ name: 'direction', weight: 0.5 }] }, batch).embeddings[2]!;
        const moved = unit(batch.embeddings[2]!).map((value, k) => value - 0.4 * (turned[k]! - plain[k]!));
        batch = { ...batch, embeddings: batch.embeddings.with(2, unit(moved)) };
      }
      expect(slant()).toBeLessThan(Math.max(0.1 * before, 0.02));
    }
  });
});
