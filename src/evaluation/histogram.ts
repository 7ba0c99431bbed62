import type { OperatingPoints } from './error-rates.ts';
import type { Scores, ScoreSet } from './score-set.ts';
import { EvaluationError } from './score-set.ts';

/** Counts of both kinds of score over the same bins. Divide by count * width for densities. */
export interface Histogram {
  /** [bins + 1], equal steps. Bin b holds edges[b] <= score < edges[b + 1]; the last bin holds its upper edge too. */
  readonly edges: Float64Array;
  readonly mated: Uint32Array; // [bins]
  readonly nonMated: Uint32Array; // [bins]
  /** Failures to acquire or enrol, scored -Infinity: they are in no bin, and not dropped either. */
  readonly matedFailures: number;
  readonly nonMatedFailures: number;
}

/**
 * Histogram over `bins` equal bins from the lowest to the highest finite score of either kind. One kind may be empty.
 * If all scores are equal the range is half a unit either side, as in numpy.histogram.
 *
 * @throws EvaluationError argument-out-of-range unless bins is a whole number >= 1; too-few-scores without any finite
 *   score; score-not-a-number.
 */
export function scoreHistogram(scores: ScoreSet, bins: number): Histogram {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new EvaluationError('argument-out-of-range', `A histogram needs a whole number of bins, not ${bins}.`);
  }
  const edges = equalEdges(finiteRange(scores), bins);
  const mated = countInto(edges, scores.mated);
  const nonMated = countInto(edges, scores.nonMated);
  return {
    edges,
    mated: mated.counts,
    nonMated: nonMated.counts,
    matedFailures: mated.failures,
    nonMatedFailures: nonMated.failures,
  };
}

/** The histogram of the scores behind operating points, each at the threshold of its point. */
export function histogramOfPoints({ thresholds, falseMatches, falseNonMatches }: OperatingPoints, bins: number): Pick<Histogram, 'edges' | 'mated' | 'nonMated'> {
  const last = thresholds.length - 1;
  const edges = equalEdges(finiteRange({ mated: thresholds.subarray(0, last), nonMated: new Float64Array(0) }), bins);
  const [mated, nonMated] = [new Uint32Array(bins), new Uint32Array(bins)];
  let bin = 0;
  for (let point = 0; point < last; point++) {
    while (bin < bins - 1 && thresholds[point]! >= edges[bin + 1]!) bin++;
    mated[bin]! += falseNonMatches[point + 1]! - falseNonMatches[point]!;
    nonMated[bin]! += falseMatches[point]! - falseMatches[point + 1]!;
  }
  return { edges, mated, nonMated };
}

function finiteRange({ mated, nonMated }: ScoreSet): { lowest: number; highest: number } {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const scores of [mated, nonMated]) {
    for (let index = 0; index < scores.length; index++) {
      const score = scores[index]!;
      if (Number.isNaN(score) || score === Infinity) {
        throw new EvaluationError('score-not-a-number', `The score at index ${index} is ${score}.`);
      }
      if (score === -Infinity) continue;
      if (score < lowest) lowest = score;
      if (score > highest) highest = score;
    }
  }
  if (lowest > highest) throw new EvaluationError('too-few-scores', 'There is no finite score to draw a histogram of.');
  return lowest === highest ? { lowest: lowest - 0.5, highest: highest + 0.5 } : { lowest, highest };
}

function equalEdges({ lowest, highest }: { lowest: number; highest: number }, bins: number): Float64Array {
  const width = (highest - lowest) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, edge) => (edge === bins ? highest : Math.min(highest, lowest + edge * width)));
}

function countInto(edges: Float64Array, scores: Scores): { counts: Uint32Array; failures: number } {
  const bins = edges.length - 1;
  const lowest = edges[0]!;
  const range = edges[bins]! - lowest;
  const counts = new Uint32Array(bins);
  let failures = 0;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index]!;
    if (score === -Infinity) {
      failures++;
      continue;
    }
    // The quotient may round into a neighbouring bin; the edges decide.
    let bin = Math.min(bins - 1, Math.floor(((score - lowest) / range) * bins));
    while (score < edges[bin]!) bin--;
    while (bin < bins - 1 && score >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { counts, failures };
}
