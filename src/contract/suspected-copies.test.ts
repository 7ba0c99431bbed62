import { expect, it } from 'vitest';
import { suspectedCopiesWords } from './suspected-copies.ts';

const copy = (at: number, more = {}) => ({ path: `b/${at}.png`, of: `a/${at}.png`, sameSubject: true, isMirrored: false, ...more });

it('names the first few pairs, those of two subjects as such, and says that they are compared', () => {
  expect(suspectedCopiesWords([])).toBeNull();
  expect(suspectedCopiesWords([copy(1)])).toBe('1 pair of images looks like copies of one photo (saved again, resized or mirrored): b/1.png and a/1.png. They are compared like all others: look at them.');
  expect(suspectedCopiesWords([copy(1, { sameSubject: false, isMirrored: true }), copy(2), copy(3), copy(4)])).toBe(
    '4 pairs of images look like copies of one photo (saved again, resized or mirrored), 1 of two subjects: b/1.png and a/1.png, said to be two subjects, mirrored; ' +
      'b/2.png and a/2.png; b/3.png and a/3.png; .... They are compared like all others: look at them.');
});
