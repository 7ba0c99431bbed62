import { useCallback } from 'react';
import type { Frame } from '../../../charts/frame.ts';
import type { TrainingPanel, TrainingRun } from '../../../charts/training-series.ts';
import { trainingCsv } from '../../../charts/figure-csv.ts';
import { trainingChart } from '../../../charts/training-chart.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import classes from './train.module.css';

interface TrainingFigureProps {
  panel: TrainingPanel;
  runs: readonly TrainingRun[];
  height?: number;
}

/** One panel of live curves. */
export function TrainingFigure({ panel, runs, height = 230 }: TrainingFigureProps) {
  const draw = useCallback((frame: Frame) => trainingChart(panel, runs, frame), [panel, runs]);
  return (
    <div className={classes.figure}>
      <div className={classes.save}><ChartExport fileName={`${runs.map(({ name }) => name).join('-')}-${panel}`} label={panel} draw={draw} csv={() => trainingCsv(runs)} height={320} /></div>
      <ChartFigure draw={draw} height={height} />
    </div>
  );
}
