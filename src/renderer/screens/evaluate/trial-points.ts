import type { ErrorPoint } from '../../../charts/error-curves.ts';
import type { Measured } from './measured.ts';

/**
 * The thresholds whose errors are known exactly, ascending: the points of the model's curve, and beyond its end, where no
 * non-mated comparison is matched any more, the edges of the histogram. Mated comparisons in no bin failed to be acquired
 * and are matched at no threshold.
 */
export function trialPoints({ systems, counts }: Pick<Measured, 'systems' | 'counts'>): ErrorPoint[] {
  const { curve, histogram } = systems.find(({ kind }) => kind === 'model') ?? systems[0]!;
  const points: ErrorPoint[] = [...curve].sort((one, other) => one.threshold - other.threshold);
  const end = points.at(-1)?.threshold ?? -Infinity;
  let matedAbove = histogram.mated.reduce((sum, count) => sum + count, 0);
  let nonMatedAbove = histogram.nonMated.reduce((sum, count) => sum + count, 0);
  histogram.edges.forEach((threshold, bin) => {
    if (threshold > end && nonMatedAbove === 0) {
      points.push({ threshold, fmr: 0, fnmr: 1 - matedAbove / counts.mated, low: null, high: null });
    }
    matedAbove -= histogram.mated[bin] ?? 0;
    nonMatedAbove -= histogram.nonMated[bin] ?? 0;
  });
  return points;
}

/** The place of the point whose threshold is nearest; -1 where there are no points. */
export function nearestPoint(points: readonly ErrorPoint[], threshold: number): number {
  let best = -1;
  let bestDistance = Infinity;
  points.forEach((point, index) => {
    const distance = Math.abs(point.threshold - threshold);
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  });
  return best;
}

/** The place of the point whose two error rates are closest, the higher threshold of two alike; -1 where there are no points. */
export function evenPoint(points: readonly ErrorPoint[]): number {
  const gaps = points.map(({ fmr, fnmr }) => Math.abs(fmr - fnmr));
  return gaps.lastIndexOf(Math.min(...gaps));
}
