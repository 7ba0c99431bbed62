import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LossPlan } from '../loss-compute.ts';
import { degenerateComplaints } from './degenerate-batches.ts';
import { disagreement, evaluateLoss, worst } from './evaluate-loss.ts';
import type { Oracle } from './oracle.ts';
import { permuted, sampleBatch } from './sample-batch.ts';

/** A setting of a loss and the literal loop it must agree with. */
export interface LossCase {
  readonly plan: LossPlan;
  readonly oracle: Oracle;
  /** Proxies for each class; 1 when left out. */
  readonly perClass?: number;
  /** Largest relative error against the loop; larger for large scales, which magnify float32. */
  readonly tolerance?: number;
  /** Losses that choose rows by their place depend on the order. */
  readonly isOrdered?: boolean;
  /** What must not coincide, as the formula jumps there: a choice between equals, or a direction that nothing has. */
  readonly torn?: 'rows' | 'proxies';
}

const rows = 10;

/** The tests every loss passes, for one setting. */
export function itIsSound({ plan, oracle, perClass = 1, tolerance = 2e-5, isOrdered = false, torn }: LossCase): void {
  const sample = (seed: number) => sampleBatch(seed, { rows, width: 4, classes: 3, perClass });

  it('agrees with the literal loop and its finite differences', () => {
    for (const seed of [1, 2, 3]) expect(worst(disagreement(plan, sample(seed), oracle))).toBeLessThan(tolerance);
  });

  it('agrees where a class has one row, where no row has a partner, and where all have one class', () => {
    const full = sampleBatch(4, { rows, width: 4, classes: rows, perClass });
    for (const labels of [[0, 0, 1, 1, 2, 2, 3, 3, 4, 5], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], new Array<number>(rows).fill(0)]) {
      expect(worst(disagreement(plan, { ...full, labels }, oracle))).toBeLessThan(tolerance);
    }
  });

  it('agrees on one positive and one negative pair', () => {
    const { embeddings, proxies } = sample(5);
    const three = { embeddings: embeddings.slice(0, 3), labels: [0, 0, 1], proxies };
    expect(worst(disagreement(plan, three, oracle))).toBeLessThan(tolerance);
  });

  it('agrees where there is one class in all', () => {
    const batch = sampleBatch(6, { rows: 4, width: 3, classes: 1, perClass });
    expect(worst(disagreement(plan, batch, oracle))).toBeLessThan(tolerance);
  });

  // √D² has a kink there: central differences see none of it, and the subgradient of ours is 0.
  it.skipIf(torn === 'rows')('agrees where rows of one class and of two coincide', () => {
    const { embeddings, labels, proxies } = sample(8);
    const rowsTwice = embeddings.with(3, embeddings[0]!).with(5, embeddings[1]!).with(7, embeddings[2]!).with(9, embeddings[4]!);
    const gap = worst(disagreement(plan, { embeddings: rowsTwice, labels, proxies }, oracle));
    expect(gap).toBeLessThan(Math.max(tolerance, 1e-4)); // float32 takes D² = 0 for 1e-7
  });

  it.skipIf(torn === 'proxies')('agrees where proxies of two classes coincide', () => {
    const { proxies, ...rest } = sample(9);
    expect(worst(disagreement(plan, { ...rest, proxies: proxies.with(proxies.length - 1, proxies[0]!) }, oracle))).toBeLessThan(tolerance);
  });

  it('survives the degenerate batches', () => {
    expect(degenerateComplaints(plan)).toEqual([]);
  });

  it.skipIf(isOrdered)('does not depend on the order of the rows', () => {
    fc.assert(fc.property(fc.integer(), fc.shuffledSubarray([...Array(rows).keys()], { minLength: rows }), (seed, order) => {
      const value = evaluateLoss(plan, sample(seed)).value;
      const shuffled = evaluateLoss(plan, permuted(sample(seed), order)).value;
      expect(Math.abs(shuffled - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
    }), { numRuns: 15 });
  });
}
