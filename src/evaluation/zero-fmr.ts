import type { OperatingPoint, OperatingPoints } from './error-rates.ts';
import { firstIndex, operatingPoint } from './error-rates.ts';

/**
 * ZeroFMR (FVC2000; Maio et al., IEEE TPAMI 24, 2002): the lowest FNMR at which no false match occurs. It is the `fnmr`
 * of the returned point, the first whose FMR is 0.
 *
 * Zero errors in N trials bound the FMR at 3/N, no lower (`supportLimits`): it depends on N and is not a rate of use.
 */
export function zeroFmr(points: OperatingPoints): OperatingPoint {
  const last = points.thresholds.length - 1;
  return operatingPoint(points, firstIndex(last, (index) => points.falseMatches[index]! === 0));
}

/** ZeroFNMR: the lowest FMR at which no false non-match occurs. It is the `fmr` of the returned point. */
export function zeroFnmr(points: OperatingPoints): OperatingPoint {
  const last = points.thresholds.length - 1;
  const rejecting = firstIndex(last, (index) => points.falseNonMatches[index]! > 0); // the last point always does
  return operatingPoint(points, rejecting - 1);
}
