import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountedSubject } from './split-by-identity.ts';
import { splitByIdentity } from './split-by-identity.ts';

const seed = fc.integer({ min: 0, max: 0xffffffff });
const shares = fc
  .tuple(fc.nat(100), fc.nat(100), fc.nat(100))
  .filter((weights) => weights.some((weight) => weight > 0))
  .map(([a, b, c]) => ({ train: a / (a + b + c), validation: b / (a + b + c), test: c / (a + b + c) }));
const split = fc.record({ seed, shares }).map(({ seed: number, shares: parts }) => ({ seed: number, ...parts }));
const subjects = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 80 })
  .chain((names) => fc.array(fc.integer({ min: 1, max: 4 }), { minLength: names.length, maxLength: names.length })
    .map((counts): CountedSubject[] => names.map((subject, index) => ({ subject, images: counts[index]! }))));

const sizeOf = (parts: Map<string, string>, part: string): number => [...parts.values()].filter((one) => one === part).length;

describe('splitting by identity', () => {
  it('gives each identity to exactly one part', () => {
    fc.assert(fc.property(subjects, split, (people, how) => {
      const parts = splitByIdentity(people, how);
      expect([...parts.keys()].sort()).toEqual(people.map(({ subject }) => subject).sort());
    }));
  });

  it('honours the shares to within one identity, and those of the identities with mated pairs too', () => {
    fc.assert(fc.property(subjects, split, (people, how) => {
      const parts = splitByIdentity(people, how);
      const several = people.filter(({ images }) => images > 1);
      for (const part of ['train', 'validation', 'test'] as const) {
        expect(Math.abs(sizeOf(parts, part) - how[part] * people.length)).toBeLessThanOrEqual(1 + 1e-6);
        const ofSeveral = several.filter(({ subject }) => parts.get(subject) === part).length;
        expect(Math.abs(ofSeveral - how[part] * several.length)).toBeLessThanOrEqual(1 + 1e-6);
        if (how[part] === 0) expect(sizeOf(parts, part)).toBe(0);
      }
    }));
  });

  it('is the same for the same seed, in whichever order the people come', () => {
    fc.assert(fc.property(subjects, split, (people, how) => {
      const once = splitByIdentity(people, how);
      const again = splitByIdentity([...people].reverse(), how);
      expect([...again].sort()).toEqual([...once].sort());
    }));
  });

  it('differs between seeds', () => {
    const people = Array.from({ length: 40 }, (_, index) => ({ subject: `s${index}`, images: 10 }));
    const shared = { train: 0.6, validation: 0.15, test: 0.25 };
    const splits = [1, 2, 3, 4].map((number) => [...splitByIdentity(people, { seed: number, ...shared })].sort().join());
    expect(new Set(splits).size).toBe(4);
    expect(sizeOf(splitByIdentity(people, { seed: 1, ...shared }), 'train')).toBe(24);
  });
});
