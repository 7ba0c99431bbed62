import type { AttributedScores } from './attributed-scores.ts';
import type { GroupedScores } from './group-slices.ts';
import type { PairGroups } from './pair-groups.ts';
import type { SubjectWeights } from './subject-weights.ts';
import { blockWeights, blockWeightsOfFirst, groupPairs } from './pair-groups.ts';

/** Comparisons of one kind cut into slices, each with its errors apart: all that a resample must weigh. */
export interface SliceBlocks {
  readonly errors: readonly number[]; // [slices]
  readonly comparisons: readonly number[]; // [slices]
  readonly members: readonly Uint32Array[]; // [slices], the numbers of its subjects
  /** The error rate of each slice under the weights of a resample; NaN without weight. */
  readonly weigh: (weights: SubjectWeights) => Float64Array;
}

interface Numbers {
  readonly of: (label: number) => number;
  readonly labels: readonly number[];
}

/** The place of the pair low <= high among all unordered pairs of groups. */
export const pairIndex = (low: number, high: number, groups: number): number => low * groups - (low * (low - 1)) / 2 + high - low;

/** Mated comparisons by group; an error is a score below the threshold. */
export function matedBlocks({ scores, groups, matedGroups }: GroupedScores, threshold: number, numbers: Numbers): SliceBlocks {
  const first = Uint32Array.from(scores.matedSubjects, numbers.of);
  const keyOf = (at: number): number => keyed(matedGroups[at]!, scores.mated[at]! < threshold);
  return blocksOf({ first, second: first, keyOf }, { slices: groups.length, numbers, sum: blockWeightsOfFirst });
}

/** Non-mated comparisons by unordered pair of groups; an error is a score at or above the threshold. */
export function nonMatedBlocks(grouped: GroupedScores, threshold: number, numbers: Numbers): SliceBlocks {
  const { scores, groups, nonMatedFirstGroups, nonMatedSecondGroups } = grouped;
  const { first, second } = numberedPairs(scores, numbers);
  const keyOf = (at: number): number => {
    const a = nonMatedFirstGroups[at]!;
    const b = nonMatedSecondGroups[at]!;
    const low = Math.min(a, b);
    if (low < 0) return -1;
    return keyed(pairIndex(low, Math.max(a, b), groups.length), scores.nonMated[at]! >= threshold);
  };
  const slices = (groups.length * (groups.length + 1)) / 2;
  return blocksOf({ first, second, keyOf }, { slices, numbers, sum: blockWeights });
}

const numberedPairs = (scores: AttributedScores, numbers: Numbers): { first: Uint32Array; second: Uint32Array } => ({
  first: Uint32Array.from(scores.nonMatedFirst, numbers.of),
  second: Uint32Array.from(scores.nonMatedSecond, numbers.of),
});

/** Two blocks a slice: 2 * slice without, 2 * slice + 1 with an error. */
const keyed = (slice: number, isError: boolean): number => (slice < 0 ? -1 : 2 * slice + (isError ? 1 : 0));

interface Keyed {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly keyOf: (at: number) => number;
}

interface Slicing {
  readonly slices: number;
  readonly numbers: Numbers;
  readonly sum: (groups: PairGroups, weights: SubjectWeights, result: Float64Array) => void;
}

function blocksOf({ first, second, keyOf }: Keyed, { slices, numbers, sum }: Slicing): SliceBlocks {
  const ends = new Uint32Array(2 * slices);
  const places = new Uint32Array(2 * slices);
  for (let at = 0; at < first.length; at++) if (keyOf(at) >= 0) ends[keyOf(at)]!++;
  const counts = ends.slice();
  for (let key = 1; key < ends.length; key++) places[key] = ends[key - 1]! + places[key - 1]!;
  for (let key = 0; key < ends.length; key++) ends[key] = places[key]! + counts[key]!;
  const kept = ends.at(-1)!;
  const columns = { first: new Uint32Array(kept), second: new Uint32Array(kept) };
  for (let at = 0; at < first.length; at++) {
    const key = keyOf(at);
    if (key < 0) continue;
    columns.first[places[key]!] = first[at]!;
    columns.second[places[key]!++] = second[at]!;
  }
  const groups = groupPairs({ ...columns, subjectCount: numbers.labels.length }, ends);
  const blocks = new Float64Array(2 * slices);
  const each = Array.from({ length: slices }, (_, slice) => slice);
  return {
    errors: each.map((slice) => counts[2 * slice + 1]!),
    comparisons: each.map((slice) => counts[2 * slice]! + counts[2 * slice + 1]!),
    members: each.map((slice) => {
      const [from, to] = [slice === 0 ? 0 : ends[2 * slice - 1]!, ends[2 * slice + 1]!];
      return distinct([columns.first.subarray(from, to), columns.second.subarray(from, to)], numbers.labels.length);
    }),
    weigh: (weights) => {
      sum(groups, weights, blocks);
      return Float64Array.from(each, (slice) => blocks[2 * slice + 1]! / (blocks[2 * slice]! + blocks[2 * slice + 1]!));
    },
  };
}

function distinct(columns: readonly Uint32Array[], subjectCount: number): Uint32Array {
  const seen = new Uint8Array(subjectCount);
  for (const column of columns) for (let at = 0; at < column.length; at++) seen[column[at]!] = 1;
  return Uint32Array.from(seen.keys()).filter((subject) => seen[subject] === 1);
}
