import type { ScoreFileReport } from './requests/score-files.ts';

/** What a reader of the limits of N comparisons (1/N, 30/N, 3/N) must know. */
export const limitsAssume =
  'N counts comparisons as if each were independent of the others. Those that share a subject are not: the true limits lie higher, and of few subjects much higher.';

/** What a threshold is that was chosen on few comparisons. @param rates as they are written, such as 1e-3 */
export const hintsOnly = (rates: readonly string[]): string =>
  `Fewer than 30 false matches were expected where ${rates.length === 1 ? 'the threshold' : 'the thresholds'} for an FMR of ${rates.join(', ')} ${rates.length === 1 ? 'was' : 'were'} chosen: a hint only.`;

/** Where the one threshold of groups and of error versus discard comes from. */
export function studyThresholdOrigin({ plan, development }: Pick<ScoreFileReport, 'plan' | 'development'>): string {
  if (plan.threshold !== null) return 'as it was given';
  return development?.thresholds.some(({ threshold }) => threshold !== null) ? 'chosen on the development split' : 'for an FMR of 1e-2 on these very scores, so that it suits them';
}

/** What a reader of differences must know. */
export const differencesAssume = 'Two overlapping intervals prove nothing; the interval of the difference does. With many figures compared, one in twenty intervals leaves 0 out by chance.';
