import { Button } from '@mantine/core';
import { IconZoomScan } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
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
import classes from './evaluate.module.css';
import { ExportReport } from '../reports/export-report.tsx';
import { FiguresPanel } from './figures-panel.tsx';
import { HistogramPanel } from './histogram-panel.tsx';
import { RemoveButton } from './remove-button.tsx';
import { RetrievalPanel } from './retrieval-panel.tsx';
import { ThresholdsPanel } from './thresholds-panel.tsx';
import { Explorer } from '../explore/explorer.tsx';
import { MarksPanel } from '../explore/marks-panel.tsx';
import type { PairOrder } from '../explore/pairs-panel.tsx';
import { PairsPanel } from '../explore/pairs-panel.tsx';
import { TrialReadout } from './trial-readout.tsx';
import type { Trial } from './use-trial.ts';
import { useTrial } from './use-trial.ts';

/** The figures and curves of an evaluation, with a threshold that can be tried on all of them at once. */
export function ReportScreen({ evaluationId }: { evaluationId: string }) {
  const { data: report, error } = useAsk('evaluations.get', { evaluationId });
  const job = useJobOf('evaluate', evaluationId);
  if (report) return <Report report={report} />;
  return (
    <Page title="Evaluation">
      {job && <JobProgress job={job} />}
      {!job && <ErrorNote error={error}><Button component={Link} href="/evaluate" size="compact-xs" variant="default">To the evaluations</Button></ErrorNote>}
    </Page>
  );
}

function Report({ report }: { report: EvaluationReport }) {
  const trial = useTrial(report);
  const { counts } = report;
  const failures = counts.failedToAcquire > 0 ? ` ${quantity(counts.failedToAcquire, 'sample')} could not be acquired and count as the worst score.` : '';
  return (
    <Page
      title={<>{report.modelName} <span className={classes.on}>on {report.datasetName}, {report.part}</span></>}
      purpose={<>{report.protocol} {quantity(counts.subjects, 'person', 'people')}, {quantity(counts.samples, 'sample')}: {quantity(counts.mated, 'mated comparison')}, {quantity(counts.nonMated, 'non-mated comparison')}.{failures} {instantWords(report.createdAt)}, {report.device}.</>}
      actions={
        <>
          <Button component={Link} href={`/explore/${report.id}`} variant="default" leftSection={<IconZoomScan size={16} />}>Explore</Button>
          <ExportReport source={{ kind: 'evaluation', id: report.id }} />
          <RemoveButton source={{ kind: 'evaluation', id: report.id }} />
        </>
      }
    >
      <Overview report={report} trial={trial} />
    </Page>
  );
}

function Overview({ report, trial }: { report: EvaluationReport; trial: Trial }) {
  const [order, setOrder] = useState<PairOrder>('worst');
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
      <MarksPanel report={report} />
      <FiguresPanel report={report} />
      <div className={classes.charts}>
        <CurvesPanel report={report} trial={trial} onPick={showPairs} />
        <HistogramPanel report={report} trial={trial} />
        <TrialReadout report={report} trial={trial} hint="Drag the line in the histogram, or click a point of the curve to see its pairs. The threshold in use changes only by the table below." />
      </div>
      <Explorer report={report} threshold={trial.point.threshold}><PairsPanel order={order} onOrder={setOrder} /></Explorer>
      <RetrievalPanel report={report} />
      <ThresholdsPanel report={report} onTry={trial.move} />
    </>
  );
}
