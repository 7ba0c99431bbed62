import { supportLimits } from './support-limits.ts';

/** Limits as resamples of the subjects give them. */
interface ResampledLimits {
  readonly lower: number;
  readonly upper: number;
}

/** Limits as they are stated beside their figure. */
export interface StatedLimits {
  readonly low: number;
  readonly high: number;
}

/** The limits of a figure; null where no resample moved it, which would read as if it were certain, or where it did not exist. */
export function statedLimits({ lower, upper }: ResampledLimits): StatedLimits | null {
  return lower < upper ? { low: lower, high: upper } : null;
}

/**
 * The limits of a rate among `trials`. Where all trials ended alike no resample knows of another end, and the rule of three
 * says how far the rate may be from 0 or 1.
 *
 * @throws EvaluationError argument-out-of-range unless there is a trial.
 */
export function rateLimits({ lower, upper }: ResampledLimits, rate: number, trials: number): StatedLimits | null {
  const bound = Math.min(1, supportLimits(trials).zeroErrorBound);
  return statedLimits({
    lower: rate === 1 ? Math.min(lower, 1 - bound) : lower,
    upper: rate === 0 ? Math.max(upper, bound) : upper,
  });
}
