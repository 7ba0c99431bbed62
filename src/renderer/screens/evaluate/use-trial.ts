import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ErrorPoint } from '../../../charts/error-curves.ts';
import type { EvaluationReport } from '../../../contract/requests/evaluations.ts';
import { pointAtThreshold } from '../../../charts/error-curves.ts';
import { useAsk } from '../../desk/ask.ts';
import { setTrialThreshold } from '../../desk/trial-threshold.ts';

/** A threshold that is being tried on an evaluation: every chart, count and the header follow it. */
export interface Trial {
  readonly threshold: number;
  /** Where it lies on the model's curve; null above the last point of the curve, where nothing is matched falsely. */
  readonly point: ErrorPoint | null;
  readonly isMoved: boolean;
  move(threshold: number): void;
  reset(): void;
}

export function useTrial(report: EvaluationReport): Trial {
  const { data: desk } = useAsk('desk.state', {});
  const [moved, setMoved] = useState<number | null>(null);
  const model = report.systems.find(({ kind }) => kind === 'model') ?? report.systems[0]!;
  const inUse = desk?.threshold?.modelId === report.modelId ? desk.threshold.threshold : null;
  const first = useMemo(() => inUse ?? firstThreshold(report), [inUse, report]);
  const threshold = moved ?? first;
  const edges = model.histogram.edges;
  const move = useCallback((next: number) => {
    const inside = Math.min(edges.at(-1)!, Math.max(edges[0]!, next));
    const point = pointAtThreshold({ name: '', points: model.curve }, inside);
    setMoved(inside);
    setTrialThreshold({ threshold: inside, fmr: point?.fmr ?? 0, fnmr: point?.fnmr ?? 1 });
  }, [edges, model.curve]);
  const reset = useCallback(() => {
    setMoved(null);
    setTrialThreshold(null);
  }, []);
  useEffect(() => () => setTrialThreshold(null), []);
  return { threshold, point: pointAtThreshold({ name: model.name, points: model.curve }, threshold), isMoved: moved !== null, move, reset };
}

/** The lowest target FMR that the data support, else the middle of the scores. */
function firstThreshold(report: EvaluationReport): number {
  const offered = [...report.thresholds].filter(({ threshold }) => threshold !== null).sort((one, other) => one.target - other.target)[0];
  const edges = report.systems[0]!.histogram.edges;
  return offered?.threshold ?? (edges[0]! + edges.at(-1)!) / 2;
}
