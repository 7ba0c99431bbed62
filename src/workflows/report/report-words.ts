import { hintsOnly } from '../../contract/limits-words.ts';
import type { Estimate } from '../../contract/vocabulary.ts';
import { percentInterval, percentWords, rateInterval, rateWords } from '../../evaluation/number-words.ts';
import type { Metric } from '../../evaluation/score-metrics.ts';
import type { SupportLimits } from '../../evaluation/support-limits.ts';
import { supportFor } from '../../evaluation/support-limits.ts';

export { percentWords, rateInterval, rateWords };

/** A number and its unit stay on one line, where lines are broken. */
export const unbroken = (text: string): string => text.replace(/(\d) %/g, '$1\u00A0%');

/** Costs and bits: "0.0312" */
export const costWords = (value: number): string => value.toFixed(4);

/** "95 %" */
export const confidenceWords = (confidence: number): string => `${Number((100 * confidence).toPrecision(4))} %`;

/** How a figure is written, with its interval where it has one. */
export type Writer = (estimate: Estimate) => string;

const withInterval = (value: string, interval: string | null): string => (interval === null ? value : `${value} (${interval})`);

/** "4.2 % (3.1 to 5.6 %)", with as many digits as the trials support. */
export const inPercent = (trials?: number): Writer => (estimate) => withInterval(percentWords(estimate.value, trials), percentInterval(estimate, trials));

/** "1.2e-3 (0.6e-3 to 1.6e-3)": rates of false matches and of what counts among them. */
export const asRate: Writer = (estimate) => withInterval(rateWords(estimate.value), rateInterval(estimate));

/** "0.9876 (0.9812 to 0.9901)" */
export const plainly = (decimals = 4): Writer => ({ value, low, high }) =>
  withInterval(value.toFixed(decimals), low === null || high === null ? null : `${low.toFixed(decimals)} to ${high.toFixed(decimals)}`);

/** A dash where there is none. */
export const estimated = (estimate: Estimate | null, write: Writer): string => (estimate === null ? '-' : write(estimate));

export function measured(metric: Metric, write: Writer): string {
  if (typeof metric === 'number') return write({ value: metric, low: null, high: null });
  return 'error' in metric ? `none: ${metric.error.message}` : write(metric);
}

/** The same in the middle of a sentence: without the reason why there is none. */
export const measuredShortly = (metric: Metric, write: Writer): string => (typeof metric === 'object' && 'error' in metric ? 'none' : measured(metric, write));

/** An FNMR at an FMR of which not one false match is expected is no figure. */
export function fnmrMeasured(fnmr: Metric, target: number, { mated, nonMated }: { mated: number; nonMated: number }): string {
  return nonMated > 0 && supportFor(target, nonMated) === 'unsupported' ? unsupportedBy(nonMated) : measured(fnmr, inPercent(mated));
}

export const unsupportedBy = (nonMated: number): string => `not supported by ${nonMated.toLocaleString('en-GB')} comparison${nonMated === 1 ? '' : 's'}`;

/** Of thresholds that were chosen on so few non-mated comparisons that they are hints only; nothing where none is. */
export function weaklyChosen(thresholds: readonly { target: number; threshold: number | null }[], nonMated: number): string[] {
  const weak = thresholds.filter(({ target, threshold }) => threshold !== null && supportFor(target, nonMated) === 'weak');
  return weak.length === 0 ? [] : [hintsOnly(weak.map(({ target }) => rateWords(target)))];
}

/** A threshold, with the digits of a score. */
export const thresholdWords = (threshold: number): string => (threshold <= -Number.MAX_VALUE ? 'any score' : threshold.toPrecision(6));

/** What the band of a curve is. */
export const bandSentence = (system: string): string => `Band: 95 % interval of ${system} at each place by itself, bootstrap over subjects.`;

/** What the grey ground and the dotted line of a curve are. */
export const groundSentence = 'Curves end at one error (1/N); grey: fewer than 30 errors expected (30/N); dotted: 3/N, below which no rate is shown by seeing no error.';

/** How far down so many comparisons can speak of a rate. */
export function bounded({ trials, resolution, ruleOf30, zeroErrorBound }: SupportLimits): string {
  return `${trials.toLocaleString('en-GB')} comparisons; no claim below ${rateWords(resolution)}, firm from ${rateWords(Math.min(1, ruleOf30))}; with no error seen the rate is below ${rateWords(Math.min(1, zeroErrorBound))}`;
}

/** "a, b, c, and 5 more" */
export function shown(items: readonly string[], most = 5): string {
  const more = items.length - most;
  return `${items.slice(0, most).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
