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
