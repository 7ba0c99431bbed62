import type { OperatingPoints } from './error-rates.ts';
import type { GrowingColumn } from './growing-column.ts';
import type { ScoreTile, ScoreTiles, TileStudy } from './score-tiles.ts';
import type { Progress } from './steps.ts';
import { growingFloats } from './growing-column.ts';
import { nextAbove } from './next-above.ts';
import { EvaluationError } from './score-set.ts';
import { firstColumn, walkTwice } from './score-tiles.ts';
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
  const study = rocStudy(tiles.subjects, targets);
  yield* walkTwice(tiles, [study]);
  return study.result();
}

/** `allPairsRoc` for walks that others share. */
export function rocStudy(subjects: Int32Array, targets: readonly number[]): TileStudy<AllPairsRoc> {
  const counts = emptyCounts();
  let survey: Survey | undefined;
  const details = new Map<number, Map<number, number>>();
  const isOpen = new Uint8Array(BINS);
  let winsWithin = 0;
  return {
    survey: (tile) => countInBins(tile, subjects, counts),
    plan: () => {
      survey = surveyOf(counts);
      for (const bin of binsToOpen(survey, targets)) {
        details.set(bin, new Map());
        isOpen[bin] = 1;
      }
    },
    look: (tile) => (winsWithin += lookInto(tile, { subjects, survey: survey!, details, isOpen })),
    result: () => {
      const twiceWins = winsWithin + winsAcross(survey!);
      return { points: pointsOf(survey!, details), area: twiceWins / (2 * survey!.matedCount * survey!.nonMatedCount) };
    },
  };
}

/** The bin of a score: a map that never falls, so that bins cut the order of the scores. */
function binOf(score: number): number {
  const place = (score + 1) * BINS_PER_UNIT;
  return place < 0 ? 0 : place >= BINS ? BINS - 1 : place | 0;
}

interface BinCounts {
  readonly mated: GrowingColumn<Float64Array>;
  readonly nonMated: Float64Array; // [BINS]
  readonly lowest: Float64Array; // [BINS], of either kind; Infinity when empty
  highest: number;
}

function emptyCounts(): BinCounts {
  return { mated: growingFloats(), nonMated: new Float64Array(BINS), lowest: new Float64Array(BINS).fill(Infinity), highest: -Infinity };
}

function countInBins(tile: ScoreTile, subjects: Int32Array, counts: BinCounts): void {
  const { top, left, height, width, scores } = tile;
  const { mated, nonMated, lowest } = counts;
  let highest = counts.highest;
  for (let row = 0; row < height; row++) {
    const own = subjects[top + row]!;
    for (let column = firstColumn(tile, row); column < width; column++) {
      const score = scores[row * width + column]!;
      if (score !== score) throw new EvaluationError('score-not-a-number', 'A comparison of two templates is not a number.');
      const bin = binOf(score);
      if (score < lowest[bin]!) lowest[bin] = score;
      if (score > highest) highest = score;
      if (subjects[left + column] === own) mated.push(score);
      else nonMated[bin]!++;
    }
  }
  counts.highest = highest;
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

/** @throws EvaluationError no-mated-scores, no-non-mated-scores. */
function surveyOf({ mated: collected, nonMated, lowest, highest }: BinCounts): Survey {
  const mated = collected.finish().sort();
  const nonMatedCount = nonMated.reduce((sum, count) => sum + count, 0);
  if (mated.length === 0) throw new EvaluationError('no-mated-scores', 'No subject has two templates, so no mated pair exists.');
  if (nonMatedCount === 0) throw new EvaluationError('no-non-mated-scores', 'There is one subject only, so no non-mated pair exists.');
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

interface Closer {
  readonly subjects: Int32Array;
  readonly survey: Survey;
  readonly details: ReadonlyMap<number, Map<number, number>>;
  readonly isOpen: Uint8Array; // [BINS]
}

/** Fills the open bins with the distinct non-mated scores and their counts; returns twice the wins within bins. */
function lookInto(tile: ScoreTile, { subjects, survey, details, isOpen }: Closer): number {
  const { top, left, height, width, scores } = tile;
  const { matedBelow } = survey;
  let twiceWins = 0;
  for (let row = 0; row < height; row++) {
    const own = subjects[top + row]!;
    for (let column = firstColumn(tile, row); column < width; column++) {
      const score = scores[row * width + column]!;
      const bin = binOf(score);
      const hasMated = matedBelow[bin + 1]! > matedBelow[bin]!;
      if ((!hasMated && isOpen[bin] === 0) || subjects[left + column] === own) continue;
      if (hasMated) twiceWins += twiceWinsWithin(survey, bin, score);
      if (isOpen[bin] === 1) {
        const counts = details.get(bin)!;
        const distinct = score + 0; // one zero
        counts.set(distinct, (counts.get(distinct) ?? 0) + 1);
      }
    }
  }
  return twiceWins;
}

/** Twice the number of mated scores of the bin above a score, and once those beside it. */
function twiceWinsWithin({ mated, matedBelow }: Survey, bin: number, score: number): number {
  const end = matedBelow[bin + 1]!;
  let low = matedBelow[bin]!;
  for (let high = end; low < high; ) {
    const middle = (low + high) >>> 1;
    if (mated[middle]! < score) low = middle + 1;
    else high = middle;
  }
  let beside = 0;
  while (low + beside < end && mated[low + beside] === score) beside++;
  return 2 * (end - low) - beside;
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
