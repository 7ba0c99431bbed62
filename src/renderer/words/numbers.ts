import type { Estimate } from '../../contract/vocabulary.ts';

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

/** A small rate as the field writes it, two significant digits: "1.3e-3", "5e-2", "0". */
export function rateWords(rate: number): string {
  if (rate === 0) return '0';
  return inExponent(rate, exponentOf(rate));
}

/** "1e-3, 95 %: 0.6e-3 to 1.6e-3"; all three in the exponent of the value, so that they can be compared by eye. */
export function rateWithInterval(estimate: Estimate): string {
  const interval = rateInterval(estimate);
  return interval === null ? rateWords(estimate.value) : `${rateWords(estimate.value)}, 95${NO_BREAK}%: ${interval}`;
}

/** "0.6e-3 to 1.6e-3", in the exponent of the value; null where no interval can be given. */
export function rateInterval({ value, low, high }: Estimate): string | null {
  if (low === null || high === null) return null;
  const exponent = exponentOf(value > 0 ? value : high);
  return `${inExponent(low, exponent)} to ${inExponent(high, exponent)}`;
}

function exponentOf(rate: number): number {
  if (rate <= 0) return 0;
  const exponent = Math.floor(Math.log10(rate));
  // 9.97e-4 is shown with two digits, as 10e-4: it belongs to the next decade.
  return Number((rate / 10 ** exponent).toPrecision(2)) >= 10 ? exponent + 1 : exponent;
}

function inExponent(rate: number, exponent: number): string {
  if (rate === 0) return '0';
  const mantissa = rate / 10 ** exponent;
  const text = String(Number(mantissa.toPrecision(2)));
  return exponent === 0 ? text : `${text}e${exponent}`;
}

/** A share in per cent with as many digits as `trials` support: "4.2 %", "4 %". */
export function percentWords(share: number, trials?: number): string {
  const percent = share * 100;
  const decimals = trials === undefined ? 1 : trials >= 10_000 ? 2 : trials >= 300 ? 1 : 0;
  return `${percent.toFixed(decimals).replace('-', MINUS)}${NO_BREAK}%`;
}

/** "2.8 to 5.1 %", or null where no interval can be given. */
export function intervalWords(estimate: Estimate, trials?: number): string | null {
  if (estimate.low === null || estimate.high === null) return null;
  return `${percentWords(estimate.low, trials).replace(`${NO_BREAK}%`, '')} to ${percentWords(estimate.high, trials)}`;
}
