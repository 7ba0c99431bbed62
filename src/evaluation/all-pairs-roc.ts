import type { OperatingPoints } from './error-rates.ts';
import type { ScoreTiles } from './score-tiles.ts';
import type { Progress } from './steps.ts';
import { firstIndex } from './error-rates.ts';
import { growingFloats } from './growing-column.ts';
import { nextAbove } from './next-above.ts';
import { EvaluationError } from './score-set.ts';
import { visitComparisons } from './score-tiles.ts';
import { finish } from './steps.ts';

/** Operating points of all pairs, thinned without harm, and what thinning would have lost. */
export interface AllPairsRoc {
  /**
   * A subset of the true operating points with their exact counts: the first in each of 2^16 bins of the score axis, and
   * all in the bins where the EER and the targets lie. `equalErrorRate` and `fnmrAtFmr` at those targets read from them
   * what they would read from all; curves lie within one bin, 2^-15, of the whole curve.
   */
  readonly points: OperatingPoints;
  /** Area under the ROC curve over all pairs, exact (`areaUnderCurve` of the thinned points is not). */
  readonly area: number;
}

const BINS = 2 ** 16; // its counts stay in a core's cache
const BINS_PER_UNIT = BINS / 2; // over [-1, 1]

/**
 * The ROC of every pair of templates without keeping the scores of non-mated pairs: one walk counts them in fine bins,
 * a second one looks into the few bins that matter. Two walks of time; memory: 2 MB, the mated scores, and the distinct
 * scores of those few bins. 20,000 templates (2 * 10^8 pairs) would take 1.6 GB and more otherwise.
 *
 * @param targets the FMRs at which an exact FNMR is wanted.
 * @throws EvaluationError no-mated-scores, no-non-mated-scores, score-not-a-number.
 */
export function allPairsRoc(tiles: ScoreTiles, targets: readonly number[]): AllPairsRoc {
  return finish(allPairsRocSteps(tiles, targets));
}

/** `allPairsRoc` with its progress in comparisons of both walks. */
export function* allPairsRocSteps(tiles: ScoreTiles, targets: readonly number[]): Generator<Progress, AllPairsRoc> {
  const survey = yield* inHalf(surveyOf(tiles), 0);
  if (survey.matedCount === 0) throw new EvaluationError('no-mated-scores', 'No subject has two templates, so no mated pair exists.');
  if (survey.nonMatedCount === 0) throw new EvaluationError('no-non-mated-scores', 'There is one subject only, so no non-mated pair exists.');
  const details = new Map(binsToOpen(survey, targets).map((bin) => [bin, new Map<number, number>()]));
  const winsWithin = yield* inHalf(lookInto(tiles, survey, details), 1);
  const twiceWins = winsWithin + winsAcross(survey);
  return { points: pointsOf(survey, details), area: twiceWins / (2 * survey.matedCount * survey.nonMatedCount) };
}

/** The bin of a score: a map that never falls, so that bins cut the order of the scores. */
function binOf(score: number): number {
  const bin = Math.floor((score + 1) * BINS_PER_UNIT);
  return bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
}

interface Survey {
  readonly mated: Float64Array; // ascending
  readonly matedBelow: Uint32Array; // [BINS + 1], mated scores in the bins before
  readonly nonMated: Float64Array; // [BINS], counts
  readonly lowest: Float64Array; // [BINS], of either kind; Infinity when empty
  readonly highest: number;
  readonly matedCount: number;
  readonly nonMatedCount: number;
}

function* surveyOf(tiles: ScoreTiles): Generator<Progress, Survey> {
  const collected = growingFloats();
  const nonMated = new Float64Array(BINS);
  const lowest = new Float64Array(BINS).fill(Infinity);
  let highest = -Infinity;
  let nonMatedCount = 0;
  yield* visitComparisons(tiles, (score, isMated) => {
    if (Number.isNaN(score)) throw new EvaluationError('score-not-a-number', 'A comparison of two templates is not a number.');
    const bin = binOf(score);
    if (score < lowest[bin]!) lowest[bin] = score;
    if (score > highest) highest = score;
    if (isMated) {
      collected.push(score);
    } else {
      nonMated[bin]!++;
      nonMatedCount++;
    }
  });
  const mated = collected.finish().sort();
  const matedBelow = new Uint32Array(BINS + 1);
  for (let at = 0; at < mated.length; at++) matedBelow[binOf(mated[at]!) + 1]!++;
  for (let bin = 0; bin < BINS; bin++) matedBelow[bin + 1]! += matedBelow[bin]!;
  return { mated, matedBelow, nonMated, lowest, highest, matedCount: mated.length, nonMatedCount };
}

