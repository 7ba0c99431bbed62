import type { SampleBatch } from './sample-batch.ts';

/**
 * The slowest literal reading of a formula, in float64. `base` is the batch before an entry was moved for a difference:
 * what a formula holds constant is taken from there.
 */
export type Oracle = (batch: SampleBatch, base: SampleBatch) => number;

export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, k) => sum + value * b[k]!, 0);

export const length = (a: readonly number[]): number => Math.sqrt(dot(a, a));

export const unit = (a: readonly number[]): number[] => (length(a) === 0 ? a.map(() => 0) : a.map((value) => value / length(a)));

export const squaredDistance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0);

export const mean = (values: readonly number[]): number =>
  (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);

/** Step of the central differences: error about step² against rounding about 1e-16 / step. */
const step = 1e-5;

/** ∂oracle by central differences, one entry at a time. */
export function numericGradient(oracle: Oracle, batch: SampleBatch, which: 'embeddings' | 'proxies'): number[][] {
  return batch[which].map((values, row) => values.map((value, column) => {
    const at = (moved: number) => oracle({
      ...batch, [which]: batch[which].map((other, r) => (r === row ? other.with(column, moved) : other)),
    }, batch);
    return (at(value + step) - at(value - step)) / (2 * step);
  }));
}
