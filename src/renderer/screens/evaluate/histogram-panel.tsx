import { SegmentedControl } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { Frame } from '../../../charts/frame.ts';
import type { HistogramHeight } from '../../../charts/score-histogram.ts';
import { scoreCountsCsv } from '../../../charts/figure-csv.ts';
import { scoreHistogram } from '../../../charts/score-histogram.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { CHART_HEIGHT } from './chart-height.ts';
import type { Measured } from './measured.ts';
import { ThresholdLine } from './threshold-line.tsx';
import type { Trial } from './use-trial.ts';

interface HistogramPanelProps { report: Measured; trial: Trial; height?: number }

/** The scores of both kinds of comparison, under the threshold that can be dragged. */
export function HistogramPanel({ report, trial, height = CHART_HEIGHT }: HistogramPanelProps) {
  const [heights, setHeights] = useState<HistogramHeight>('share');
  const system = report.systems.find(({ kind }) => kind === 'model') ?? report.systems[0]!;
  const draw = useCallback((frame: Frame) => scoreHistogram(system.histogram, { ...frame, heights }), [system, heights]);
  const figure = (frame: Frame) => scoreHistogram(system.histogram, { ...frame, heights, threshold: trial.point.threshold });
  return (
    <Panel
      title="Scores"
      aside={system.dPrime === null ? undefined : <span title="Distance of the two means in units of their spread">d′ = {system.dPrime.toFixed(2)}</span>}
      actions={
        <>
          <SegmentedControl size="xs" value={heights} onChange={(value) => setHeights(value as HistogramHeight)} data={[{ value: 'share', label: 'Share' }, { value: 'log-count', label: 'Log count' }]} aria-label="Height of the bars" />
          <ChartExport fileName={`${report.modelName}-scores`} label="scores" draw={figure} csv={() => scoreCountsCsv(system.histogram)} />
        </>
      }
    >
      <ChartFigure draw={draw} height={height} above={(chart) => <ThresholdLine chart={chart} trial={trial} />} />
    </Panel>
  );
}
