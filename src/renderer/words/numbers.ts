import type { Estimate } from '../../contract/vocabulary.ts';
import { percentInterval, percentWords as percent, rateInterval, rateWords } from '../../evaluation/number-words.ts';

export { rateInterval, rateWords };

const MINUS = '−';
const NO_BREAK = '\u00a0';

const counting = new Intl.NumberFormat('en-GB');

/** "4,950". */
export const countWords = (count: number): string => counting.format(Math.round(count)).replace('-', MINUS);

/** "1 person", "40 people". */
export function quantity(count: number, one: string, many = `${one}s`): string {
  return `${countWords(count)}${NO_BREAK}${count === 1 ? one : many}`;
}

/** A comparison score or a threshold, two decimals: "0.71", "−0.08". */
export function scoreWords(score: number, decimals = 2): string {
  const text = score.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text.replace('-', MINUS);
}

/** "1e-3, 95 %: 0.6e-3 to 1.6e-3"; all three in the exponent of the value, so that they can be compared by eye. */
export function rateWithInterval(estimate: Estimate): string {
  const interval = rateInterval(estimate);
  return interval === null ? rateWords(estimate.value) : `${rateWords(estimate.value)}, 95${NO_BREAK}%: ${interval}`;
}

/** A share in per cent with as many digits as `trials` support: "4.2 %", "4 %"; on one line, with a true minus. */
export const percentWords = (share: number, trials?: number): string => unbroken(percent(share, trials));

/** "2.8 to 5.1 %", or null where no interval can be given. */
export function intervalWords(estimate: Estimate, trials?: number): string | null {
  const interval = percentInterval(estimate, trials);
  return interval === null ? null : unbroken(interval);
}

const unbroken = (words: string): string => words.replace(' %', `${NO_BREAK}%`).replaceAll('-', MINUS);
