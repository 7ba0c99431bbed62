import { IconSchool } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import type { Frame } from '../../../charts/frame.ts';
import { trainingChart } from '../../../charts/training-chart.ts';
import { useAsk } from '../../desk/ask.ts';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { percentWords, quantity } from '../../words/numbers.ts';
import { Step } from './step.tsx';

export function LearnStep() {
  const { data: runs } = useAsk('runs.list', {});
  const newest = [...(runs ?? [])].sort((one, other) => other.createdAt - one.createdAt)[0];
  const { data } = useAsk('runs.get', { runId: newest?.id ?? '' }, { enabled: newest !== undefined });
  const curves = useMemo(() => (data ? [{ name: data.run.name, steps: data.steps, epochs: data.epochs }] : []), [data]);
  const draw = useCallback((frame: Frame) => trainingChart(curves[0]!.epochs.length > 1 ? 'validation-eer' : 'loss', curves, frame), [curves]);
  const best = newest?.bestValidationEer;
  const words = newest && best !== null && best !== undefined
    ? `In ${quantity(newest.epoch, 'epoch')} the error on people it was not trained on fell to ${percentWords(best)}. Train one of your own and watch.`
    : 'Train a network on this machine and watch its error fall, step by step. It can be cancelled and resumed.';
  return (
    <Step number={3} icon={IconSchool} title="Watch a model learn" href={newest?.state === 'running' ? `/train/run/${newest.id}` : '/train/new'} action={newest?.state === 'running' ? 'Watch it' : 'Train one'} words={words}>
      {curves.length > 0 ? <ChartFigure draw={draw} height={180} /> : null}
    </Step>
  );
}
