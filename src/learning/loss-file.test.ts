import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { runLossFile } from './loss-file.ts';
import { fixtureA, goldenRows } from './test-support/golden-fixture.ts';
import type { GoldenRow } from './test-support/golden-fixture.ts';

const norm = (matrix: number[][]) => Math.hypot(...matrix.flat());
const relative = (actual: number, expected: number) => Math.abs(actual - expected) / Math.abs(expected);

function fileOf({ loss, options, regularizers, uses }: GoldenRow) {
  const { embeddings, labels, proxies, subProxies, textSimilarity } = fixtureA;
  const extra = uses && { proxies: { proxies }, subProxies: { proxies: subProxies }, textSimilarity: { textSimilarity } }[uses];
  return { loss, embeddings, labels, ...(options && { options }), ...(regularizers && { regularizers }), ...extra };
}

describe('a loss file', () => {
  it.each(goldenRows)('agrees with the golden row "$title" within 1e-5', (row) => {
    const { loss, gradients } = runLossFile(fileOf(row));
    expect(relative(loss, row.value)).toBeLessThan(1e-5);
    expect(relative(norm(gradients.embeddings), row.embeddingGradient)).toBeLessThan(1e-5);
    if (row.proxyGradient !== undefined) expect(relative(norm(gradients.proxies!), row.proxyGradient)).toBeLessThan(1e-5);
  });

  it('counts the one anchor that multi-similarity skips on the golden batch', () => {
    const { skipped } = runLossFile(fileOf(goldenRows.find(({ title }) => title === 'multi-similarity, code')!));
    expect(skipped).toEqual({ noPositive: 0, noNegative: 0, notMined: 1, zeroVector: 0 });
  });

  it('refuses an unknown option, naming it', () => {
    const file = { ...fileOf(goldenRows[0]!), options: { variant: 'survey', margn: 1 } };
    expect(() => runLossFile(file)).toThrow('margn');
  });
});
