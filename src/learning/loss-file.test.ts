import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { runLossFile } from './loss-file.ts';
import { fixtureA, goldenRows } from './test-support/golden-fixture.ts';
import type { GoldenRow } from './test-support/golden-fixture.ts';

const norm = (matrix: number[][]) => Math.hypot(...matrix.flat());
const relative = (actual: number, expected: number) => Math.abs(actual - expected) / Math.abs(expected);

function run({ loss, regularizers = [], uses }: GoldenRow) {
  const { embeddings, labels, proxies, subProxies, textSimilarity } = fixtureA;
  const extra = uses && { proxies: { proxies }, subProxies: { proxies: subProxies }, textSimilarity: { textSimilarity } }[uses];
  return runLossFile({ loss, embeddings, labels, regularizers, ...extra });
}

describe('a loss file', () => {
  it.each(goldenRows)('agrees with the golden row "$title" within 1e-5', (row) => {
    const { loss, gradients } = run(row);
    expect(relative(loss, row.value)).toBeLessThan(1e-5);
    expect(relative(norm(gradients.embeddings), row.embeddings)).toBeLessThan(1e-5);
    if (row.proxies !== undefined) expect(relative(norm(gradients.proxies!), row.proxies)).toBeLessThan(1e-5);
  });

  it('counts the one anchor that multi-similarity skips on the golden batch', () => {
    const { skipped } = run(goldenRows.find(({ title }) => title === 'multi-similarity, code')!);
    expect(skipped).toEqual({ noPositive: 0, noNegative: 0, notMined: 1, zeroVector: 0 });
  });

  it('gives proxies that a pair loss does not use a zero gradient', () => {
    const { gradients } = run({ ...goldenRows[0]!, uses: 'proxies' });
    expect(gradients.proxies!.flat().every((value) => value === 0)).toBe(true);
  });

  it('costs nothing without a loss and without regularisers', () => {
    expect(run({ ...goldenRows[0]!, loss: null }).loss).toBe(0);
  });
});
