import type { ExploredSample } from './requests/explore.ts';

/** A column with the different words that stand in it; an empty cell is none of them. */
export interface NamedValues {
  readonly name: string;
  readonly values: ReadonlySet<string>;
}

/** The columns that hold numbers wherever they hold anything, and more than one number; those with the most different numbers first. */
export function numericColumns(columns: readonly string[], samples: readonly Pick<ExploredSample, 'values'>[]): string[] {
  return numericAmong(columns.map((name, at) => ({ name, values: new Set(samples.map(({ values }) => values[at]?.trim() ?? '').filter((value) => value !== '')) })));
}

/** The same of columns whose words are gathered already. */
export function numericAmong(columns: readonly NamedValues[]): string[] {
  return columns
    .filter(({ values }) => values.size > 1 && [...values].every((value) => Number.isFinite(Number(value))))
    .sort((one, other) => other.values.size - one.values.size)
    .map(({ name }) => name);
}
