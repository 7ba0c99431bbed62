import { thumbnailSide } from '../../contract/engine-port.ts';

/** Cosine transform coefficients of a side that are kept. */
const FREQUENCIES = 24;
const COARSE_FREQUENCIES = 8;
/** Standard deviation of a thumbnail, in grey levels, below which it shows too little to be told apart. */
const FLATTEST = 3;

/** Of unit length each; mirroring a picture left to right changes the signs of `odd` and nothing else. */
export interface Halves {
  readonly even: Float32Array;
  readonly odd: Float32Array;
}

/** What a picture shows, whatever its size, brightness, contrast and compression. */
export interface Spectrum {
  /** The lowest frequencies, as strong as they are in the picture. */
  readonly coarse: Halves;
  /** More of them, each weighted by its frequency, so that detail counts as much as light and shade. */
  readonly fine: Halves;
}

/**
 * The two-dimensional cosine transform (type II) of a thumbnail without its mean, as in the perceptual hashes of Zauner (2010), but kept
 * as numbers: 64 signs do not part the poses of one face.
 *
 * @returns null for a picture that is all but flat: all of those would be alike.
 */
export function spectrumOf(thumbnail: Uint8Array): Spectrum | null {
  if (deviationOf(thumbnail) < FLATTEST) return null;
  const transformed = transform(thumbnail);
  return { coarse: unitHalves(transformed, COARSE_FREQUENCIES, () => 1), fine: unitHalves(transformed, FREQUENCIES, Math.hypot) };
}

function deviationOf(thumbnail: Uint8Array): number {
  const mean = thumbnail.reduce((sum, value) => sum + value, 0) / thumbnail.length;
  return Math.sqrt(thumbnail.reduce((sum, value) => sum + (value - mean) ** 2, 0) / thumbnail.length);
}

/** cos(pi (position + 1/2) frequency / side): [FREQUENCIES, thumbnailSide]. Only the mean is scaled otherwise, and it is left out. */
const COSINES = Float64Array.from({ length: FREQUENCIES * thumbnailSide }, (_, at) =>
  Math.cos((Math.PI * ((at % thumbnailSide) + 0.5) * Math.floor(at / thumbnailSide)) / thumbnailSide) * (at < thumbnailSide ? Math.SQRT1_2 : 1));

/** The transform along both sides: [FREQUENCIES, FREQUENCIES], down by across. */
const transform = (thumbnail: Uint8Array): Float64Array => alongRows(alongRows(thumbnail, thumbnailSide), FREQUENCIES);

/** Of each row, one side long; transposed, so that a second time goes along the columns: [FREQUENCIES, count]. */
function alongRows(rows: Uint8Array | Float64Array, count: number): Float64Array {
  const transformed = new Float64Array(FREQUENCIES * count);
  for (let row = 0; row < count; row++) {
    for (let frequency = 0; frequency < FREQUENCIES; frequency++) {
      let sum = 0;
      for (let at = 0; at < thumbnailSide; at++) sum += rows[row * thumbnailSide + at]! * COSINES[frequency * thumbnailSide + at]!;
      transformed[frequency * count + row] = sum;
    }
  }
  return transformed;
}

/** The square of the lowest frequencies without the mean, weighted and brought to unit length together. */
function unitHalves(transformed: Float64Array, frequencies: number, weigh: (down: number, across: number) => number): Halves {
  const halves: [number[], number[]] = [[], []];
  let squares = 0;
  for (let down = 0; down < frequencies; down++) {
    for (let across = 0; across < frequencies; across++) {
      if (down === 0 && across === 0) continue;
      const value = weigh(down, across) * transformed[down * FREQUENCIES + across]!;
      squares += value * value;
      halves[across % 2]!.push(value);
    }
  }
  const [even, odd] = halves.map((half) => Float32Array.from(half, (value) => value / Math.sqrt(squares)));
  return { even: even!, odd: odd! };
}
