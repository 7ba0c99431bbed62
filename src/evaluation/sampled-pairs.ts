import type { ScoreTile, TileStudy } from './score-tiles.ts';
import { growingFloats, growingIntegers } from './growing-column.ts';
import { firstColumn } from './score-tiles.ts';
import { rowsBySubject } from './template-set.ts';

export interface PairSamplePlan {
  /** At most about so many are kept of each kind, drawn evenly; all where there are fewer. */
  readonly mated: number;
  readonly nonMated: number;
  /** At most so many of the highest non-mated scores are kept besides. */
  readonly highest: number;
}

/** Some of all comparisons of a template set, with the rows they compare. */
export interface SampledPairs {
  /** Mated ones, then non-mated ones drawn evenly, then the highest non-mated ones that were not drawn. */
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly scores: Float64Array;
  /** How many are mated, and how many non-mated ones were drawn evenly. */
  readonly mated: number;
  readonly drawn: number;
}

const BINS = 2 ** 16;

/**
 * Keeps a bounded number of comparisons out of tiles: enough to resample, and those that a person wants to see. Which pairs are drawn
 * depends on their rows alone, so that two systems that compare the same samples keep the same pairs.
 */
export function pairSampleStudy(subjects: Int32Array, plan: PairSamplePlan): TileStudy<SampledPairs> {
  const { mated, nonMated } = countPairs(subjects);
  const [matedLimit, nonMatedLimit] = [limitOf(plan.mated, mated), limitOf(plan.nonMated, nonMated)];
  const bins = new Float64Array(BINS);
  const kept = { mated: columns(), drawn: columns(), highest: columns() };
  let floor = 0;
  return {
    survey: (tile) => countHigh(tile, subjects, bins),
    plan: () => { floor = floorOf(bins, plan.highest); },
    look: (tile) => keep(tile, { subjects, kept, floor, matedLimit, nonMatedLimit }),
    result: () => joined(kept),
  };
}

/** Mated and non-mated pairs i < j of these subjects. */
export function countPairs(subjects: Int32Array): { mated: number; nonMated: number } {
  const all = (subjects.length * (subjects.length - 1)) / 2;
  const mated = [...rowsBySubject(subjects).values()].reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  return { mated, nonMated: all - mated };
}

const limitOf = (wanted: number, count: number): number => (count <= wanted ? 2 ** 32 : (wanted / count) * 2 ** 32);

const binOf = (score: number): number => Math.max(0, Math.min(BINS - 1, ((score + 1) * (BINS / 2)) | 0));

function countHigh(tile: ScoreTile, subjects: Int32Array, bins: Float64Array): void {
  const { top, left, height, width, scores } = tile;
  for (let row = 0; row < height; row++) {
    for (let column = firstColumn(tile, row); column < width; column++) {
      if (subjects[top + row] !== subjects[left + column]) bins[binOf(scores[row * width + column]!)]!++;
    }
  }
}

/** The lowest bin above which at most so many lie. */
function floorOf(bins: Float64Array, most: number): number {
  let [bin, count] = [BINS, 0];
  while (bin > 0 && count + bins[bin - 1]! <= most) count += bins[--bin]!;
  return bin;
}

type Columns = ReturnType<typeof columns>;
const columns = () => ({ first: growingIntegers(), second: growingIntegers(), scores: growingFloats() });

interface Keeper {
  readonly subjects: Int32Array;
  readonly kept: Readonly<Record<'mated' | 'drawn' | 'highest', Columns>>;
  readonly floor: number;
  readonly matedLimit: number;
  readonly nonMatedLimit: number;
}

function keep(tile: ScoreTile, { subjects, kept, floor, matedLimit, nonMatedLimit }: Keeper): void {
  const { top, left, height, width, scores } = tile;
  for (let row = 0; row < height; row++) {
    const [one, own] = [top + row, subjects[top + row]!];
    for (let column = firstColumn(tile, row); column < width; column++) {
      const other = left + column;
      const score = scores[row * width + column]!;
      const isMated = subjects[other] === own;
      const isDrawn = lot(one, other) < (isMated ? matedLimit : nonMatedLimit);
      if (!isDrawn && (isMated || binOf(score) < floor)) continue;
      const place = isMated ? kept.mated : isDrawn ? kept.drawn : kept.highest;
      place.first.push(one);
      place.second.push(other);
      place.scores.push(score);
    }
  }
}

/** A number in [0, 2^32) that looks random and follows from the rows: the finaliser of MurmurHash3. */
function lot(one: number, other: number): number {
  let hash = Math.imul(one, 0x9e3779b1) ^ Math.imul(other + 0x7f4a7c15, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function joined({ mated, drawn, highest }: Keeper['kept']): SampledPairs {
  const parts = [mated, drawn, highest].map(({ first, second, scores }) => ({ first: first.finish(), second: second.finish(), scores: scores.finish() }));
  const length = parts.reduce((sum, { scores }) => sum + scores.length, 0);
  const all = { first: new Uint32Array(length), second: new Uint32Array(length), scores: new Float64Array(length) };
  let at = 0;
  for (const part of parts) {
    all.first.set(part.first, at);
    all.second.set(part.second, at);
    all.scores.set(part.scores, at);
    at += part.scores.length;
  }
  return { ...all, mated: parts[0]!.scores.length, drawn: parts[1]!.scores.length };
}
