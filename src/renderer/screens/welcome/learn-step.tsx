import { IconSchool } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import type { Frame } from '../../../charts/frame.ts';
import { trainingChart } from '../../../charts/training-chart.ts';
import { useAsk } from '../../desk/ask.ts';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { percentWords, quantity } from '../../words/numbers.ts';
import { Picture } from '../../widgets/picture.tsx';
import { Step } from './step.tsx';
import classes from './welcome.module.css';

export function LearnStep() {
  const { data: runs, isLoading } = useAsk('runs.list', {});
  const newest = [...(runs ?? [])].sort((one, other) => other.createdAt - one.createdAt)[0];
  const { data } = useAsk('runs.get', { runId: newest?.id ?? '' }, { enabled: newest !== undefined });
  const curves = useMemo(() => (data ? [{ name: data.run.name, steps: data.steps, epochs: data.epochs }] : []), [data]);
  const draw = useCallback((frame: Frame) => trainingChart(curves[0]!.epochs.length > 1 ? 'validation-eer' : 'loss', { runs: curves }, frame), [curves]);
  const best = newest?.bestValidationEer;
  const words = newest && best !== null && best !== undefined
    ? `After ${quantity(newest.epoch, 'epoch')} the error on people it was not trained on is ${percentWords(best)}. Train one of your own and watch.`
    : 'Train a network on this machine and watch its error fall, step by step. It can be cancelled and resumed.';
  const batch = useBatch();
  return (
    <Step number={3} icon={IconSchool} title="Watch a model learn" href={isLoading ? null : newest?.state === 'running' ? `/train/run/${newest.id}` : '/train/new'} action={newest?.state === 'running' ? 'Watch it' : 'Train one'} words={words}>
      {curves.length > 0 ? <ChartFigure draw={draw} height={180} /> : batch}
    </Step>
  );
}

const PEOPLE = 4;
const PICTURES = 6;

/** What a network learns from before there is a run to show: rows of one person each, to be drawn together and apart from the others. */
function useBatch() {
  const { data: datasets } = useAsk('datasets.list', {});
  const dataset = datasets?.find(({ isDemo, state }) => isDemo && state === 'ready');
  const { data } = useAsk('datasets.subjects', { datasetId: dataset?.id ?? '', part: 'train', limit: PEOPLE }, { enabled: dataset !== undefined });
  const rows = data?.subjects ?? [];
  if (rows.length === 0) return null;
  return (
    <div className={classes.batch}>
      {rows.map(({ name, images }) => <div key={name} className={classes.batchRow}>{images.slice(0, PICTURES).map(({ imageId }) => <span key={imageId} className={classes.batchTile}><Picture imageId={imageId} alt="" size={40} /></span>)}</div>)}
    </div>
  );
}
