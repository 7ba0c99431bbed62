import { expect, it } from 'vitest';
import { isKept } from './is-kept.ts';

it('keeps a later epoch that a few people cannot tell from the best', () => {
  expect(isKept(0.15, { reached: [0.3, 0.12], subjects: 6 })).toBe(true);
});

it('keeps the best epoch when many people can tell', () => {
  expect(isKept(0.15, { reached: [0.3, 0.12], subjects: 600 })).toBe(false);
  expect(isKept(0.11, { reached: [0.3, 0.12], subjects: 600 })).toBe(true);
});

it('never keeps a collapse', () => {
  expect(isKept(0.5, { reached: [0.3, 0.12], subjects: 6 })).toBe(false);
  expect(isKept(null, { reached: [0.12], subjects: 6 })).toBe(false);
});

it('keeps the newest epoch when nothing can be validated', () => {
  expect(isKept(null, { reached: [null, null], subjects: 0 })).toBe(true);
});

it('of epochs without an error keeps the latest, and none with one', () => {
  expect(isKept(0, { reached: [0], subjects: 6 })).toBe(true);
  expect(isKept(0.01, { reached: [0], subjects: 6 })).toBe(false);
});

it('of a start that embeds well already keeps what is lower than it and than every epoch before, and else the start', () => {
  const after = (eer: number | null, reached: number[]): boolean => isKept(eer, { reached, subjects: 6, start: 0.05 });
  expect([after(0.05, []), after(0.06, []), after(0.04, [])]).toEqual([false, false, true]);
  expect([after(0.04, [0.03]), after(0.02, [0.03])]).toEqual([false, true]);
  expect(after(null, [])).toBe(false);
});
