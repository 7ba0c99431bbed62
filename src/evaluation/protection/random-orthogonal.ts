import type { ProtectionKey } from './key-stream.ts';
import { keyedNormals } from './key-stream.ts';

/** A square matrix by rows. */
export interface SquareMatrix {
  size: number;
  /** [size, size]. */
  values: Float64Array;
}

/**
 * An orthogonal matrix, uniform over all of them (Haar): the orthonormalised rows of a matrix of normal numbers (Mezzadri, "How to generate random
 * matrices from the classical compact groups", 2007; Gram-Schmidt without a change of sign gives the factor R a positive diagonal, as his method asks).
 */
export function randomOrthogonal(size: number, key: ProtectionKey, stream: number): SquareMatrix {
  const normal = keyedNormals(key, stream);
  const values = Float64Array.from({ length: size * size }, normal);
  for (let row = 0; row < size; row++) {
    const vector = values.subarray(row * size, (row + 1) * size);
    // Twice is enough: what rounding leaves of the other rows after the first time goes with the second.
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < row; other++) removeComponent(vector, values.subarray(other * size, (other + 1) * size));
    }
    scale(vector, 1 / Math.sqrt(dot(vector, vector)));
  }
  return { size, values };
}

/** M x. */
export function multiply({ size, values }: SquareMatrix, vector: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: size }, (_, row) => dot(values.subarray(row * size, (row + 1) * size), vector));
}

/** Mᵀ x: for an orthogonal matrix, what undoes it. */
export function multiplyTransposed({ size, values }: SquareMatrix, vector: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) sums[column]! += values[row * size + column]! * vector[row]!;
  }
  return sums;
}

function dot(one: Float64Array, other: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += one[index]! * other[index]!;
  return sum;
}

function removeComponent(vector: Float64Array, unit: Float64Array): void {
  const length = dot(vector, unit);
  for (let index = 0; index < vector.length; index++) vector[index]! -= length * unit[index]!;
}

function scale(vector: Float64Array, factor: number): void {
  for (let index = 0; index < vector.length; index++) vector[index]! *= factor;
}
