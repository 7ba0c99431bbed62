import { RequestError } from '../../contract/request-error.ts';
import type { TextSimilarity } from '../../learning/regularizers/language-guidance.ts';
import type { ClassTexts } from './class-texts.ts';

/** 4096 classes are 67 MB and a few seconds. */
const mostClasses = 4096;

/**
 * Cosine similarity of the texts of every two classes, [classes, classes], row-major float32; the row and the column of a
 * class without text are NaN, so that nobody trains on them by mistake (`isGuided` of the class says it too).
 *
 * @throws RequestError('bad-recipe') above 4096 classes.
 */
export function classTextSimilarity({ vectors }: Pick<ClassTexts, 'vectors'>): TextSimilarity & { values: Float32Array; isGuided: boolean[] } {
  const classes = vectors.length;
  if (classes > mostClasses) {
    throw new RequestError('bad-recipe', `Language guidance works with at most ${mostClasses} classes; this training set has ${classes}.`);
  }
  const values = new Float32Array(classes * classes).fill(NaN);
  vectors.forEach((left, row) => {
    if (left === null) return;
    values[row * classes + row] = 1;
    for (let column = 0; column < row; column++) {
      const right = vectors[column];
      if (!right) continue;
      const similarity = left === right ? 1 : cosineOfUnits(left, right);
      values[row * classes + column] = similarity;
      values[column * classes + row] = similarity;
    }
  });
  return { classes, values, isGuided: vectors.map((vector) => vector !== null) };
}

/** Summed in float64; rounding may leave it a hair outside [-1, 1]. */
function cosineOfUnits(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return Math.min(1, Math.max(-1, sum));
}
