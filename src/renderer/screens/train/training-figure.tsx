import { useCallback } from 'react';
import type { Frame } from '../../../charts/frame.ts';
import type { TrainingPanel, TrainingRun } from '../../../charts/training-series.ts';
import { keyHeight } from '../../../charts/key-mark.ts';
import { trainingCsv } from '../../../charts/figure-csv.ts';
import { trainingChart } from '../../../charts/training-chart.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import classes from './train.module.css';

interface TrainingFigureProps {
  panel: TrainingPanel;
  runs: readonly TrainingRun[];
  height?: number;
  /** Place of the first run among those that the page compares: it keeps its colour and dash. */
  firstIndex?: number;
}

/** One panel of live curves. */
export function TrainingFigure({ panel, runs, height = 230, firstIndex = 0 }: TrainingFigureProps) {
  const room = keyHeight(runs.length);
  const draw = useCallback((frame: Frame) => trainingChart(panel, { runs, firstIndex }, frame), [panel, runs, firstIndex]);
  return (
    <div className={classes.figure}>
      <div className={classes.save}><ChartExport fileName={`${runs.map(({ name }) => name).join('-')}-${panel}`} label={panel} draw={draw} csv={() => trainingCsv(runs)} height={320 + room} /></div>
      <ChartFigure draw={draw} height={height + room} />
    </div>
  );
}
