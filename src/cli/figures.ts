import type { Estimate } from '../contract/vocabulary.ts';

/** "3.2 %": as many digits as a share measured on some thousand comparisons supports. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`;
}

/** "3.20 % (2.1 to 4.4)". */
export function percentEstimate({ value, low, high }: Estimate): string {
  return low === null || high === null ? percent(value) : `${percent(value)} (${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)})`;
}

/** "0.912 (0.88 to 0.94)". */
export function numberEstimate({ value, low, high }: Estimate): string {
  return low === null || high === null ? value.toFixed(3) : `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

/** "1e-3", "0.6e-3": small rates as people in the field write them. */
export function smallRate(rate: number): string {
  if (rate === 0) return '0';
  const [digits, exponent] = rate.toExponential(1).split('e') as [string, string];
  return Number(exponent) >= 0 ? rate.toPrecision(2) : `${Number(digits).toString()}e${exponent}`;
}

export function score(value: number): string {
  return value.toFixed(3);
}

/** A score and its threshold with as many digits, two at least, as show on which side it lies. */
export function scoreBesideThreshold(value: number, threshold: number): { score: string; threshold: string } {
  let digits = 2;
  while (digits < 6 && value !== threshold && value.toFixed(digits) === threshold.toFixed(digits)) digits += 1;
  return { score: value.toFixed(digits), threshold: threshold.toFixed(digits) };
}

/** "29 %" or, where it is small, "3e-4". */
export function share(part: number): string {
  return part >= 0.01 ? percent(part) : smallRate(part);
}

/** "4 s", "3 min 20 s", "2 h 5 min". */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${String(seconds)} s`;
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
  return `${String(Math.floor(seconds / 3600))} h ${String(Math.floor((seconds % 3600) / 60))} min`;
}

export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? noun : plural(noun)}`;
}

function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:ch|sh|s|x)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
