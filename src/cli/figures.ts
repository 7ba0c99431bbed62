import { percentWords, rateWords } from '../workflows/report/report-words.ts';

export function score(value: number): string {
  return value.toFixed(3);
}

/** A score and its threshold with as many digits, two at least, as show on which side it lies. */
export function scoreBesideThreshold(value: number, threshold: number): { score: string; threshold: string } {
  let digits = 2;
  while (digits < 6 && value !== threshold && value.toFixed(digits) === threshold.toFixed(digits)) digits += 1;
  return { score: value.toFixed(digits), threshold: threshold.toFixed(digits) };
}

/** "29.0 %" or, where it is small, "3e-4". */
export const share = (part: number): string => (part >= 0.01 ? percentWords(part) : rateWords(part));

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
