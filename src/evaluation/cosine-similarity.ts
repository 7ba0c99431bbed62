import type { TemplateSet } from './template-set.ts';
import { EvaluationError } from './score-set.ts';
import { checkTemplates } from './template-set.ts';

/** The similarity of row i of one matrix and row j of another. */
export type RowSimilarity = (i: number, j: number) => number;

type Matrix = Pick<TemplateSet, 'embeddings' | 'dimension'>;

/**
 * Cosine similarity of two vectors: a . b / (|a| |b|), in [-1, 1], in float64.
 *
 * Bit for bit the score that `compareTemplates` gives the same two rows, so that a threshold chosen there decides alike.
 *
 * @throws EvaluationError shape-mismatch, or template-without-direction when a vector has no finite length above zero.
 */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  const single = (embeddings: Float32Array): TemplateSet => ({
    embeddings,
    dimension: embeddings.length,
    subjects: Int32Array.of(0),
  });
  return rowSimilarity(single(a), single(b))(0, 0);
}

/**
 * Cosine similarity between the rows of two template sets. Norms are computed here, once; each call is one dot product.
 *
 * @throws EvaluationError as `cosineSimilarity` and `checkTemplates`, naming the row.
 */
export function rowSimilarity(left: TemplateSet, right: TemplateSet): RowSimilarity {
  checkTemplates(left);
  checkTemplates(right);
  if (left.dimension !== right.dimension) {
    throw new EvaluationError('shape-mismatch', `Templates of ${left.dimension} and ${right.dimension} dimensions do not compare.`);
  }
  const leftNorms = rowNorms(left);
  const rightNorms = left === right ? leftNorms : rowNorms(right);
  const dot = rowDot(left, right);
  return (i, j) => {
    const cosine = dot(i, j) / (leftNorms[i]! * rightNorms[j]!);
    return cosine > 1 ? 1 : cosine < -1 ? -1 : cosine; // rounding alone leaves the range
  };
}

/** The Euclidean length of each row. */
export function rowNorms(templates: TemplateSet): Float64Array {
  const dot = rowDot(templates, templates);
  return Float64Array.from(templates.subjects, (_, row) => {
    const norm = Math.sqrt(dot(row, row));
    if (!(norm > 0 && norm < Infinity)) {
      throw new EvaluationError('template-without-direction', `The template at row ${row} has length ${norm}, so no cosine exists.`);
    }
    return norm;
  });
}

/** Dot product of two rows. Four sums run side by side: one alone would wait for each addition. */
function rowDot(left: Matrix, right: Matrix): RowSimilarity {
  const a = left.embeddings;
  const b = right.embeddings;
  const dimension = left.dimension;
  const unrolled = dimension - (dimension % 4);
  return (i, j) => {
    const p = i * dimension;
    const q = j * dimension;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let k = 0;
    for (; k < unrolled; k += 4) {
      s0 += a[p + k]! * b[q + k]!;
      s1 += a[p + k + 1]! * b[q + k + 1]!;
      s2 += a[p + k + 2]! * b[q + k + 2]!;
      s3 += a[p + k + 3]! * b[q + k + 3]!;
    }
    for (; k < dimension; k++) s0 += a[p + k]! * b[q + k]!;
    return s0 + s1 + (s2 + s3);
  };
}
