import type { Progress } from '../../evaluation/steps.ts';
import type { Halves, Spectrum } from './spectrum.ts';

export interface SeenPicture {
  readonly spectrum: Spectrum;
  /** Width over height. */
  readonly aspect: number;
}

export interface NearPair {
  /** Places of the two pictures, `first` < `second`. */
  readonly first: number;
  readonly second: number;
  /** One minus the cosine of the fine spectra, of the better of both orientations: 0 to `NEAR`. */
  readonly distance: number;
  readonly isMirrored: boolean;
}

/** Copies are this near, other pictures at least twice as far away (docs/benchmarks.md): chosen on other pictures than those it is judged on there. */
export const NEAR = 0.025;
/** Copies differ less than this in the coarse spectrum (one minus cosine), which costs a tenth of the fine one. */
const COARSELY_NEAR = 0.02;
/** Copies have the shape of their original, up to the rounding of small sizes and cropped edges. */
const SHAPE = 1.05;
/** Nearest pictures that are kept of each: what bounds the memory. */
const KEPT = 8;
/** Pictures with so many near ones are frames of one scene, which are not all compared with each other. */
const FRAMES = 64;
const ROWS_AT_ONCE = 64;

/**
 * All pairs of pictures nearer than `NEAR`, but of each picture the `KEPT` nearest only; nearest first.
 *
 * The pictures are sorted by one coefficient of the coarse spectrum; in unit vectors that far apart along it, or along the next few, nothing
 * else need be looked at. So the pairs are never all held, and of different pictures few are compared to the end. Exact, but for two pictures that
 * have `FRAMES` near ones each already, which are passed over: so the work is bounded too.
 */
export function* nearPairs(pictures: readonly SeenPicture[]): Generator<Progress, NearPair[]> {
  const total = pictures.length;
  const nearest: NearPair[][] = pictures.map(() => []);
  const found = new Uint32Array(total); // near ones so far, by place
  const coarse = sortCoarse(pictures);
  const { order, rows, width } = coarse;
  for (let at = 0; at < total; at++) {
    const end = rows[at * width]! + Math.sqrt(2 * COARSELY_NEAR);
    for (let next = at + 1; next < total && rows[next * width]! <= end; next++) {
      if (found[order[at]!]! >= FRAMES && found[order[next]!]! >= FRAMES) continue;
      if (!isCoarselyNear(coarse, at, next)) continue;
      const pair = compare(pictures, Math.min(order[at]!, order[next]!), Math.max(order[at]!, order[next]!));
      if (pair === null) continue;
      for (const place of [pair.first, pair.second]) {
        found[place]!++;
        offer(nearest[place]!, pair);
      }
    }
    if (at % ROWS_AT_ONCE === 0) yield { done: at, total };
  }
  return [...new Set(nearest.flat())].sort((one, other) => one.distance - other.distance || one.first - other.first || one.second - other.second);
}

/** The coarse spectra side by side, for hundreds of millions of looks: [pictures, width], row-major. */
interface SortedCoarse {
  /** Places of the pictures, by the first coefficient of their rows. */
  readonly order: Int32Array;
  readonly rows: Float32Array;
  readonly width: number;
  /** The first so many of a row are of the even half. */
  readonly evens: number;
}

/** In each half those coefficients come first that differ most from picture to picture: they part the most. */
function sortCoarse(pictures: readonly SeenPicture[]): SortedCoarse {
  const columns = (['even', 'odd'] as const).map((half) => bySpread(pictures.map(({ spectrum }) => spectrum.coarse[half])));
  const [even, odd] = columns as [number[], number[]];
  const width = even.length + odd.length;
  const along = (place: number): number => pictures[place]!.spectrum.coarse.even[even[0]!]!;
  const order = Int32Array.from(pictures.keys()).sort((one, other) => along(one) - along(other));
  const rows = new Float32Array(order.length * width);
  for (const [at, place] of order.entries()) {
    const { coarse } = pictures[place]!.spectrum;
    rows.set([...even.map((column) => coarse.even[column]!), ...odd.map((column) => coarse.odd[column]!)], at * width);
  }
  return { order, rows, width, evens: even.length };
}

/** Columns, that of the largest variance first. */
function bySpread(rows: readonly Float32Array[]): number[] {
  const spreads = Array.from(rows[0] ?? [], (_, column) => {
    const mean = rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length;
    return rows.reduce((sum, row) => sum + (row[column]! - mean) ** 2, 0);
  });
  return [...spreads.keys()].sort((one, other) => spreads[other]! - spreads[one]!);
}

/** As `distanceOf`, within `COARSELY_NEAR`. */
function isCoarselyNear({ rows, width, evens }: SortedCoarse, at: number, next: number): boolean {
  const [one, other, most] = [at * width, next * width, 2 * COARSELY_NEAR];
  let even = 0;
  for (let column = 0; column < evens; column++) {
    const apart = rows[one + column]! - rows[other + column]!;
    even += apart * apart;
    if (even > most) return false;
  }
  let [upright, mirrored] = [even, even];
  for (let column = evens; column < width; column++) {
    const [apart, together] = [rows[one + column]! - rows[other + column]!, rows[one + column]! + rows[other + column]!];
    upright += apart * apart;
    mirrored += together * together;
    if (upright > most && mirrored > most) return false;
  }
  return true;
}

function compare(pictures: readonly SeenPicture[], first: number, second: number): NearPair | null {
  const [one, other] = [pictures[first]!, pictures[second]!];
  if (one.aspect > SHAPE * other.aspect || other.aspect > SHAPE * one.aspect) return null;
  const found = distanceOf(one.spectrum.fine, other.spectrum.fine, NEAR);
  return found && { first, second, ...found };
}

/** One minus the cosine of the better orientation; null as soon as it is certain to exceed `limit`. */
export function distanceOf(one: Halves, other: Halves, limit: number): Pick<NearPair, 'distance' | 'isMirrored'> | null {
  const most = 2 * limit; // of unit vectors, the squared distance is 2 - 2 cosine
  let even = 0;
  for (let at = 0; at < one.even.length; at++) {
    even += (one.even[at]! - other.even[at]!) ** 2;
    if (even > most) return null;
  }
  let [upright, mirrored] = [even, even];
  for (let at = 0; at < one.odd.length; at++) {
    upright += (one.odd[at]! - other.odd[at]!) ** 2;
    mirrored += (one.odd[at]! + other.odd[at]!) ** 2;
    if (upright > most && mirrored > most) return null;
  }
  return { distance: Math.min(upright, mirrored) / 2, isMirrored: mirrored < upright };
}

/** Puts a pair among the nearest of a picture, if it is one of them. */
function offer(nearest: NearPair[], pair: NearPair): void {
  const behind = nearest.findIndex(({ distance }) => distance > pair.distance);
  nearest.splice(behind < 0 ? nearest.length : behind, 0, pair);
  if (nearest.length > KEPT) nearest.pop();
}
