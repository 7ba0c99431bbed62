import { useCallback, useEffect, useMemo } from 'react';
import type { ErrorPoint } from '../../../charts/error-curves.ts';
import { useAsk } from '../../desk/ask.ts';
import { setTrialThreshold } from '../../desk/trial-threshold.ts';
import { useDraft } from '../../desk/use-draft.ts';
import type { Measured } from './measured.ts';
import { evenPoint, nearestPoint, trialPoints } from './trial-points.ts';

/** A threshold that is being tried on an evaluation: every chart, count and the header follow it. */
export interface Trial {
  /** Its threshold and the errors it makes, exactly. */
  readonly point: ErrorPoint;
  readonly isMoved: boolean;
  /** To the nearest threshold whose errors are known. */
  move(threshold: number): void;
  /** By so many known thresholds, up or down. */
  step(count: number): void;
  reset(): void;
}

/** It is the same one in every screen of the evaluation, and still there when one comes back. */
export function useTrial(report: Measured): Trial {
  const { data: desk } = useAsk('desk.state', {});
  const [moved, setMoved] = useDraft<number | null>(`evaluate.trial.${report.id}`, null);
  const points = useMemo(() => trialPoints(report), [report]);
  const inUse = desk?.threshold?.modelId === report.modelId ? desk.threshold.threshold : null;
  const first = useMemo(() => firstPoint(report, points, inUse), [report, points, inUse]);
  const point = (moved === null ? null : points[moved]) ?? first;

  const take = useCallback((index: number) => {
    const inside = Math.min(points.length - 1, Math.max(0, index));
    const next = points[inside];
    if (next === undefined) return;
    setMoved(inside);
    setTrialThreshold(next);
  }, [points, setMoved]);
  const move = useCallback((threshold: number) => take(nearestPoint(points, threshold)), [points, take]);
  const step = useCallback((count: number) => take((moved ?? nearestPoint(points, first.threshold)) + count), [take, moved, points, first]);
  const reset = useCallback(() => {
    setMoved(null);
    setTrialThreshold(null);
  }, [setMoved]);
  // Where the screen comes and goes; in between, whatever moves the threshold tells the header itself, in the same frame.
  useEffect(() => setTrialThreshold(moved === null ? null : points[moved] ?? null), [moved, points]);
  useEffect(() => () => setTrialThreshold(null), []);
  return { point, isMoved: moved !== null, move, step, reset };
}

/** The threshold in use where it was offered here, else the lowest target FMR that the data support, else where both errors are as frequent. */
function firstPoint({ thresholds }: Measured, points: readonly ErrorPoint[], inUse: number | null): ErrorPoint {
  const offered = thresholds.flatMap(({ target, threshold, fmr, fnmr }) =>
    threshold === null || fmr === null || fnmr === null ? [] : [{ target, threshold, fmr: fmr.value, fnmr: fnmr.value, low: null, high: null }]);
  const best = [...offered].sort((one, other) => one.target - other.target)[0];
  const chosen = offered.find(({ threshold }) => threshold === inUse) ?? (inUse === null ? best : undefined);
  return chosen ?? points[inUse === null ? evenPoint(points) : nearestPoint(points, inUse)] ?? { threshold: 0, fmr: 1, fnmr: 0, low: null, high: null };
}
