import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { DetScale } from '../../../charts/det-chart.ts';
import type { ErrorCurves } from '../../../charts/error-curves.ts';
import type { Chart, Frame } from '../../../charts/frame.ts';
import { detChart } from '../../../charts/det-chart.ts';
import { errorCurvesCsv } from '../../../charts/figure-csv.ts';
import { rocChart } from '../../../charts/roc-chart.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { CHART_HEIGHT } from './chart-height.ts';
import { CurveProbe } from './curve-probe.tsx';
import type { Measured } from './measured.ts';
import type { Trial } from './use-trial.ts';

type Form = 'roc' | DetScale;

const forms = [{ value: 'roc', label: 'ROC' }, { value: 'log', label: 'DET' }, { value: 'probit', label: 'DET, probit' }];

/** ROC or DET of the model and its baselines, with the trial threshold on the curve and figures under the pointer. */
export function CurvesPanel({ report, trial, onPick }: { report: Measured; trial: Trial; onPick: () => void }) {
  const [form, setForm] = useState<Form>('roc');
  const curves = useMemo<ErrorCurves>(() => ({
    curves: report.systems.map((system) => ({ name: system.name, points: system.curve })),
    mated: report.counts.mated,
    nonMated: report.counts.nonMated,
  }), [report]);
  const hasBand = report.systems.some(({ curve }) => curve.some(({ low }) => low !== null));
  const draw = useCallback((frame: Frame) => drawn(form, curves, frame), [form, curves]);
  const figure = (frame: Frame): Chart => drawn(form, { ...curves, threshold: trial.point.threshold }, frame);
  return (
    <Panel
      title={form === 'roc' ? 'ROC' : 'DET'}
      aside={hasBand ? '95 % band by bootstrap over people' : 'without a band: no intervals'}
      actions={
        <>
          <SegmentedControl size="xs" value={form} onChange={(value) => setForm(value as Form)} data={forms} aria-label="Kind of curve" />
          <ChartExport fileName={`${report.modelName}-${form === 'roc' ? 'roc' : 'det'}`} label={form === 'roc' ? 'ROC' : 'DET'} draw={figure} csv={() => errorCurvesCsv(curves)} />
        </>
      }
    >
      <CurveProbe curves={curves} rateOf={form === 'roc' ? (fnmr) => 1 - fnmr : (fnmr) => fnmr} trial={trial} onPick={onPick}>
        {(above) => <ChartFigure draw={draw} height={CHART_HEIGHT} above={above} />}
      </CurveProbe>
    </Panel>
  );
}

function drawn(form: Form, curves: ErrorCurves, frame: Frame): Chart {
  return form === 'roc' ? rocChart(curves, frame) : detChart(curves, { ...frame, scale: form });
}
