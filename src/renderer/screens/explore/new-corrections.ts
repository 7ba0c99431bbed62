import type { EvaluationReport } from '../../../contract/requests/evaluations.ts';
import type { LabelMarkRow } from '../../../contract/requests/explore.ts';

/** Whether the same evaluation with the marks of today would correct other labels than it did: marks of other parts change nothing. */
export function wouldCorrectOtherwise({ part, corrections }: Pick<EvaluationReport, 'part' | 'corrections'>, marks: readonly LabelMarkRow[]): boolean {
  // Thresholds and calibrations come from the validation part.
  const wanted = new Map(marks.filter((mark) => mark.part === part || mark.part === 'validation').map(({ path, subject }) => [path, subject]));
  return wanted.size !== corrections.length || corrections.some(({ path, subject }) => wanted.get(path) !== subject);
}
