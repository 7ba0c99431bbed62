import { Button, Table } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { EvaluationCard } from '../../../contract/requests/evaluations.ts';
import { useAsk } from '../../desk/ask.ts';
import { useRunningJobs } from '../../desk/use-jobs.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { countWords, intervalWords, percentWords } from '../../words/numbers.ts';
import { shortInstantWords } from '../../words/time.ts';
import classes from './evaluate.module.css';
import { StartEvaluation } from './start-evaluation.tsx';

export function EvaluateScreen() {
  const { data: evaluations, error } = useAsk('evaluations.list', {});
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
      {evaluations?.length === 0 && running.length === 0 && <EmptyState icon={IconChartLine} title="No evaluation yet" words="Choose a model and a dataset above. The figures come with intervals, a ROC curve, a score histogram and the thresholds that the data can support." />}
      {evaluations && evaluations.length > 0 && (
        <Panel title="Evaluations" isFlush>
          <Table.ScrollContainer minWidth={720}>
            <Table highlightOnHover>
              <Table.Thead><Table.Tr><Table.Th pl={18}>Model</Table.Th><Table.Th>Dataset, part</Table.Th><Table.Th ta="right">People</Table.Th><Table.Th ta="right">Mated</Table.Th><Table.Th ta="right">Non-mated</Table.Th><Table.Th ta="right">EER (95 %)</Table.Th><Table.Th pr={18} ta="right">Made</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{evaluations.map((evaluation) => <EvaluationRow key={evaluation.id} evaluation={evaluation} />)}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Panel>
      )}
    </Page>
  );
}

function EvaluationRow({ evaluation }: { evaluation: EvaluationCard }) {
  const [, navigate] = useLocation();
  const address = `/evaluate/${evaluation.id}`;
  const { counts, eer } = evaluation;
  return (
    <Table.Tr className={classes.clickable ?? ''} onClick={() => navigate(address)}>
      <Table.Td pl={18}><Link href={address} className={classes.name ?? ''} onClick={(event) => event.stopPropagation()}>{evaluation.modelName}</Link></Table.Td>
      <Table.Td>{evaluation.datasetName}, {evaluation.part}</Table.Td>
      <Table.Td ta="right">{countWords(counts.subjects)}</Table.Td>
      <Table.Td ta="right">{countWords(counts.mated)}</Table.Td>
      <Table.Td ta="right">{countWords(counts.nonMated)}</Table.Td>
      <Table.Td ta="right"><b>{percentWords(eer.value, counts.mated)}</b> <span className={classes.soft}>{intervalWords(eer, counts.mated)}</span></Table.Td>
      <Table.Td pr={18} ta="right" className={classes.soft ?? ''}>{shortInstantWords(evaluation.createdAt, Date.now())}</Table.Td>
    </Table.Tr>
  );
}
