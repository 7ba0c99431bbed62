import type { LogisticFusion } from './fuse-scores.ts';
import { comparisonsOf } from './fuse-scores.ts';
import type { Scores } from './score-set.ts';
import { EvaluationError } from './score-set.ts';
import { solveLinear } from './solve-linear.ts';

/** Scores of the same comparisons by several sources, by kind: `mated[source][comparison]`. */
export interface SourceScores {
  readonly mated: readonly Scores[];
  readonly nonMated: readonly Scores[];
}

const ITERATIONS = 50;
const SETTLED = 1e-6;
/** Weight of the sum of squared weights, of standardised scores: keeps the fit finite where a development set is separable. */
const SHRINKAGE = 1e-3;

/**
 * Fits the weights of a logistic fusion: logistic regression over all sources, both kinds weighted alike (Brümmer et al., IEEE TASLP 15,
 * 2007), by Newton's method on standardised scores with a small ridge. Fit it on development scores and apply it to others.
 *
 * @throws EvaluationError no-mated-scores, no-non-mated-scores, score-out-of-range (a failure cannot be learnt from), no-spread (a source
 *   that always says the same), shape-mismatch.
 */
export function logisticFusion({ mated, nonMated }: SourceScores): LogisticFusion {
  if (mated.length !== nonMated.length) throw new EvaluationError('shape-mismatch', `${mated.length} sources of mated scores, ${nonMated.length} of non-mated ones.`);
  const counts = [comparisonsOf(mated), comparisonsOf(nonMated)] as const;
  if (counts[0] === 0) throw new EvaluationError('no-mated-scores', 'A fusion cannot be fitted without mated scores.');
  if (counts[1] === 0) throw new EvaluationError('no-non-mated-scores', 'A fusion cannot be fitted without non-mated scores.');
  const scales = mated.map((scores, source) => spreadOf(scores, nonMated[source]!));
  const rowsOf = (sources: readonly Scores[], count: number): number[][] => Array.from({ length: count }, (_, index) => (
    [...sources.map((scores, source) => (scores[index]! - scales[source]!.middle) / scales[source]!.deviation), 1]));
  const kinds = [
    { rows: rowsOf(mated, counts[0]), target: 1, weight: 0.5 / counts[0] },
    { rows: rowsOf(nonMated, counts[1]), target: 0, weight: 0.5 / counts[1] },
  ];
  const fitted = newton(kinds, mated.length + 1);
  const weights = scales.map(({ deviation }, source) => fitted[source]! / deviation);
  const offset = fitted.at(-1)! - weights.reduce((sum, weight, source) => sum + weight * scales[source]!.middle, 0);
  return { weights, offset, neutral: scales.map(({ middle }) => middle) };
}

/** Halfway between the kinds' means, and the deviation about it. */
function spreadOf(mated: Scores, nonMated: Scores): { middle: number; deviation: number } {
  const means = [[...mated], [...nonMated]].map((scores) => scores.reduce((sum, score) => sum + score, 0) / scores.length);
  const middle = (means[0]! + means[1]!) / 2;
  const squares = [...mated, ...nonMated].reduce((sum, score) => sum + (score - middle) ** 2, 0);
  const deviation = Math.sqrt(squares / (mated.length + nonMated.length));
  if (!Number.isFinite(middle)) throw new EvaluationError('score-out-of-range', 'A score is a failure or not a number, from which no fusion is learnt.');
  if (deviation === 0) throw new EvaluationError('no-spread', 'A source gives every comparison the same score.');
  return { middle, deviation };
}

interface Kind {
  rows: readonly number[][];
  target: number;
  weight: number;
}

function newton(kinds: readonly Kind[], size: number): number[] {
  let at = new Array<number>(size).fill(0);
  let loss = lossAt(kinds, at);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const { gradient, curvature } = derivatives(kinds, at);
    const step = solveLinear(curvature, gradient);
    let share = 1;
    let next = at;
    for (; share > SETTLED; share /= 2) {
      next = at.map((value, index) => value - share * step[index]!);
      if (lossAt(kinds, next) <= loss) break;
    }
    if (share <= SETTLED) break;
    [at, loss] = [next, lossAt(kinds, next)];
    if (Math.max(...step.map(Math.abs)) < SETTLED) break;
  }
  return at;
}

const dot = (row: readonly number[], weights: readonly number[]): number => row.reduce((sum, value, index) => sum + value * weights[index]!, 0);

const ridgeOf = (weights: readonly number[], index: number): number => (index < weights.length - 1 ? SHRINKAGE * weights[index]! : 0);

function lossAt(kinds: readonly Kind[], weights: readonly number[]): number {
  const ridge = weights.reduce((sum, weight, index) => sum + (weight * ridgeOf(weights, index)) / 2, 0);
  return kinds.reduce((sum, { rows, target, weight }) => sum + weight * rows.reduce((part, row) => {
    const logit = dot(row, weights);
    return part + Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
  }, 0), ridge);
}

function derivatives(kinds: readonly Kind[], weights: readonly number[]): { gradient: number[]; curvature: number[][] } {
  const gradient = weights.map((_, index) => ridgeOf(weights, index));
  const curvature = weights.map((_, row) => weights.map((__, column) => (row === column && row < weights.length - 1 ? SHRINKAGE : 0)));
  for (const { rows, target, weight } of kinds) {
    for (const row of rows) {
      const probability = 1 / (1 + Math.exp(-dot(row, weights)));
      for (let one = 0; one < row.length; one++) {
        gradient[one]! += weight * (probability - target) * row[one]!;
        for (let other = 0; other < row.length; other++) curvature[one]![other]! += weight * probability * (1 - probability) * row[one]! * row[other]!;
      }
    }
  }
  return { gradient, curvature };
}
