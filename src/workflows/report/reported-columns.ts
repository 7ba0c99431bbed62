import type { NamedValues } from '../../contract/numeric-columns.ts';
import { numericAmong } from '../../contract/numeric-columns.ts';
import { fewestSubjects } from '../../contract/vocabulary.ts';
import { qualityColumn } from '../sample-qualities.ts';

/** A column with more groups than this is a name rather than a condition. */
const mostGroups = 12;
const mostColumns = 8;
const mostQualities = 4;

/** Columns of RidgeBase's file names whose numbers number something: none is better than another. */
const codes: ReadonlySet<string> = new Set(['session', 'background']);

/** Below these a group shows no rate. */
export const groupMinimums = { minimumComparisons: 30, minimumSubjects: fewestSubjects };

/** The columns that a report looks at: by the groups of those that name a few, and by the numbers of those that hold some. */
export function reportedColumns(columns: readonly NamedValues[]): { sliced: string[]; qualities: string[] } {
  const sliced = columns.filter(({ name, values }) => values.size > 1 && values.size <= mostGroups && !isMeasured({ name, values })).map(({ name }) => name);
  return { sliced: sliced.slice(0, mostColumns), qualities: numericAmong(columns).filter((name) => !codes.has(name)).slice(0, mostQualities) };
}

/** Qualities and fractions are amounts: what shares one by chance is no group. */
function isMeasured({ name, values }: NamedValues): boolean {
  return name === qualityColumn || ([...values].every((value) => Number.isFinite(Number(value))) && [...values].some((value) => !Number.isInteger(Number(value))));
}
