import { EvaluationError } from './score-set.ts';

/** A source of uniform numbers in [0, 1). Always a parameter, never Math.random. */
export type Random = () => number;

/**
 * xoshiro128** 1.1 (Blackman and Vigna, prng.di.unimi.it), its state filled from the seed by SplitMix32, giving 53-bit
 * uniforms in [0, 1) from two draws each. The same seed gives the same numbers on every machine.
 *
 * @param seed a whole number; taken modulo 2^32.
 * @throws EvaluationError argument-out-of-range for a seed that is not a safe integer.
 */
export function seededRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) {
    throw new EvaluationError('argument-out-of-range', `A seed is a whole number, not ${seed}.`);
  }
  const next = xoshiro128(splitMix32(seed));
  return () => {
    const high = next() >>> 5; // 27 bits
    const low = next() >>> 6; // 26 bits
    return (high * 0x4000000 + low) / 0x20000000000000;
  };
}

/** The bare generator over a state of four 32-bit words, not all zero. Returns unsigned 32-bit integers. */
export function xoshiro128(state: Uint32Array): () => number {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  return () => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}

/** A whole number in [0, bound). The bias is below bound / 2^53. */
export function randomInteger(random: Random, bound: number): number {
  return Math.floor(random() * bound);
}

/** A shuffled copy (Fisher-Yates): every order is equally likely. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = items.slice();
  for (let last = result.length - 1; last > 0; last--) {
    const chosen = randomInteger(random, last + 1);
    [result[last], result[chosen]] = [result[chosen]!, result[last]!];
  }
  return result;
}

function splitMix32(seed: number): Uint32Array {
  let counter = seed | 0;
  return Uint32Array.from({ length: 4 }, () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  });
}
