import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { degenerateComplaints } from '../test-support/degenerate-batches.ts';
import { disagreement, evaluateLoss, worst } from '../test-support/evaluate-loss.ts';
import { mean, squaredDistance, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { permuted, sampleBatch } from '../test-support/sample-batch.ts';

type Recipe = LossOf<'contrastive'>;

const recipes: Recipe[] = [
  { name: 'contrastive', variant: 'survey', margin: 1.5, positiveMargin: 0 },
  { name: 'contrastive', variant: 'paper', margin: 1.2, positiveMargin: 0 },
  { name: 'contrastive', variant: 'code', margin: 1.3, positiveMargin: 0.4 },
];
const shape = { rows: 10, width: 4, classes: 3, perClass: 1 };

const oracleOf = ({ variant, margin, positiveMargin }: Recipe): Oracle => ({ embeddings, labels }) => {
  const pulls: number[] = [];
  const pushes: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < labels.length; j++) {
      if (i === j) continue;
      const squared = squaredDistance(unit(embeddings[i]!), unit(embeddings[j]!));
      const d = Math.sqrt(squared);
      const isSame = labels[i] === labels[j];
      if (variant === 'survey') pulls.push(isSame ? squared : Math.max(0, margin - squared));
      if (variant === 'paper') pulls.push(isSame ? squared / 2 : Math.max(0, margin - d) ** 2 / 2);
      if (variant === 'code' && isSame) pulls.push(Math.max(0, d - positiveMargin));
      if (variant === 'code' && !isSame) pushes.push(Math.max(0, margin - d));
    }
  }
  if (variant !== 'code') return mean(pulls);
  return mean(pulls.filter((loss) => loss > 0)) + mean(pushes.filter((loss) => loss > 0));
};

describe.each(recipes)('contrastive loss, $variant', (loss) => {
  it('agrees with the literal loop and its finite differences', () => {
    for (const seed of [1, 2, 3]) {
      expect(worst(disagreement({ loss }, sampleBatch(seed, shape), oracleOf(loss)))).toBeLessThan(2e-5);
    }
  });

  it('agrees where a class has one row, and where there is one pair of each kind', () => {
    const batch = sampleBatch(4, shape);
    for (const labels of [[0, 0, 1, 1, 2, 2, 3, 3, 4, 5], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], new Array<number>(10).fill(0)]) {
      expect(worst(disagreement({ loss }, { ...batch, labels }, oracleOf(loss)))).toBeLessThan(2e-5);
    }
  });

  it('survives the degenerate batches', () => {
    expect(degenerateComplaints({ loss })).toEqual([]);
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(fc.property(fc.integer(), fc.shuffledSubarray([...Array(10).keys()], { minLength: 10 }), (seed, order) => {
      const batch = sampleBatch(seed, shape);
      expect(evaluateLoss({ loss }, permuted(batch, order)).value).toBeCloseTo(evaluateLoss({ loss }, batch).value, 5);
    }), { numRuns: 20 });
  });
});

describe('contrastive loss', () => {
  it('names the dearest pair first, and leaves coincident impostors where they are', () => {
    const batch = { embeddings: [[1, 0], [1, 0], [0, 1]], labels: [0, 1, 0], proxies: [] };
    const { diagnostics, embeddings } = evaluateLoss({ loss: recipes[0]! }, batch);
    expect(diagnostics.costliest[0]).toMatchObject({ positive: 2, anchor: 0, loss: 2 });
    expect(embeddings[1]!.map(Math.abs)).toEqual([0, 0]);
  });
});
