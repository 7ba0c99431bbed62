import { Button } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useAsk } from '../../desk/ask.ts';
import { useRunningJobs } from '../../desk/use-jobs.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { MeasurementTable } from './measurement-table.tsx';
import { useMeasurements } from './measurements.ts';
import { StartEvaluation } from './start-evaluation.tsx';

export function EvaluateScreen() {
  const { measurements, error } = useMeasurements();
  const { data: models } = useAsk('models.list', {});
  const running = useRunningJobs().filter(({ kind }) => kind === 'evaluate');
  if (models?.length === 0) {
    return (
      <Page>
        <EmptyState icon={IconChartLine} title="There is nothing to measure yet" words="An evaluation compares pictures of people whom a model has never seen.">
          <Button component={Link} href="/train/new">Train the first model</Button>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page>
      <StartEvaluation />
      {running.map((job) => <JobProgress key={job.id} job={job} />)}
      <ErrorNote error={error} />
      {measurements?.length === 0 && running.length === 0 && <EmptyState icon={IconChartLine} title="No evaluation yet" words="Choose a model and what it is measured on above. The figures come with intervals, a ROC curve, a score histogram and the thresholds that the data can support." />}
      {measurements && measurements.length > 0 && <Panel title="Evaluations" isFlush><MeasurementTable measurements={measurements} /></Panel>}
    </Page>
  );
}
