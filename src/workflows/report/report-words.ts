import type { Estimate } from '../../contract/vocabulary.ts';
import type { Metric } from '../../evaluation/score-metrics.ts';
import type { SupportLimits } from '../../evaluation/support-limits.ts';
import { supportFor } from '../../evaluation/support-limits.ts';

/** A number and its unit stay on one line, where lines are broken. */
export const unbroken = (text: string): string => text.replace(/(\d) %/g, '$1\u00A0%');

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
export const plain = (value: number): string => value.toFixed(4);

/** "4.20 % (3.10 to 5.60)"; a dash where there is none. */
export function estimated(estimate: Estimate | null, write: (value: number) => string): string {
  if (estimate === null) return '-';
  const { value, low, high } = estimate;
  return low === null || high === null ? write(value) : `${write(value)} (${write(low)} to ${write(high)})`;
}

export function measured(metric: Metric, write: (value: number) => string): string {
  if (typeof metric === 'number') return write(metric);
  return 'error' in metric ? `none: ${metric.error.message}` : estimated(metric, write);
}

/** An FNMR at an FMR of which not one false match is expected is no figure. @param nonMated comparisons */
export function fnmrMeasured(fnmr: Metric, target: number, nonMated: number): string {
  return nonMated > 0 && supportFor(target, nonMated) === 'unsupported' ? unsupportedBy(nonMated) : measured(fnmr, percent);
}

export const unsupportedBy = (nonMated: number): string => `not supported by ${nonMated.toLocaleString('en-GB')} comparison${nonMated === 1 ? '' : 's'}`;

/** What the band of a curve is. */
export const bandSentence = (system: string): string => `Band: 95 % interval of ${system} at each place by itself, bootstrap over subjects.`;

/** What the grey ground and the dotted line of a curve are. */
export const groundSentence = 'Curves end at one error (1/N); grey: fewer than 30 errors expected (30/N); dotted: 3/N, below which no rate is shown by seeing no error.';

/** How far down so many comparisons can speak of a rate. */
export function bounded({ trials, resolution, ruleOf30, zeroErrorBound }: SupportLimits): string {
  return `${trials.toLocaleString('en-GB')} comparisons; no claim below ${small(resolution)}, firm from ${small(Math.min(1, ruleOf30))}; with no error seen the rate is below ${small(Math.min(1, zeroErrorBound))}`;
}

/** Small rates keep two digits. */
export const small = (rate: number): string => (rate >= 0.0005 || rate === 0 ? percent(rate) : rate.toExponential(1));

/** "a, b, c, and 5 more" */
export function shown(items: readonly string[], most = 5): string {
  const more = items.length - most;
  return `${items.slice(0, most).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
