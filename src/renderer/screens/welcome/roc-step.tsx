import { IconChartLine } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { Frame } from '../../../charts/frame.ts';
import { rocChart } from '../../../charts/roc-chart.ts';
import { useAsk } from '../../desk/ask.ts';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { intervalWords, percentWords, quantity } from '../../words/numbers.ts';
import { Step } from './step.tsx';

export function RocStep({ isPreparing }: { isPreparing: boolean }) {
  const { data: evaluations, isLoading } = useAsk('evaluations.list', {});
  const newest = [...(evaluations ?? [])].sort((one, other) => other.createdAt - one.createdAt)[0];
  const { data: report } = useAsk('evaluations.get', { evaluationId: newest?.id ?? '' }, { enabled: newest !== undefined });
  const draw = useCallback((frame: Frame) => rocChart({
    curves: report!.systems.filter(({ kind }) => kind === 'model').map(({ name, curve }) => ({ name, points: curve })), mated: report!.counts.mated, nonMated: report!.counts.nonMated,
  }, frame), [report]);
  const interval = newest ? intervalWords(newest.eer, newest.counts.mated) : null;
  const words = newest
    ? `On ${quantity(newest.counts.subjects, 'person', 'people')} it had never seen its equal error rate is ${percentWords(newest.eer.value, newest.counts.mated)}${interval ? ` (95\u00a0%: ${interval})` : ''}.`
    : 'How often does it take a stranger for a friend, and how often does it miss a friend? The curve tells, as far as the data can.';
  return (
    <Step number={4} icon={IconChartLine} title="Read its ROC" href={isLoading ? null : newest ? `/evaluate/${newest.id}` : '/evaluate'} action="Read it" isWaiting={isPreparing && !report} words={words}>
      {report ? <ChartFigure draw={draw} height={180} /> : null}
    </Step>
  );
}
