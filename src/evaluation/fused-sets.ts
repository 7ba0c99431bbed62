import type { TemplateSet } from './template-set.ts';
import { unitRows } from './unit-rows.ts';

/** How several templates on a side become one score. */
export type SetFusion = 'mean-template' | 'mean-score' | 'max-score';

/** The rows of a set's templates by part, such as the finger; sets of one kind have the single part ''. */
export type SetRows = ReadonlyMap<string, readonly number[]>;

/**
 * Scores of sets of templates by cosine similarity. `mean-template`: the sum of the unit templates of a side is compared as if it were
 * one. `mean-score` and `max-score`: every template of one side with every one of the other (the mean of those is the product of the
 * mean unit templates). Where sets have several parts, their scores are averaged over the parts that both have.
 *
 * @returns -Infinity, a failure to acquire, where they share none.
 * @throws EvaluationError no-templates, shape-mismatch or template-without-direction.
 */
export function setSimilarity(templates: TemplateSet, fusion: SetFusion): (one: SetRows, other: SetRows) => number {
  const { dimension } = templates;
  const units = unitRows(templates);
  const fused = new WeakMap<readonly number[], Float64Array>();
  const meanOf = (rows: readonly number[]): Float64Array => {
    const known = fused.get(rows);
    if (known !== undefined) return known;
    const mean = new Float64Array(dimension);
    for (const row of rows) for (let at = 0; at < dimension; at++) mean[at]! += units[row * dimension + at]! / rows.length;
    const length = fusion === 'mean-template' ? Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0)) : 1;
    const scaled = mean.map((value) => value / length);
    fused.set(rows, scaled);
    return scaled;
  };
  const highest = (one: readonly number[], other: readonly number[]): number =>
    Math.max(...one.flatMap((a) => other.map((b) => dot(units.subarray(a * dimension, (a + 1) * dimension), units.subarray(b * dimension, (b + 1) * dimension)))));
  const scoreOf = (one: readonly number[], other: readonly number[]): number =>
    fusion === 'max-score' ? highest(one, other) : dot(meanOf(one), meanOf(other));
  return (one, other) => {
    let [sum, parts] = [0, 0];
    for (const [part, rows] of one) {
      const counterpart = other.get(part);
      if (counterpart === undefined) continue;
      sum += scoreOf(rows, counterpart);
      parts++;
    }
    return parts === 0 ? -Infinity : sum / parts;
  };
}

function dot(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum > 1 ? 1 : sum < -1 ? -1 : sum; // rounding alone leaves the range
}
