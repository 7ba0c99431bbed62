import { Button, Tabs } from '@mantine/core';
import { IconZoomScan } from '@tabler/icons-react';
import { memo, useDeferredValue, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { qualitySentence } from '../../../contract/quality-words.ts';
import type { EvaluationReport } from '../../../contract/requests/evaluations.ts';
import { useAsk } from '../../desk/ask.ts';
import { useJobOf } from '../../desk/use-jobs.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Note } from '../../widgets/note.tsx';
import { Page } from '../../widgets/page.tsx';
import { quantity } from '../../words/numbers.ts';
import { instantWords } from '../../words/time.ts';
import { CurvesPanel } from './curves-panel.tsx';
import { CalibrationView } from './detail/calibration-view.tsx';
import { FailuresView } from './detail/failures-view.tsx';
import { IdentificationView } from './detail/identification-view.tsx';
import classes from './evaluate.module.css';
import { evaluatedWords } from './evaluated-words.ts';
import { ExportReport } from '../reports/export-report.tsx';
import { FiguresPanel } from './figures-panel.tsx';
import { HistogramPanel } from './histogram-panel.tsx';
import { RemoveButton } from './remove-button.tsx';
import { ThresholdsPanel } from './thresholds-panel.tsx';
import { Explorer } from '../explore/explorer.tsx';
import { MarksPanel } from '../explore/marks-panel.tsx';
import type { PairOrder } from '../explore/pairs-panel.tsx';
import { PairsPanel } from '../explore/pairs-panel.tsx';
import { TrialReadout } from './trial-readout.tsx';
import type { Trial } from './use-trial.ts';
import { useTrial } from './use-trial.ts';

/** Parts of the report, each under an address of its own. */
const views = { verification: 'Verification', identification: 'Identification', calibration: 'Calibration', failures: 'Failures and costs' } as const;
export type ReportView = keyof typeof views;

export const isReportView = (text: string): text is ReportView => text in views;

/** The figures and curves of an evaluation, with a threshold that can be tried on all of them at once. */
export function ReportScreen({ evaluationId, view }: { evaluationId: string; view: ReportView }) {
  const { data: report, error } = useAsk('evaluations.get', { evaluationId });
  const job = useJobOf('evaluate', evaluationId);
  if (report) return <Report report={report} view={view} />;
  return (
    <Page title="Evaluation">
      {job && <JobProgress job={job} />}
      {!job && <ErrorNote error={error}><Button component={Link} href="/evaluate" size="compact-xs" variant="default">To the evaluations</Button></ErrorNote>}
    </Page>
  );
}

function Report({ report, view }: { report: EvaluationReport; view: ReportView }) {
  const [, navigate] = useLocation();
  const trial = useTrial(report);
  const { counts } = report;
  const failures = counts.failedToAcquire > 0 ? ` ${quantity(counts.failedToAcquire, 'sample')} could not be acquired and count as the worst score.` : '';
  return (
    <Page
      title={<>{report.modelName} <span className={classes.on}>on {evaluatedWords({ ...report, corrections: report.corrections.length })}</span></>}
      purpose={<>{report.protocol} {quantity(counts.subjects, 'person', 'people')}, {quantity(counts.samples, 'sample')}: {quantity(counts.mated, 'mated comparison')}, {quantity(counts.nonMated, 'non-mated comparison')}.{failures} {qualitySentence(report)} {instantWords(report.createdAt)}, {report.device}.</>}
      actions={
        <>
          <Button component={Link} href={`/explore/${report.id}`} variant="default" leftSection={<IconZoomScan size={16} />}>Explore</Button>
          <ExportReport source={{ kind: 'evaluation', id: report.id }} />
          <RemoveButton source={{ kind: 'evaluation', id: report.id }} />
        </>
      }
    >
      <Tabs value={view} onChange={(next) => navigate(`/evaluate/${report.id}${next === 'verification' ? '' : `/${next}`}`)} keepMounted={false}>
        <Tabs.List aria-label="Parts of the report">{Object.entries(views).map(([name, words]) => <Tabs.Tab key={name} value={name}>{words}</Tabs.Tab>)}</Tabs.List>
        <Tabs.Panel value={view} className={classes.view}>
          {view === 'verification' && <Verification report={report} trial={trial} />}
          {view === 'identification' && <IdentificationView report={report} />}
          {view === 'calibration' && <CalibrationView report={report} />}
          {view === 'failures' && <FailuresView report={report} />}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Verification({ report, trial }: { report: EvaluationReport; trial: Trial }) {
  const [order, setOrder] = useState<PairOrder>('worst');
  // Curve, histogram, counts and header follow a dragged threshold at once; the pairs as soon as there is time.
  const settled = useDeferredValue(trial.point.threshold);
  // A point of the curve was clicked: its pairs come into view.
  const showPairs = (): void => {
    setOrder('nearest');
    document.getElementById('pairs')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  };
  return (
    <>
      {report.warnings.length > 0 && (
        <Note kind="caution" title="Read this first">
          <ul className={classes.warnings}>{report.warnings.map((warning) => <li key={warning}>{warning}</li>)}</ul>
        </Note>
      )}
      <Marks report={report} />
      <Figures report={report} />
      <div className={classes.charts}>
        <CurvesPanel report={report} trial={trial} onPick={showPairs} />
        <HistogramPanel report={report} trial={trial} />
        <TrialReadout report={report} trial={trial} hint="Drag the line in the histogram, or click a point of the curve to see its pairs. The threshold in use changes only by the table below." />
      </div>
      <Pairs report={report} threshold={settled} order={order} onOrder={setOrder} />
      <Thresholds report={report} onTry={trial.move} />
    </>
  );
}

// What a threshold on trial does not change is not drawn again while it is dragged.
const Figures = memo(FiguresPanel);
const Thresholds = memo(ThresholdsPanel);
const Marks = memo(MarksPanel);

interface PairsProps { report: EvaluationReport; threshold: number; order: PairOrder; onOrder: (order: PairOrder) => void }

const Pairs = memo(function Pairs({ report, threshold, order, onOrder }: PairsProps) {
  return <Explorer report={report} threshold={threshold}><PairsPanel order={order} onOrder={onOrder} /></Explorer>;
});
