import type { MateRanks } from './mate-ranks.ts';
import type { ScoreTile, ScoreTiles, TileStudy } from './score-tiles.ts';
import type { Progress } from './steps.ts';
import { firstIndex } from './error-rates.ts';
import { firstColumn, walkTwice } from './score-tiles.ts';
import { rowsBySubject } from './template-set.ts';

/**
 * `mateRanks` out of tiles: two walks, and no matrix. The first collects each template's scores with its mates, the second
 * counts the non-mates that do not fall below them; each score serves both of its templates. Yields its progress in
 * comparisons of both walks.
 *
 * Memory: 24 bytes a mated pair, and one tile.
 */
export function* tiledMateRanks(tiles: ScoreTiles): Generator<Progress, MateRanks[]> {
  const study = mateRanksStudy(tiles.subjects);
  yield* walkTwice(tiles, [study]);
  return study.result();
}

/** `tiledMateRanks` for walks that others share. */
export function mateRanksStudy(subjects: Int32Array): TileStudy<MateRanks[]> {
  const mates = matesOf(subjects);
  return {
    survey: (tile) => collectMates(tile, mates),
    plan: () => sortMates(mates),
    look: (tile) => countNonMates(tile, mates),
    result: () => ranksOf(mates),
  };
}

/** Each template's scores with its mates, in one column. */
interface Mates {
  readonly subjects: Int32Array; // [templates]
  readonly starts: Uint32Array; // [templates + 1], where the mates of each template begin
  readonly filled: Uint32Array; // [templates]
  readonly scores: Float64Array; // descending within a template, once sorted
  readonly lowest: Float64Array; // [templates]; Infinity without a mate
  readonly ahead: Uint32Array; // non-mates between the mate before and this one
}

function matesOf(subjects: Int32Array): Mates {
  const groups = rowsBySubject(subjects);
  const starts = new Uint32Array(subjects.length + 1);
  subjects.forEach((subject, row) => (starts[row + 1] = starts[row]! + groups.get(subject)!.length - 1));
  const count = starts[subjects.length]!;
  const lowest = new Float64Array(subjects.length).fill(Infinity);
  return { subjects, starts, filled: new Uint32Array(subjects.length), scores: new Float64Array(count), lowest, ahead: new Uint32Array(count) };
}

function collectMates(tile: ScoreTile, { subjects, starts, filled, scores: mateScores }: Mates): void {
  const { top, left, height, width, scores } = tile;
  for (let row = 0; row < height; row++) {
    const one = top + row;
    const subject = subjects[one]!;
    for (let column = firstColumn(tile, row); column < width; column++) {
      const other = left + column;
      if (subjects[other] !== subject) continue;
      const score = scores[row * width + column]!;
      mateScores[starts[one]! + filled[one]!++] = score;
      mateScores[starts[other]! + filled[other]!++] = score;
    }
  }
}

function sortMates({ starts, scores, lowest }: Mates): void {
  for (let row = 0; row + 1 < starts.length; row++) {
    const own = scores.subarray(starts[row]!, starts[row + 1]!);
    if (own.length === 0) continue;
    own.sort().reverse();
    lowest[row] = own.at(-1)!;
  }
}

function countNonMates(tile: ScoreTile, mates: Mates): void {
  const { subjects, lowest } = mates;
  const { top, left, height, width, scores } = tile;
  for (let row = 0; row < height; row++) {
    const one = top + row;
    const subject = subjects[one]!;
    const lowestOfOne = lowest[one]!;
    const from = row * width;
    for (let column = firstColumn(tile, row); column < width; column++) {
      const score = scores[from + column]!;
      const other = left + column;
      const reaches = score >= lowestOfOne;
      if (!reaches && score < lowest[other]!) continue; // below every mate of both, as most are
      if (subjects[other] === subject) continue;
      if (reaches) countAhead(mates, one, score);
      if (score >= lowest[other]!) countAhead(mates, other, score);
    }
  }
}

/** A non-mate stands ahead of the first mate that it does not fall below, and of all after it. */
function countAhead({ starts, scores, ahead }: Mates, row: number, score: number): void {
  const start = starts[row]!;
  ahead[start + firstIndex(starts[row + 1]! - start, (mate) => scores[start + mate]! <= score)]!++;
}

function ranksOf({ starts, ahead }: Mates): MateRanks[] {
  const queries: MateRanks[] = [];
  for (let query = 0; query + 1 < starts.length; query++) {
    const own = ahead.subarray(starts[query]!, starts[query + 1]!);
    let nonMatesAhead = 0;
    if (own.length > 0) queries.push({ query, ranks: Uint32Array.from(own, (count, mate) => (nonMatesAhead += count) + mate + 1) });
  }
  return queries;
}
