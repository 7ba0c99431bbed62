import { useCallback } from 'react';
import type { Frame } from '../../charts/frame.ts';
import type { ThresholdInUse } from '../../contract/requests/matching.ts';
import { scoreScale } from '../../charts/score-scale.ts';
import { useAsk } from '../desk/ask.ts';
import { ChartFigure } from './chart-figure.tsx';

/** Where a score lies among the scores of the evaluation that its threshold comes from. */
export function ScoreScaleFigure({ score, threshold }: { score: number; threshold: ThresholdInUse | null }) {
  const evaluationId = threshold?.evaluationId ?? null;
  const { data: report } = useAsk('evaluations.get', { evaluationId: evaluationId ?? '' }, { enabled: evaluationId !== null });
  const counts = report?.systems.find(({ kind }) => kind === 'model')?.histogram ?? null;
  const draw = useCallback((frame: Frame) => scoreScale({ score, threshold: threshold?.threshold ?? null, counts }, frame), [score, threshold, counts]);
  return <ChartFigure draw={draw} height={148} />;
}
