import type { ScoreFilePlan } from '../../contract/requests/score-files.ts';
import type { CollectedScores, MetadataColumn } from '../../evaluation/score-rows.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';

/** The columns that the studies of a plan want kept. */
export function studiedColumns({ studies, slice, cohort }: ScoreFilePlan): string[] {
  return [
    ...(studies.includes('identification') ? ['sample_b'] : []),
    ...(studies.includes('discard') ? ['quality', 'quality_a', 'quality_b'] : []),
    ...(slice === null ? [] : [slice, `${slice}_a`, `${slice}_b`, 'sample_a', 'sample_b']),
    ...(cohort === null ? [] : ['sample_a', 'sample_b']),
  ];
}

/** @throws EvaluationError row-unreadable, in words, when the file has no such column. */
export function columnOf({ metadata }: CollectedScores, name: string): MetadataColumn {
  const column = metadata.find((one) => one.name === name);
  if (column === undefined) throw new EvaluationError('row-unreadable', `The file has no column ${name}.`);
  return column;
}

/** A column that says something of both sides: `name` by itself, or its two forms with _a and _b. */
export function sidesOf(collected: CollectedScores, name: string): [MetadataColumn, MetadataColumn] {
  if (collected.metadata.some((one) => one.name === name)) return [columnOf(collected, name), columnOf(collected, name)];
  return [columnOf(collected, `${name}_a`), columnOf(collected, `${name}_b`)];
}
