import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { degenerateComplaints } from '../test-support/degenerate-batches.ts';
import { evaluateLoss, gap } from '../test-support/evaluate-loss.ts';
import { length, mean, numericGradient } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

describe.each([1, 2] as const)('embedding norm, power %d', (power) => {
  const plan = { loss: null, regularizers: [{ name: 'embedding-norm', weight: 0.5, power } as const] };
  const oracle: Oracle = ({ embeddings }) => 0.5 * mean(embeddings.map((x) => length(x) ** power));

  it('agrees with the formula and its finite differences', () => {
    const batch = sampleBatch(1, { rows: 5, width: 3, classes: 2, perClass: 1 });
    const { value, embeddings } = evaluateLoss(plan, batch);
    expect(value).toBeCloseTo(oracle(batch, batch), 5);
    expect(gap(embeddings, numericGradient(oracle, batch, 'embeddings'))).toBeLessThan(1e-5);
  });

  it('survives the degenerate batches', () => {
    expect(degenerateComplaints(plan)).toEqual([]);
  });

  it('leaves a zero vector where it is', () => {
    const batch = { embeddings: [[0, 0], [1, 2]], labels: [0, 1], proxies: [] };
    expect(evaluateLoss(plan, batch).embeddings[0]).toEqual([0, 0]);
  });
});
