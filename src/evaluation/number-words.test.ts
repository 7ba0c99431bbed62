import { expect, it } from 'vitest';
import { inGroups, percentInterval, percentWords, rateInterval, rateWords } from './number-words.ts';

it('writes rates of false matches in the exponent of the field, with two digits at most', () => {
  expect([0.0998, 0.1, 0.01, 0.001, 0.0006, 0.00162, 0, 0.5, 1, 9.97e-4].map(rateWords)).toEqual(['1e-1', '1e-1', '1e-2', '1e-3', '6e-4', '1.6e-3', '0', '5e-1', '1', '1e-3']);
});

it('writes an interval in the exponent of its value, or of its upper end where no error was seen', () => {
  expect(rateInterval({ value: 1e-3, low: 6e-4, high: 1.6e-3 })).toBe('0.6e-3 to 1.6e-3');
  expect(rateInterval({ value: 0, low: 0, high: 6.7e-4 })).toBe('0 to 6.7e-4');
  expect(rateInterval({ value: 0.1, low: null, high: 0.2 })).toBeNull();
});

it('writes other shares in per cent, with the digits that their trials support', () => {
  expect([100, 450, 20_000, undefined].map((trials) => percentWords(0.04317, trials))).toEqual(['4 %', '4.3 %', '4.32 %', '4.3 %']);
  expect(percentInterval({ value: 0.04, low: 0.028, high: 0.051 }, 450)).toBe('2.8 to 5.1 %');
  expect(percentInterval({ value: 0.04, low: 0.028, high: null })).toBeNull();
});

it('writes no few errors as none, and no misses as all found', () => {
  expect([1 / 250, 249 / 250, 0, 1].map((share) => percentWords(share, 250))).toEqual(['0.4 %', '99.6 %', '0 %', '100 %']);
  expect([1 / 2500, 0.004].map((share) => percentWords(share, 2500))).toEqual(['0.04 %', '0.4 %']);
});

it('parts thousands', () => expect([999, 4950].map(inGroups)).toEqual(['999', '4,950']));
