import type { OperatingPoints } from './error-rates.ts';

/** How much comparisons of one kind weigh below the operating points. */
export interface WeightsBelow {
  readonly total: number;
  /** Below point `index`. */
  readonly at: (index: number) => number;
  /** At all points; the caller's to change, until the column is used again by the next resample. */
  readonly everywhere: () => Float64Array;
}

/** Blocks of consecutive operating points, all but the last one of the same size. */
export interface PointBlocks {
  readonly size: number;
  readonly firsts: Uint32Array; // [blocks], first point
  readonly ends: Uint32Array; // [blocks], one past the last point
}

/** All points but the one that rejects everything, which is the start of a block past the last one. */
export function pointBlocks({ thresholds, matedCount, nonMatedCount }: OperatingPoints, smallestBlock: number): PointBlocks {
  const last = thresholds.length - 1;
  const size = Math.ceil(last / Math.min(last, Math.ceil((matedCount + nonMatedCount) / smallestBlock)));
  const firsts = Uint32Array.from({ length: Math.ceil(last / size) }, (_, block) => block * size);
  return { size, firsts, ends: firsts.map((first) => Math.min(last, first + size)) };
}

/** Fills consecutive points from the point `from`, whose weight below is `start`; gives the column back. */
export type FillPoints = (result: Float64Array, from: number, start: number) => Float64Array;

/**
 * The weights of a resample of which the sums below the blocks are known: only the blocks that are looked into are counted.
 *
 * @param below [blocks + 1]
 */
export function weightsInBlocks({ size, firsts, ends }: PointBlocks, below: Float64Array, { fill, column }: { readonly fill: FillPoints; readonly column: () => Float64Array }): WeightsBelow {
  const last = ends.at(-1)!;
  const total = below[firsts.length]!;
  const seen = new Map<number, Float64Array>();
  const within = (block: number): Float64Array => {
    let weights = seen.get(block);
    if (weights === undefined) seen.set(block, (weights = fill(new Float64Array(ends[block]! - firsts[block]!), firsts[block]!, below[block]!)));
    return weights;
  };
  return {
    total,
    at: (index) => {
      if (index === last) return total;
      const block = Math.floor(index / size);
      const offset = index - firsts[block]!;
      return offset === 0 ? below[block]! : within(block)[offset]!;
    },
    everywhere: () => fill(column(), 0, 0),
  };
}

/** Non-mated comparisons as they are. */
export function ownNonMatedBelow({ falseMatches, nonMatedCount }: OperatingPoints): WeightsBelow {
  const at = (index: number): number => nonMatedCount - falseMatches[index]!;
  return { total: nonMatedCount, at, everywhere: () => Float64Array.from(falseMatches, (_, index) => at(index)) };
}
