import type { Random } from './random.ts';
import type { TemplateSet } from './template-set.ts';
import { EvaluationError } from './score-set.ts';
import { unitRows } from './unit-rows.ts';

export interface PrincipalPlane {
  /** Each template on the two axes of greatest variance: [templates, 2], row-major. */
  readonly points: Float64Array;
  /** Shares of the whole variance along each axis, descending. */
  readonly explained: readonly [number, number];
}

const CONVERGED = 1e-12;
const MOST_ROUNDS = 2000;
/** Rounding of equal float32 rows of unit length leaves some 1e-16. */
const NO_VARIANCE = 1e-12;

/**
 * The templates, scaled to unit length and centered, on their first two principal components: eigenvectors of the covariance
 * [dimension, dimension] by orthogonal iteration. An axis points where its largest entry is positive.
 *
 * @throws EvaluationError too-few-scores for fewer than 2 templates or dimensions, no-spread when all are equal, and those of `unitRows`.
 */
export function principalPlane(templates: TemplateSet, random: Random): PrincipalPlane {
  const { dimension, subjects } = templates;
  const count = subjects.length;
  if (count < 2 || dimension < 2) throw new EvaluationError('too-few-scores', `A map needs 2 templates of 2 dimensions, not ${count} of ${dimension}.`);
  const rows = unitRows(templates);
  const mean = meanRow(rows, dimension);
  const covariance = covarianceOf(rows, mean);
  const total = traceOf(covariance, dimension);
  if (!(total > NO_VARIANCE)) throw new EvaluationError('no-spread', 'All templates are equal, so there is nothing to map.');
  const { axes, variances } = leadingAxes(covariance, dimension, random);
  const points = new Float64Array(2 * count);
  for (let row = 0; row < count; row++) {
    for (let axis = 0; axis < 2; axis++) {
      let sum = 0;
      for (let k = 0; k < dimension; k++) sum += (rows[row * dimension + k]! - mean[k]!) * axes[axis]![k]!;
      points[2 * row + axis] = sum;
    }
  }
  return { points, explained: [variances[0] / total, variances[1] / total] };
}

function meanRow(rows: Float32Array, dimension: number): Float64Array {
  const mean = new Float64Array(dimension);
  for (let at = 0; at < rows.length; at++) mean[at % dimension]! += rows[at]!;
  return mean.map((sum) => sum / (rows.length / dimension));
}

function covarianceOf(rows: Float32Array, mean: Float64Array): Float64Array {
  const dimension = mean.length;
  const count = rows.length / dimension;
  const covariance = new Float64Array(dimension * dimension);
  const centered = new Float64Array(dimension);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < dimension; k++) centered[k] = rows[row * dimension + k]! - mean[k]!;
    for (let a = 0; a < dimension; a++) {
      const value = centered[a]! / count;
      for (let b = a; b < dimension; b++) covariance[a * dimension + b]! += value * centered[b]!;
    }
  }
  for (let a = 0; a < dimension; a++) for (let b = 0; b < a; b++) covariance[a * dimension + b] = covariance[b * dimension + a]!;
  return covariance;
}

interface Axes {
  axes: [Float64Array, Float64Array];
  variances: [number, number];
}

/** Orthogonal iteration; a pair of equal variances has no axes of its own, and any two of its plane will do. */
function leadingAxes(covariance: Float64Array, dimension: number, random: Random): Axes {
  const total = traceOf(covariance, dimension);
  const start = (): Float64Array => Float64Array.from({ length: dimension }, () => random() - 0.5);
  let first = unit(start());
  let second = unit(without(start(), first));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const nextFirst = unit(times(covariance, first));
    const pulled = without(times(covariance, second), nextFirst);
    // Without variance beside the first axis there is nothing to turn to; any direction across will do.
    const nextSecond = unit(dot(pulled, pulled) > (NO_VARIANCE * total) ** 2 ? pulled : without(second, nextFirst));
    const moved = 2 - Math.abs(dot(first, nextFirst)) - Math.abs(dot(second, nextSecond));
    [first, second] = [nextFirst, nextSecond];
    if (moved < CONVERGED) break;
  }
  return { axes: [upright(first), upright(second)], variances: [dot(first, times(covariance, first)), dot(second, times(covariance, second))] };
}

function traceOf(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += matrix[k * size + k]!;
  return sum;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, row) => dot(matrix.subarray(row * size, (row + 1) * size), vector));
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < one.length; k++) sum += one[k]! * other[k]!;
  return sum;
}

function without(vector: Float64Array, axis: Float64Array): Float64Array {
  const along = dot(vector, axis);
  return vector.map((value, k) => value - along * axis[k]!);
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}

function upright(axis: Float64Array): Float64Array {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}
