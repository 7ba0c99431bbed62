import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { finish } from '../steps.ts';
import type { ProtectionScheme } from './cancelable-transform.ts';
import { cancelableTransform, PROTECTION_SCHEMES } from './cancelable-transform.ts';
import { chachaBlock, KEY_BYTES, keyedNormals } from './key-stream.ts';
import { measureProtection } from './measure-protection.ts';
import { multiply, multiplyTransposed, randomOrthogonal } from './random-orthogonal.ts';
import { unlinkability } from './unlinkability.ts';

const keyOf = (seed: number): Uint8Array => Uint8Array.from({ length: KEY_BYTES }, (_, index) => (seed * 97 + index * 31 + 7) % 256);

function gaussians(seed: number, count: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

function unit(values: readonly number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

const dot = (one: ArrayLike<number>, other: ArrayLike<number>): number => Array.from(one).reduce((sum, value, index) => sum + value * other[index]!, 0);

describe('the key stream', () => {
  it('is ChaCha20 as RFC 8439 has it (section 2.3.2)', () => {
    const key = Uint8Array.from({ length: 32 }, (_, index) => index);
    const words = chachaBlock(key, 1, [0x09000000, 0x4a000000, 0]);
    expect([...words].map((word) => word.toString(16).padStart(8, '0')).join(' ')).toBe(
      'e4e7f110 15593bd1 1fdd0f50 c47120a3 c7f4d1c7 0368c033 9aaa2204 4e6cd4c3 466482d2 09aa9f07 05d7c214 a2028bd9 d19c12b5 b94e16de e883d0cb 4e3c50a2');
  });

  it('gives standard normal numbers, the same for the same key and others for another or another use', () => {
    const normal = keyedNormals(keyOf(1), 0);
    const drawn = Array.from({ length: 20_000 }, normal);
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length).toBeCloseTo(1, 1);
    expect(keyedNormals(keyOf(1), 0)()).toBe(drawn[0]);
    expect(keyedNormals(keyOf(2), 0)()).not.toBe(drawn[0]);
    expect(keyedNormals(keyOf(1), 1)()).not.toBe(drawn[0]);
    expect(() => keyedNormals(new Uint8Array(16), 0)).toThrow('32 bytes, not 16');
  });
});

describe('a random orthogonal matrix', () => {
  it('has orthonormal rows, and its transpose undoes it', () => {
    const matrix = randomOrthogonal(64, keyOf(3), 0);
    for (let i = 0; i < 64; i++) {
      for (let j = 0; j <= i; j++) expect(dot(matrix.values.subarray(i * 64, (i + 1) * 64), matrix.values.subarray(j * 64, (j + 1) * 64))).toBeCloseTo(i === j ? 1 : 0, 12);
    }
    const vector = gaussians(1, 64);
    expect([...multiplyTransposed(matrix, multiply(matrix, vector))].every((value, index) => Math.abs(value - vector[index]!) < 1e-12)).toBe(true);
  });
});

describe('a cancelable transform', () => {
  const [one, other] = [unit(gaussians(1, 128)), unit(gaussians(2, 128))];
  const near = unit(one.map((value, index) => value + 0.5 * other[index]!));

  it.each(PROTECTION_SCHEMES)('%s gives unit templates that depend on the key and keep near ones nearer', (scheme) => {
    const transform = cancelableTransform(scheme, 128, keyOf(1));
    const [a, b, c] = [one, near, other].map((template) => transform.protect(template));
    expect(dot(a!, a!)).toBeCloseTo(1, 5);
    expect(dot(a!, b!)).toBeGreaterThan(dot(a!, c!) + 0.3);
    expect(Math.abs(dot(a!, cancelableTransform(scheme, 128, keyOf(2)).protect(one)))).toBeLessThan(0.35);
    expect(transform.protect(one)).toEqual(a);
  });

  it('random-orthogonal keeps every cosine, and who has the key has the template', () => {
    const transform = cancelableTransform('random-orthogonal', 128, keyOf(1));
    expect(dot(transform.protect(one), transform.protect(near))).toBeCloseTo(dot(one, near), 6);
    expect(dot(transform.estimate(transform.protect(one)), one)).toBeCloseTo(1, 6);
  });

  it('bio-hash scores the angle: 1 - 2 angle / pi on average', () => {
    const scores = Array.from({ length: 60 }, (_, seed) => {
      const { protect } = cancelableTransform('bio-hash', 128, keyOf(seed));
      return dot(protect(one), protect(near));
    });
    expect(scores.reduce((sum, value) => sum + value, 0) / scores.length).toBeCloseTo(1 - (2 * Math.acos(dot(one, near))) / Math.PI, 1);
  });

  it('bio-hash gives who has the key a cosine of the square root of 2 / pi', () => {
    const { protect, estimate } = cancelableTransform('bio-hash', 128, keyOf(1));
    const guess = unit([...estimate(protect(one))]);
    expect(dot(guess, one)).toBeCloseTo(Math.sqrt(2 / Math.PI), 1);
  });
});

describe('unlinkability', () => {
  it('is 0 for equal distributions, 1 for separate ones, and as the formula says between', () => {
    const scores = Float64Array.from({ length: 1000 }, (_, index) => index / 1000);
    expect(unlinkability(scores, scores, 20).systemLinkability).toBe(0);
    expect(unlinkability(scores.map((score) => score + 2), scores, 50).systemLinkability).toBeCloseTo(1, 12);
    // Two bins: mated 3/4 and 1/4, non-mated 1/4 and 3/4. LR is 3 in the first, D = 2 * 3 / 4 - 1 = 0.5, times 3/4.
    const { systemLinkability, local } = unlinkability(Float64Array.from([0, 0, 0, 1]), Float64Array.from([0, 1, 1, 1]), 2);
    expect(systemLinkability).toBeCloseTo(0.375, 12);
    expect(local.map(({ linkability }) => linkability)).toEqual([0.5, 0]);
    expect(() => unlinkability(new Float64Array(0), scores, 2)).toThrow('mated and non-mated');
  });
});

describe('the measure of protection', () => {
  const size = 64;
  const people = 20;
  const subjects = Int32Array.from({ length: people * 5 }, (_, index) => Math.floor(index / 5));
  const centres = Array.from({ length: people }, (_, person) => unit(gaussians(100 + person, size)));
  const templates = Float32Array.from([...subjects].flatMap((person, index) => unit(centres[person]!.map((value, column) => value + 0.11 * gaussians(1000 + index, size)[column]!))));
  const measure = (scheme: ProtectionScheme): ReturnType<typeof measureProtection> extends Generator<unknown, infer Figures> ? Figures : never =>
    finish(measureProtection({ scheme, templates, size, subjects, keys: [keyOf(1), keyOf(2), keyOf(3)], targetFmr: 0.01, random: seededRandom(1) }));

  it('finds that a rotation costs no accuracy, unlinks, renews, and is undone by who has the key', () => {
    const figures = measure('random-orthogonal');
    expect(figures.sameKey.eer).toBeCloseTo(figures.unprotected.eer, 6);
    expect(figures.sameKey.fnmr).toBeCloseTo(figures.unprotected.fnmr, 6);
    expect(figures).toMatchObject({ keys: 3, matedComparisons: 200, nonMatedComparisons: 4750 });
    expect(figures.linkabilityUnprotected).toBeGreaterThan(0.8);
    expect(figures.linkability).toBeLessThan(figures.linkabilityByChance + 0.15);
    expect(figures.cosineOfEstimate).toBeCloseTo(1, 5);
    expect(figures.oldMatchesNew).toBeLessThan(0.1);
  });

  it.each(['bio-hash', 'mlp-hash'] as const)('finds that %s costs some accuracy and gives less away', (scheme) => {
    const figures = measure(scheme);
    expect(figures.sameKey.fnmr).toBeGreaterThanOrEqual(figures.unprotected.fnmr);
    expect(figures.fmrWithoutKey).toBeLessThan(0.1);
    expect(figures.cosineOfEstimate).toBeLessThan(0.9);
  });
});
