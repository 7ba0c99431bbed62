import { Button, Table } from '@mantine/core';
import { IconZoomScan } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { EvaluationCard } from '../../../contract/requests/evaluations.ts';
import { useAsk } from '../../desk/ask.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { LinkedRow, RowLink } from '../../widgets/linked-row.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { countWords } from '../../words/numbers.ts';
import { shortInstantWords } from '../../words/time.ts';
import type { ViewName } from './explored-screen.tsx';
import { viewNames, views } from './explored-screen.tsx';
import { evaluatedWords } from '../evaluate/evaluated-words.ts';
import classes from './explore.module.css';

/** Which evaluation is looked into, and how. */
export function ExploreScreen() {
  const { data: evaluations, error } = useAsk('evaluations.list', {});
  return (
    <Page>
      <ErrorNote error={error} />
      {evaluations?.length === 0 && (
        <EmptyState icon={IconZoomScan} title="There is nothing to look into yet" words="An evaluation keeps every comparison with its two samples: the pairs that err, the people they belong to, and where the model puts them.">
          <Button component={Link} href="/evaluate">Evaluate a model</Button>
        </EmptyState>
      )}
      {evaluations && evaluations.length > 0 && (
        <Panel title="Evaluations" aside="Choose what to look into." isFlush>
          <Table.ScrollContainer minWidth={760}>
            <Table highlightOnHover>
              <Table.Thead><Table.Tr><Table.Th pl={18}>Model</Table.Th><Table.Th>Dataset, part</Table.Th><Table.Th ta="right">People</Table.Th><Table.Th ta="right">Samples</Table.Th><Table.Th>Look at</Table.Th><Table.Th pr={18} ta="right">Made</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{evaluations.map((evaluation) => <ExploreRow key={evaluation.id} evaluation={evaluation} />)}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Panel>
      )}
    </Page>
  );
}

function ExploreRow({ evaluation }: { evaluation: EvaluationCard }) {
  const { id, modelName, counts, createdAt } = evaluation;
  const on = evaluatedWords(evaluation);
  const addressOf = (view: ViewName): string => `/explore/${id}/${view}`;
  return (
    <LinkedRow address={addressOf('pairs')}>
      <Table.Td pl={18}><RowLink address={addressOf('pairs')}>{modelName}</RowLink></Table.Td>
      <Table.Td>{on}</Table.Td>
      <Table.Td ta="right">{countWords(counts.subjects)}</Table.Td>
      <Table.Td ta="right">{countWords(counts.samples)}</Table.Td>
      <Table.Td>
        <span className={classes.ways}>{viewNames.map((view) => <Link key={view} href={addressOf(view)} className={classes.way ?? ''} aria-label={`${views[view]} of ${modelName} on ${on}`} onClick={(event) => event.stopPropagation()}>{views[view]}</Link>)}</span>
      </Table.Td>
      <Table.Td pr={18} ta="right" className={classes.soft ?? ''}>{shortInstantWords(createdAt, Date.now())}</Table.Td>
    </LinkedRow>
  );
}
