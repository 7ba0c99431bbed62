import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { DetScale } from '../../../charts/det-chart.ts';
import { detChart } from '../../../charts/det-chart.ts';
import type { ErrorCurves } from '../../../charts/error-curves.ts';
import { errorCurvesCsv } from '../../../charts/figure-csv.ts';
import type { Chart, Frame } from '../../../charts/frame.ts';
import { rocChart } from '../../../charts/roc-chart.ts';
import { scoreHistogram } from '../../../charts/score-histogram.ts';
import type { OverlaidSystem, Overlay } from '../../../contract/requests/comparisons.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { CurveProbe } from '../evaluate/curve-probe.tsx';
import classes from './compare.module.css';
import { referenceText } from './compared-systems.ts';
import { distinctSystemNames } from './distinct-system-names.ts';
import { SystemMark } from './system-mark.tsx';

const HEIGHT = 440;
const SMALL = 146;

type Form = 'roc' | DetScale;
const forms = [{ value: 'roc', label: 'ROC' }, { value: 'log', label: 'DET' }, { value: 'probit', label: 'DET, probit' }];

/** The error curves over each other, each with its colour and dash; the scores beside them, each system on its own scale. */
export function ComparedCurves({ overlay: { systems } }: { overlay: Overlay }) {
  const [form, setForm] = useState<Form>('roc');
  const names = useMemo(() => distinctSystemNames(systems), [systems]);
  const curves = useMemo<ErrorCurves>(() => ({
    curves: systems.map(({ curve }, at) => ({ name: names[at]!, points: curve })),
    mated: Math.max(1, ...systems.map(({ mated }) => mated)),
    nonMated: Math.max(1, ...systems.map(({ nonMated }) => nonMated)),
  }), [systems, names]);
  const draw = useCallback((frame: Frame): Chart => (form === 'roc' ? rocChart(curves, frame) : detChart(curves, { ...frame, scale: form })), [form, curves]);
  const isMixed = new Set(systems.map(({ mated, nonMated }) => `${mated} ${nonMated}`)).size > 1;
  const title = form === 'roc' ? 'ROC' : 'DET';
  return (
    <div className={classes.pair}>
      <Panel
        title={title} aside={isMixed ? 'numbers of comparisons differ: each curve ends where its own data end' : 'band: 95 %, of the first'}
        actions={
          <>
            <SegmentedControl size="xs" value={form} onChange={(value) => setForm(value as Form)} data={forms} aria-label="Kind of curve" />
            <ChartExport fileName={`comparison-${form === 'roc' ? 'roc' : 'det'}`} label={title} draw={draw} csv={() => errorCurvesCsv(curves)} />
          </>
        }
      >
        <CurveProbe curves={curves} rateOf={form === 'roc' ? (fnmr) => 1 - fnmr : (fnmr) => fnmr}>
          {(above) => <ChartFigure draw={draw} height={HEIGHT} above={above} />}
        </CurveProbe>
      </Panel>
      <Panel title="Scores" aside="each on its own scale" className={classes.scores ?? ''}>
        {systems.map((system, at) => <SystemScores key={referenceText(system.reference)} system={system} name={names[at]!} index={at} />)}
      </Panel>
    </div>
  );
}

function SystemScores({ system: { reference, histogram }, name, index }: { system: OverlaidSystem; name: string; index: number }) {
  const measure = reference.kind === 'scores' ? null : 'cosine';
  const draw = useCallback((frame: Frame) => scoreHistogram(histogram!, { ...frame, heights: 'share', measure }), [histogram, measure]);
  return (
    <figure className={classes.one}>
      <figcaption><SystemMark index={index} />{name}</figcaption>
      {histogram === null ? <p className={classes.soft}>Its scores are of one kind: there is nothing to draw.</p> : <ChartFigure draw={draw} height={SMALL} />}
    </figure>
  );
}
