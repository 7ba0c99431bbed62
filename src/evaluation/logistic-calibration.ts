import type { Scores, ScoreSet } from './score-set.ts';
import { checkScores, EvaluationError } from './score-set.ts';

/** Natural log-likelihood ratio of a score: scale * score + offset. */
export interface LogisticCalibration {
  readonly scale: number;
  readonly offset: number;
  readonly iterations: number;
}

export interface LogisticPlan {
  /** The share of mated comparisons that the fit is weighted for, in (0, 1); 0.5 asks no more of one kind than the other. */
  readonly matedPrior: number;
  /**
   * observed: labels as they are (the maximum of likelihood); it does not exist for separated scores.
   * smoothed: Platt's (M + 1) / (M + 2) and 1 / (N + 2) instead of 1 and 0, which always has a finite fit.
   */
  readonly targets: 'observed' | 'smoothed';
}

const MAXIMUM_ITERATIONS = 100;
const SMALLEST_STEP = 1e-10;
const ROUNDING = 1e-14; // near the best fit the loss no longer tells two fits apart, while the gradient does

/**
 * Logistic calibration: scale and offset that make scale * s + offset + logit(prior) the logit of being mated, with each
 * kind weighted to its prior. Sources: Platt, "Probabilistic outputs for support vector machines", 1999, with the
 * stable Newton method of Lin, Lin and Weng, Machine Learning 68, 2007; prior weights: Brümmer and du Preez 2006.
 *
 * Fit it on development scores and apply it to others (`calibrated`).
 *
 * @throws EvaluationError separable-scores (observed targets and one threshold parts the kinds: no finite fit), no-spread (all scores are
 *   equal), score-out-of-range (a failure, -Infinity, has no place on the line), argument-out-of-range for a prior
 *   outside (0, 1), and those of `checkScores`.
 */
export function logisticCalibration(scores: ScoreSet, plan: LogisticPlan): LogisticCalibration {
  checkScores(scores);
  if (!(plan.matedPrior > 0 && plan.matedPrior < 1)) {
    throw new EvaluationError('argument-out-of-range', `The mated prior lies between 0 and 1; ${plan.matedPrior} does not.`);
  }
  const frame = frameOf(scores, plan.targets);
  const objective = objectiveOf(scores, plan, frame);
  const logitPrior = Math.log(plan.matedPrior / (1 - plan.matedPrior));
  let at = objective(0, logitPrior);
  let iterations = 0;
  for (let settled = false; !settled && iterations < MAXIMUM_ITERATIONS; iterations++) {
    const [stepScale, stepOffset] = newtonStep(at);
    let next = at;
    let share = 1;
    for (; share > SMALLEST_STEP; share /= 2) {
      next = objective(at.scale - share * stepScale, at.offset - share * stepOffset);
      if (next.loss <= at.loss * (1 + ROUNDING)) break;
    }
    const moved = share * (Math.abs(stepScale) + Math.abs(stepOffset));
    settled = share <= SMALLEST_STEP || moved <= SMALLEST_STEP * (Math.abs(at.scale) + Math.abs(at.offset) + 1);
    if (share > SMALLEST_STEP) at = next;
  }
  const scale = at.scale / frame.unit;
  return { scale, offset: at.offset - logitPrior - scale * frame.origin, iterations };
}

/** Log-likelihood ratios of scores, in natural units. A failure to acquire (-Infinity) stays one. */
export function calibrated(scores: Scores, { scale, offset }: LogisticCalibration): Float64Array {
  const ratios = new Float64Array(scores.length);
  for (let index = 0; index < ratios.length; index++) {
    const score = scores[index]!;
    ratios[index] = score === -Infinity ? -Infinity : scale * score + offset;
  }
  return ratios;
}

/** Scores are moved to the middle and scaled to unit range while they are fitted: Newton then needs no tuning. */
interface Frame {
  readonly origin: number;
  readonly unit: number;
}

function frameOf({ mated, nonMated }: ScoreSet, targets: LogisticPlan['targets']): Frame {
  const [lowestMated, highestMated] = rangeOf(mated);
  const [lowestNonMated, highestNonMated] = rangeOf(nonMated);
  const lowest = Math.min(lowestMated, lowestNonMated);
  const highest = Math.max(highestMated, highestNonMated);
  if (lowest === -Infinity) throw new EvaluationError('score-out-of-range', 'A score is -Infinity, which no line calibrates.');
  if (lowest === highest) throw new EvaluationError('no-spread', 'All scores are equal, so no calibration exists.');
  if (targets === 'observed' && (lowestMated >= highestNonMated || lowestNonMated >= highestMated)) {
    throw new EvaluationError('separable-scores', 'One threshold parts the scores, so no finite fit exists: smooth the targets.');
  }
  return { origin: lowest / 2 + highest / 2, unit: highest - lowest };
}

function rangeOf(scores: Scores): [number, number] {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let index = 0; index < scores.length; index++) {
    lowest = Math.min(lowest, scores[index]!);
    highest = Math.max(highest, scores[index]!);
  }
  return [lowest, highest];
}

interface Fit {
  readonly scale: number;
  readonly offset: number;
  readonly loss: number;
  readonly gradient: readonly [number, number];
  readonly curvature: readonly [number, number, number]; // of scale twice, of both, of offset twice
}

function newtonStep({ gradient: [g, h], curvature: [a, b, c] }: Fit): [number, number] {
  const determinant = a * c - b * b;
  // Far out the curvature underflows: the gradient itself then gives the direction.
  if (!(determinant > 0)) return [g, h];
  return [(c * g - b * h) / determinant, (a * h - b * g) / determinant];
}

/** Weighted cross entropy with its first and second derivatives in one pass. */
function objectiveOf({ mated, nonMated }: ScoreSet, { matedPrior, targets }: LogisticPlan, { origin, unit }: Frame) {
  const smooth = targets === 'smoothed';
  const kinds = [
    { scores: mated, target: smooth ? (mated.length + 1) / (mated.length + 2) : 1, weight: matedPrior / mated.length },
    { scores: nonMated, target: smooth ? 1 / (nonMated.length + 2) : 0, weight: (1 - matedPrior) / nonMated.length },
  ];
  return (scale: number, offset: number): Fit => {
    const sums = { loss: 0, g: 0, h: 0, a: 0, b: 0, c: 0 };
    for (const { scores, target, weight } of kinds) {
      for (let index = 0; index < scores.length; index++) {
        const x = (scores[index]! - origin) / unit;
        const logit = scale * x + offset;
        const tail = Math.exp(-Math.abs(logit));
        const probability = logit >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
        const variance = (weight * tail) / ((1 + tail) * (1 + tail));
        sums.loss += weight * (Math.max(logit, 0) - logit * target + Math.log1p(tail));
        sums.g += weight * (probability - target) * x;
        sums.h += weight * (probability - target);
        sums.a += variance * x * x;
        sums.b += variance * x;
        sums.c += variance;
      }
    }
    return { scale, offset, loss: sums.loss, gradient: [sums.g, sums.h], curvature: [sums.a, sums.b, sums.c] };
  };
}