/**
 * The bins within which a figure changes its mind: not true at the first point of the bin, true at that of the next
 * filled one. The point that a figure wants, and the one before it, are then in this bin or the first of the next.
 */
function binsToOpen(survey: Survey, targets: readonly number[]): number[] {
  const { matedBelow, nonMated, lowest, matedCount, nonMatedCount } = survey;
  const questions = [
    (fmr: number, fnmr: number): boolean => fmr - fnmr <= 0,
    ...targets.map((target) => (fmr: number): boolean => fmr <= target),
  ];
  const open = new Set<number>();
  for (const holds of questions) {
    let before: number | undefined;
    let falseMatches = nonMatedCount;
    for (let bin = 0; bin < BINS; bin++) {
      if (lowest[bin] === Infinity) continue;
      if (holds(falseMatches / nonMatedCount, matedBelow[bin]! / matedCount)) break;
      before = bin;
      falseMatches -= nonMated[bin]!;
    }
    if (before !== undefined) open.add(before);
  }
  return [...open];
}

/** Fills the open bins with the distinct non-mated scores and their counts; returns twice the wins within bins. */
function* lookInto(
  tiles: ScoreTiles,
  { mated, matedBelow }: Survey,
  details: Map<number, Map<number, number>>,
): Generator<Progress, number> {
  const isOpen = new Uint8Array(BINS);
  for (const bin of details.keys()) isOpen[bin] = 1;
  let twiceWins = 0;
  yield* visitComparisons(tiles, (score, isMated) => {
    if (isMated) return;
    const bin = binOf(score);
    const from = matedBelow[bin]!;
    const length = matedBelow[bin + 1]! - from;
    if (length > 0) {
      const notBelow = firstIndex(length, (offset) => mated[from + offset]! >= score);
      const above = firstIndex(length, (offset) => mated[from + offset]! > score);
      twiceWins += length - notBelow + (length - above);
    }
    if (isOpen[bin] === 0) return;
    const counts = details.get(bin)!;
    const distinct = score + 0; // one zero
    counts.set(distinct, (counts.get(distinct) ?? 0) + 1);
  });
  return twiceWins;
}

function winsAcross({ matedBelow, nonMated, matedCount }: Survey): number {
  let twiceWins = 0;
  for (let bin = 0; bin < BINS; bin++) twiceWins += 2 * nonMated[bin]! * (matedCount - matedBelow[bin + 1]!);
  return twiceWins;
}

function pointsOf(survey: Survey, details: ReadonlyMap<number, ReadonlyMap<number, number>>): OperatingPoints {
  const { mated, matedBelow, nonMated, lowest, matedCount, nonMatedCount } = survey;
  const thresholds: number[] = [];
  const falseMatches: number[] = [];
  const falseNonMatches: number[] = [];
  const add = (threshold: number, matches: number, nonMatches: number): void => {
    thresholds.push(threshold);
    falseMatches.push(matches);
    falseNonMatches.push(nonMatches);
  };
  let matches = nonMatedCount;
  for (let bin = 0; bin < BINS; bin++) {
    if (lowest[bin] === Infinity) continue;
    const counts = details.get(bin);
    if (counts === undefined) {
      add(lowest[bin]!, matches, matedBelow[bin]!);
    } else {
      let left = matches;
      let m = matedBelow[bin]!;
      const within = new Set([...mated.subarray(m, matedBelow[bin + 1]!).map((score) => score + 0), ...counts.keys()]);
      for (const score of [...within].sort((a, b) => a - b)) {
        add(score, left, m);
        left -= counts.get(score) ?? 0;
        while (m < matedBelow[bin + 1]! && mated[m]! <= score) m++;
      }
    }
    matches -= nonMated[bin]!;
  }
  add(nextAbove(survey.highest), 0, matedCount);
  return {
    thresholds: Float64Array.from(thresholds),
    falseMatches: Float64Array.from(falseMatches),
    falseNonMatches: Float64Array.from(falseNonMatches),
    matedCount,
    nonMatedCount,
  };
}

/** The progress of the first (0) or second (1) of two walks. */
function* inHalf<Result>(steps: Generator<Progress, Result>, half: 0 | 1): Generator<Progress, Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield { done: half * step.value.total + step.value.done, total: 2 * step.value.total };
  }
}
