import { Button, Checkbox, Table } from '@mantine/core';
import { IconPlus, IconSchool } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { titleName } from '../../../contract/recipe/proper-names.ts';
import type { RunCard } from '../../../contract/requests/runs.ts';
import { useAsk } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { LinkedRow, RowLink } from '../../widgets/linked-row.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { StateBadge } from '../../widgets/state-badge.tsx';
import { percentWords } from '../../words/numbers.ts';
import { shortInstantWords } from '../../words/time.ts';
import classes from './train.module.css';
import { TrainingFigure } from './training-figure.tsx';
import { comparisonAddress, MOST_COMPARED } from './compare/compared-ids.ts';
import { haveSameLoss } from './compare/recipe-differences.ts';
import { distinctNames, trainingRunOf, useRunAnswers } from './use-training-runs.ts';

/** Every run, newest first, and the curves of those that are ticked over each other. */
export function TrainScreen() {
  const { data: runs, error } = useAsk('runs.list', {});
  const [ticked, setTicked] = useDraft<readonly string[] | null>('train.ticked', null);
  const sorted = [...(runs ?? [])].sort((one, other) => other.createdAt - one.createdAt);
  const shown = ticked ?? sorted.slice(0, 1).map(({ id }) => id);
  const { answers } = useRunAnswers(shown);
  const names = distinctNames(answers.map(({ run }) => run.name));
  const curves = useMemo(() => answers.map((answer, index) => ({ ...trainingRunOf(answer), name: names[index]! })), [answers, names]);
  const tick = (id: string): void => setTicked(shown.includes(id) ? shown.filter((other) => other !== id) : [...shown, id].slice(-MOST_COMPARED));
  return (
    <Page actions={<Button component={Link} href="/train/new" leftSection={<IconPlus size={16} />}>New training</Button>}>
      <ErrorNote error={error} />
      {runs?.length === 0 && (
        <EmptyState icon={IconSchool} title="Nothing has been trained yet" words="A training shows its loss and its error on unseen people while it runs. It can be cancelled at once and resumed exactly.">
          <Button component={Link} href="/train/new">Train the first model</Button>
        </EmptyState>
      )}
      {curves.length > 0 && (
        <div className={classes.pair}>
          <Panel>
            <TrainingFigure panel="loss" runs={curves} height={250} />
            {!haveSameLoss(answers.map(({ run }) => run.recipe)) && <p className={classes.hint}>These losses are different functions: compare the errors, not their values.</p>}
          </Panel>
          <Panel><TrainingFigure panel="validation-eer" runs={curves} height={250} /></Panel>
        </div>
      )}
      {sorted.length > 0 && (
        <Panel title="Runs" aside={`Tick up to ${MOST_COMPARED} to lay their curves over each other.`} actions={<CompareButton runIds={shown} />} isFlush>
          <Table.ScrollContainer minWidth={820}>
            <Table highlightOnHover>
              <Table.Thead><Table.Tr><Table.Td pl={18} w={44} /><Table.Th>Run</Table.Th><Table.Th>Dataset</Table.Th><Table.Th>Loss</Table.Th><Table.Th>State</Table.Th><Table.Th ta="right">Epoch</Table.Th><Table.Th ta="right">Validation EER, kept epoch</Table.Th><Table.Th pr={18} ta="right">Started</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{sorted.map((run) => <RunRow key={run.id} run={run} isTicked={shown.includes(run.id)} onTick={() => tick(run.id)} />)}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Panel>
      )}
    </Page>
  );
}

function CompareButton({ runIds }: { runIds: readonly string[] }) {
  const [, navigate] = useLocation();
  return <Button size="compact-sm" variant="default" disabled={runIds.length < 2} onClick={() => navigate(comparisonAddress(runIds))}>Compare side by side</Button>;
}

function RunRow({ run, isTicked, onTick }: { run: RunCard; isTicked: boolean; onTick: () => void }) {
  const address = `/train/run/${run.id}`;
  return (
    <LinkedRow address={address}>
      <Table.Td pl={18} onClick={(event) => event.stopPropagation()}><Checkbox size="xs" checked={isTicked} onChange={onTick} aria-label={`Show the curves of ${run.name}`} /></Table.Td>
      <Table.Td><RowLink address={address}>{run.name}</RowLink></Table.Td>
      <Table.Td>{run.datasetName}</Table.Td>
      <Table.Td>{titleName(run.recipe.loss.name)}</Table.Td>
      <Table.Td><StateBadge state={run.state} /></Table.Td>
      <Table.Td ta="right">{run.epoch} of {run.recipe.epochs}</Table.Td>
      <Table.Td ta="right">{run.bestValidationEer === null ? '–' : percentWords(run.bestValidationEer)}</Table.Td>
      <Table.Td pr={18} ta="right" className={classes.soft ?? ''}>{shortInstantWords(run.createdAt, Date.now())}</Table.Td>
    </LinkedRow>
  );
}
