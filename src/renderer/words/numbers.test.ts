import { expect, it } from 'vitest';
import { countWords, intervalWords, percentWords, quantity, rateInterval, rateWithInterval, rateWords, scoreWords } from './numbers.ts';

const plain = (text: string | null): string | null => text?.replaceAll('\u00a0', ' ') ?? null;

it('writes a rate in the exponent form of the field, with two digits at most', () => {
  expect(rateWords(1e-3)).toBe('1e-3');
  expect(rateWords(0.0013)).toBe('1.3e-3');
  expect(rateWords(0.05)).toBe('5e-2');
  expect(rateWords(0)).toBe('0');
  expect(rateWords(1)).toBe('1');
});

it('carries a rate that rounds up to ten into the next decade', () => {
  expect(rateWords(9.97e-4)).toBe('1e-3');
  expect(rateWords(0.0999)).toBe('1e-1');
});

it('writes an interval in the exponent of its value, so that both can be compared by eye', () => {
  expect(plain(rateWithInterval({ value: 1e-3, low: 6e-4, high: 1.6e-3 }))).toBe('1e-3, 95 %: 0.6e-3 to 1.6e-3');
  expect(rateInterval({ value: 0.0012, low: 0, high: 0.0121 })).toBe('0 to 12e-3');
});

it('takes the exponent of the upper end where no error was seen', () => {
  expect(rateInterval({ value: 0, low: 0, high: 6.7e-4 })).toBe('0 to 6.7e-4');
});

it('says nothing of an interval that cannot be given', () => {
  expect(rateWithInterval({ value: 0.01, low: null, high: null })).toBe('1e-2');
  expect(rateInterval({ value: 0.01, low: null, high: 0.02 })).toBeNull();
  expect(intervalWords({ value: 0.01, low: null, high: null })).toBeNull();
});

it('shows as many digits of a percentage as the comparisons support', () => {
  expect(plain(percentWords(0.04317, 100))).toBe('4 %');
  expect(plain(percentWords(0.04317, 450))).toBe('4.3 %');
  expect(plain(percentWords(0.04317, 20_000))).toBe('4.32 %');
  expect(plain(intervalWords({ value: 0.04, low: 0.028, high: 0.051 }, 450))).toBe('2.8 to 5.1 %');
});

it('writes scores with a true minus and without a negative zero', () => {
  expect(scoreWords(0.713)).toBe('0.71');
  expect(scoreWords(-0.084)).toBe('−0.08');
  expect(scoreWords(-0.001)).toBe('0.00');
});

it('groups thousands and minds one and many', () => {
  expect(countWords(4950)).toBe('4,950');
  expect(plain(quantity(1, 'person', 'people'))).toBe('1 person');
  expect(plain(quantity(0, 'sample'))).toBe('0 samples');
});
