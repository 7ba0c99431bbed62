import { EvaluationError } from './score-set.ts';

/** Templates as rows of one matrix, each with the integer label of its biometric data subject. */
export interface TemplateSet {
  readonly embeddings: Float32Array; // [templates, dimension], row-major
  readonly dimension: number;
  readonly subjects: Int32Array; // [templates]
}

/**
 * Checks the shape, once, at the door.
 *
 * @throws EvaluationError no-templates, or shape-mismatch.
 */
export function checkTemplates({ embeddings, dimension, subjects }: TemplateSet): void {
  if (subjects.length === 0) throw new EvaluationError('no-templates', 'There are no templates to compare.');
  if (!Number.isInteger(dimension) || dimension < 1 || embeddings.length !== subjects.length * dimension) {
    throw new EvaluationError(
      'shape-mismatch',
      `${embeddings.length} numbers are not ${subjects.length} templates of ${dimension} dimensions.`,
    );
  }
}

/**
 * The rows of each subject, keyed by its label, in order of first appearance.
 */
export function rowsBySubject(subjects: Int32Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  subjects.forEach((subject, row) => {
    const known = rows.get(subject);
    if (known === undefined) rows.set(subject, [row]);
    else known.push(row);
  });
  return rows;
}
