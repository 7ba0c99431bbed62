import { Button, Table } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { EvaluationCard } from '../../../contract/requests/evaluations.ts';
import { useAsk } from '../../desk/ask.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { countWords, intervalWords, percentWords } from '../../words/numbers.ts';
import { shortInstantWords } from '../../words/time.ts';
import { ExportButton } from '../evaluate/export-button.tsx';
import classes from './reports.module.css';

/** Everything that was measured, to be read, printed and pasted. */
export function ReportsScreen() {
  const { data: evaluations, error } = useAsk('evaluations.list', {});
  return (
    <Page>
      <ErrorNote error={error} />
      {evaluations?.length === 0 && (
        <EmptyState icon={IconFileText} title="No report yet" words="Every evaluation becomes a report in the order of ISO/IEC 19795-1, with its figures, its scores and a manifest from which it can be repeated.">
          <Button component={Link} href="/evaluate">Evaluate a model</Button>
        </EmptyState>
      )}
      {evaluations && evaluations.length > 0 && (
        <Panel title="Reports" isFlush>
          <Table.ScrollContainer minWidth={760}>
            <Table highlightOnHover>
              <Table.Thead><Table.Tr><Table.Th pl={18}>Model</Table.Th><Table.Th>On</Table.Th><Table.Th ta="right">Comparisons</Table.Th><Table.Th ta="right">EER (95 %)</Table.Th><Table.Th ta="right">Made</Table.Th><Table.Td pr={18} /></Table.Tr></Table.Thead>
              <Table.Tbody>{evaluations.map((evaluation) => <EvaluationRow key={evaluation.id} evaluation={evaluation} />)}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Panel>
      )}
    </Page>
  );
}

function EvaluationRow({ evaluation: { id, modelName, datasetName, part, counts, eer, createdAt } }: { evaluation: EvaluationCard }) {
  return (
    <Table.Tr>
      <Table.Td pl={18}><Link href={`/evaluate/${id}`} className={classes.name ?? ''}>{modelName}</Link></Table.Td>
      <Table.Td>{datasetName}, {part}, all pairs</Table.Td>
      <Table.Td ta="right">{countWords(counts.mated + counts.nonMated)}</Table.Td>
      <Table.Td ta="right"><b>{percentWords(eer.value, counts.mated)}</b> <span className={classes.soft}>{intervalWords(eer, counts.mated)}</span></Table.Td>
      <Table.Td ta="right" className={classes.soft ?? ''}>{shortInstantWords(createdAt, Date.now())}</Table.Td>
      <Table.Td pr={18} ta="right"><ExportButton evaluationId={id} /></Table.Td>
    </Table.Tr>
  );
}
