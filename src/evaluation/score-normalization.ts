import type { CohortStatistics } from './cohort-statistics.ts';
import type { Scores } from './score-set.ts';
import { EvaluationError } from './score-set.ts';

/** Comparison scores with the rows of their templates in the cohort statistics, as parallel columns. */
export interface Comparisons {
  readonly scores: Scores;
  readonly references: Uint32Array; // [scores], row of the reference
  readonly probes: Uint32Array; // [scores], row of the probe
}

/** Cohort statistics of both sides; the same object twice when every template is both. */
export interface CohortSides {
  readonly references: CohortStatistics;
  readonly probes: CohortStatistics;
}

/**
 * Z-norm: (s - mean) / deviation of the **reference** against the cohort, which levels references that match everybody.
 * Source: Auckenthaler et al., Digital Signal Processing 10, 2000. A failure to acquire (-Infinity) stays one.
 *
 * The result is a new column: compute the figures before and after, or compare both with `pairedBootstrap`.
 *
 * @throws EvaluationError shape-mismatch when the columns differ in length or a row has no statistics.
 */
export function zNorm(comparisons: Comparisons, references: CohortStatistics): Float64Array {
  return standardized(comparisons.scores, comparisons.references, references);
}

/** T-norm: the same with the cohort scores of the **probe**, which levels conditions of capture. Errors as `zNorm`. */
export function tNorm(comparisons: Comparisons, probes: CohortStatistics): Float64Array {
  return standardized(comparisons.scores, comparisons.probes, probes);
}

/**
 * S-norm: the mean of Z-norm and T-norm, symmetric in reference and probe (Kenny, Odyssey 2010). With statistics of the
 * nearest cohort scores only (`cohortStatistics(scores, cohort, nearest)`) it is adaptive S-norm, AS-norm1 of Matejka
 * et al., Interspeech 2017. Errors as `zNorm`.
 */
export function sNorm(comparisons: Comparisons, cohort: CohortSides): Float64Array {
  const z = zNorm(comparisons, cohort.references);
  const t = tNorm(comparisons, cohort.probes);
  for (let index = 0; index < z.length; index++) z[index] = (z[index]! + t[index]!) / 2;
  return z;
}

function standardized(scores: Scores, rows: Uint32Array, { mean, deviation }: CohortStatistics): Float64Array {
  if (rows.length !== scores.length) {
    throw new EvaluationError('shape-mismatch', `${rows.length} rows do not name the templates of ${scores.length} scores.`);
  }
  const result = new Float64Array(scores.length);
  for (let index = 0; index < result.length; index++) {
    const row = rows[index]!;
    if (row >= mean.length) {
      throw new EvaluationError('shape-mismatch', `Score ${index} names row ${row}, but the cohort knows ${mean.length} rows.`);
    }
    result[index] = (scores[index]! - mean[row]!) / deviation[row]!;
  }
  return result;
}
