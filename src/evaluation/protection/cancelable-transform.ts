import type { ProtectionKey } from './key-stream.ts';
import { multiply, multiplyTransposed, randomOrthogonal } from './random-orthogonal.ts';

/**
 * Keyed transforms of templates, after which they are compared as before: by the cosine. One key serves a whole gallery.
 * - random-orthogonal: a rotation (random projection, Teoh and others; here without loss). Every cosine stays what it was.
 * - bio-hash: the signs of the rotated template (BioHashing: Jin, Ling and Goh, Pattern Recognition 2004). The cosine is 1 - 2 d / size, d the Hamming distance.
 * - mlp-hash: the signs of what a network with random orthonormal weights gives (MLP-Hash: Shahreza, Hahn and Marcel, EUSIPCO 2023, arXiv:2204.11054); here one
 *   hidden layer as wide as the template, rectified and centred.
 */
export const PROTECTION_SCHEMES = ['random-orthogonal', 'bio-hash', 'mlp-hash'] as const;
export type ProtectionScheme = (typeof PROTECTION_SCHEMES)[number];

export interface CancelableTransform {
  readonly size: number;
  /** A template of unit length to one of unit length and the same size. */
  protect(template: ArrayLike<number>): Float32Array;
  /** What somebody with the key can make of a protected template: an estimate of the direction of the original. */
  estimate(protectedTemplate: ArrayLike<number>): Float64Array;
}

export function cancelableTransform(scheme: ProtectionScheme, size: number, key: ProtectionKey): CancelableTransform {
  const first = randomOrthogonal(size, key, 0);
  if (scheme === 'random-orthogonal') {
    return { size, protect: (template) => Float32Array.from(multiply(first, template)), estimate: (given) => multiplyTransposed(first, given) };
  }
  // The signs are nearest to a vector that points between them: as good an estimate as a linear one can be.
  if (scheme === 'bio-hash') return { size, protect: (template) => signs(multiply(first, template)), estimate: (given) => multiplyTransposed(first, given) };
  const second = randomOrthogonal(size, key, 1);
  return {
    size,
    protect: (template) => signs(multiply(second, rectifiedAndCentred(multiply(first, template)))),
    estimate: (given) => multiplyTransposed(first, multiplyTransposed(second, given)),
  };
}

/** max(0, x), less the mean of it over the layer: what all templates have in common would decide every sign otherwise. */
function rectifiedAndCentred(layer: Float64Array): Float64Array {
  const rectified = layer.map((value) => Math.max(0, value));
  const mean = rectified.reduce((sum, value) => sum + value, 0) / rectified.length;
  return rectified.map((value) => value - mean);
}

/** +1 or -1, scaled to unit length. */
function signs(values: Float64Array): Float32Array {
  const one = 1 / Math.sqrt(values.length);
  return Float32Array.from(values, (value) => (value < 0 ? -one : one));
}
