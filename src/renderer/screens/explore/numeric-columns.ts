import type { ExploredSample } from '../../../contract/requests/explore.ts';

/** The columns that hold numbers wherever they hold anything, and more than one number. */
export function numericColumns(columns: readonly string[], samples: readonly Pick<ExploredSample, 'values'>[]): string[] {
  return columns.filter((_, at) => {
    const values = new Set(samples.map((sample) => sample.values[at]?.trim() ?? '').filter((value) => value !== ''));
    return values.size > 1 && [...values].every((value) => Number.isFinite(Number(value)));
  });
}
