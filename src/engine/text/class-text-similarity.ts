import * as tf from '@tensorflow/tfjs-core';
import { RequestError } from '../../contract/request-error.ts';
import type { TextSimilarity } from '../../learning/regularizers/language-guidance.ts';
import type { ClassTexts } from './class-texts.ts';

/** 4096 classes are a matrix of 67 MB. */
const mostClasses = 4096;

/** As language guidance takes it, and which classes have a text. */
export interface ClassTextSimilarity extends TextSimilarity {
  values: Float32Array;
  isGuided: boolean[];
}

/**
 * Cosine similarity of the texts of every two classes, [classes, classes], row-major float32, on the backend of training. The
 * row and the column of a class without text are NaN, so that nobody trains on them by mistake.
 *
 * @throws RequestError('bad-recipe') above 4096 classes.
 */
export function classTextSimilarity({ vectors }: Pick<ClassTexts, 'vectors'>): ClassTextSimilarity {
  const classes = vectors.length;
  if (classes > mostClasses) {
    throw new RequestError('bad-recipe', `Language guidance works with at most ${mostClasses} classes; this training set has ${classes}.`);
  }
  const values = cosinesOfUnits(vectors);
  vectors.forEach((left, row) => {
    for (const [column, right] of vectors.entries()) {
      if (left === null || right === null) values[row * classes + column] = NaN;
      // One text: rounding must not make two classes of it differ.
      else if (left === right) values[row * classes + column] = 1;
    }
  });
  return { classes, values, isGuided: vectors.map((vector) => vector !== null) };
}

/** Rounding may leave a product of unit vectors a hair outside [-1, 1]; a missing vector counts as zeros. */
function cosinesOfUnits(vectors: ClassTexts['vectors']): Float32Array {
  const size = vectors.find((vector) => vector !== null)?.length ?? 0;
  if (size === 0) return new Float32Array(vectors.length ** 2);
  const rows = new Float32Array(vectors.length * size);
  vectors.forEach((vector, row) => { if (vector) rows.set(vector, row * size); });
  const product = tf.tidy(() => {
    const units = tf.tensor2d(rows, [vectors.length, size]); // [classes, size]
    return tf.clipByValue(tf.matMul(units, units, false, true), -1, 1); // [classes, classes]
  });
  // A copy: the backend may keep the numbers it hands out.
  const values = Float32Array.from(product.dataSync());
  product.dispose();
  return values;
}
