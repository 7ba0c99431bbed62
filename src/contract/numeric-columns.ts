import type { ExploredSample } from './requests/explore.ts';

/** The columns that hold numbers wherever they hold anything, and more than one number; those with the most different numbers first. */
export function numericColumns(columns: readonly string[], samples: readonly Pick<ExploredSample, 'values'>[]): string[] {
  return columns
    .map((name, at) => ({ name, values: new Set(samples.map((sample) => sample.values[at]?.trim() ?? '').filter((value) => value !== '')) }))
    .filter(({ values }) => values.size > 1 && [...values].every((value) => Number.isFinite(Number(value))))
    .sort((one, other) => other.values.size - one.values.size)
    .map(({ name }) => name);
}
