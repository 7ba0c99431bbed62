import { Button, Tabs } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { DatasetCard } from '../../../contract/requests/datasets.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { useJobOf } from '../../desk/use-jobs.ts';
import { ConfirmModal } from '../../widgets/confirm-modal.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Page } from '../../widgets/page.tsx';
import { countWords, quantity } from '../../words/numbers.ts';
import classes from './datasets.module.css';
import { DatasetSubjects } from './dataset-subjects.tsx';
import { countFindings } from './findings.ts';
import { FindingsReport } from './findings-report.tsx';
import { SplitPanel } from './split-panel.tsx';

export function DatasetScreen({ datasetId }: { datasetId: string }) {
  const { data: dataset, error } = useAsk('datasets.get', { datasetId });
  const job = useJobOf('dataset', datasetId);
  if (error) return <Page><ErrorNote error={error}><Button component={Link} href="/datasets" size="compact-xs" variant="default">To the datasets</Button></ErrorNote></Page>;
  if (!dataset) return <Page title="…"><span /></Page>;
  return (
    <Page isFilled title={dataset.name} purpose={purposeWords(dataset)} actions={<DatasetActions dataset={dataset} />}>
      {job && <JobProgress job={job} />}
      <Tabs defaultValue="people" className={classes.tabs ?? ''} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="findings">Findings ({countWords(countFindings(dataset.findings))})</Tabs.Tab>
          <Tabs.Tab value="split">Split and files</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people" className={classes.tab ?? ''}><DatasetSubjects dataset={dataset} /></Tabs.Panel>
        <Tabs.Panel value="findings" className={classes.tab ?? ''}><FindingsReport findings={dataset.findings} /></Tabs.Panel>
        <Tabs.Panel value="split" className={classes.tab ?? ''}><SplitPanel dataset={dataset} /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function purposeWords({ subjects, images, credit }: DatasetCard): string {
  return `${quantity(subjects, 'person', 'people')}, ${quantity(images, 'picture')}.${credit ? ` ${credit}` : ''}`;
}

function DatasetActions({ dataset }: { dataset: DatasetCard }) {
  const [, navigate] = useLocation();
  const remove = useTell('datasets.remove');
  const [isRemoving, setRemoving] = useState(false);
  const forget = (): void => {
    remove.mutate({ datasetId: dataset.id }, {
      onSuccess: () => {
        askAgain('datasets');
        navigate('/datasets');
      },
    });
  };
  return (
    <>
      <Button component={Link} href={`/train/new/${dataset.id}`} leftSection={<IconSchool size={16} />} disabled={dataset.state !== 'ready'}>Train on it</Button>
      <Button variant="default" onClick={() => setRemoving(true)} loading={remove.isPending}>Forget…</Button>
      <ErrorNote error={remove.error} />
      <ConfirmModal isOpen={isRemoving} onClose={() => setRemoving(false)} onConfirm={forget} title={`Forget the dataset ${dataset.name}?`} action="Forget it">
        Likeness forgets what it knows of these files. The files themselves stay untouched in {dataset.path}.
      </ConfirmModal>
    </>
  );
}
