import { Button } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { Link } from 'wouter';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { MeasurementTable } from '../evaluate/measurement-table.tsx';
import { useMeasurements } from '../evaluate/measurements.ts';
import { ExportReport } from './export-report.tsx';

/** Everything that was measured, to be read, printed and pasted. */
export function ReportsScreen() {
  const { measurements, error } = useMeasurements();
  return (
    <Page>
      <ErrorNote error={error} />
      {measurements?.length === 0 && (
        <EmptyState icon={IconFileText} title="No report yet" words="Every evaluation becomes a report in the order of ISO/IEC 19795-1, with its figures, its scores and a manifest from which it can be repeated.">
          <Button component={Link} href="/evaluate">Evaluate a model</Button>
        </EmptyState>
      )}
      {measurements && measurements.length > 0 && (
        <Panel title="Reports" aside="A row leads to its figures on the screen." isFlush>
          <MeasurementTable measurements={measurements} actions={({ source }) => <ExportReport source={source} isQuiet />} />
        </Panel>
      )}
    </Page>
  );
}
