/** Coefficients of the Chebyshev fit of erfc, Press et al., Numerical Recipes in C, 2nd edition, 1992, section 6.2. */
const FIT = [0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223];

/** The chance that a standard normal number lies below `deviate`, with a relative error below 1.2e-7. */
export function normalProbability(deviate: number): number {
  const size = Math.abs(deviate) / Math.SQRT2;
  if (size === Infinity) return deviate > 0 ? 1 : 0;
  const t = 1 / (1 + size / 2);
  const upper = (t * Math.exp(-size * size + FIT.reduce((sum, coefficient) => sum * t + coefficient, 0))) / 2;
  return deviate > 0 ? 1 - upper : upper;
}
