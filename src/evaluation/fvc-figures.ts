import type { FnmrAtFmr } from './fnmr-at-fmr.ts';
import type { OperatingPoint, OperatingPoints } from './error-rates.ts';
import { fnmrAtFmr } from './fnmr-at-fmr.ts';
import { zeroFmr, zeroFnmr } from './zero-fmr.ts';

/**
 * The operating points that fingerprint competitions name (FVC2000; Maio et al., IEEE TPAMI 24, 2002).
 *
 * Despite its name **FMR100 is an FNMR**: the lowest one for FMR <= 1/100; likewise FMR1000 and FMR10000. Read `fnmr`,
 * with the `achieved` FMR beside it and the `support` that the number of comparisons gives.
 */
export interface FvcFigures {
  readonly fmr100: FnmrAtFmr;
  readonly fmr1000: FnmrAtFmr;
  readonly fmr10000: FnmrAtFmr;
  /** ZeroFMR is the `fnmr` of this point. */
  readonly zeroFmr: OperatingPoint;
  /** ZeroFNMR is the `fmr` of this point. */
  readonly zeroFnmr: OperatingPoint;
}

/** All of them. They exist for every score set. */
export function fvcFigures(points: OperatingPoints): FvcFigures {
  return {
    fmr100: fnmrAtFmr(points, 1 / 100),
    fmr1000: fnmrAtFmr(points, 1 / 1000),
    fmr10000: fnmrAtFmr(points, 1 / 10_000),
    zeroFmr: zeroFmr(points),
    zeroFnmr: zeroFnmr(points),
  };
}
