/** A figure with the limits of its interval; null where none can be given. */
interface Estimated {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

// How numbers are written in the window, in reports and in the terminal alike. Rates that are chosen, and go down to one in a million (FMR, FPIR,
// GFAR, what comparisons support), stand in the exponent of the field; every other share (FNMR, EER, recall) in per cent, with as many
// digits as its trials support. An interval is written in the exponent, or with the digits, of its value.

/** "4,950" */
export const inGroups = (count: number): string => count.toLocaleString('en-GB');

/** "1.3e-3", "5e-2", "0": a rate with two significant digits. */
export function rateWords(rate: number): string {
  return rate === 0 ? '0' : inExponent(rate, exponentOf(rate));
}

/** "0.6e-3 to 1.6e-3", in the exponent of the value; null where no interval can be given. */
export function rateInterval({ value, low, high }: Estimated): string | null {
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
  const text = String(Number((rate / 10 ** exponent).toPrecision(2)));
  return exponent === 0 ? text : `${text}e${exponent}`;
}

/** "4.32 %" of 10,000 trials and more, "4.3 %" of 300 and more or of unknown many, else "4 %"; one more where it would read as none or all. */
export function percentWords(share: number, trials?: number): string {
  return `${digits(share, trials)} %`;
}

/** "2.8 to 5.1 %"; null where no interval can be given. */
export function percentInterval({ low, high }: Estimated, trials?: number): string | null {
  return low === null || high === null ? null : `${digits(low, trials)} to ${digits(high, trials)} %`;
}

function digits(share: number, trials = 300): string {
  const written = (decimals: number): string => (100 * share).toFixed(decimals);
  const fewest = trials >= 10_000 ? 2 : trials >= 300 ? 1 : 0;
  // One miss among 250 is neither none nor, of those that were found, all.
  const isRoundedAway = (decimals: number): boolean => share > 0 && share < 1 && (Number(written(decimals)) === 0 || Number(written(decimals)) === 100);
  return written(fewest < 2 && isRoundedAway(fewest) ? fewest + 1 : fewest);
}
