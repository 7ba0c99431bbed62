import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'wouter';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { ErrorNote } from '../../../widgets/error-note.tsx';
import { Page } from '../../../widgets/page.tsx';
import { Panel } from '../../../widgets/panel.tsx';
import { distinctNames, useRunAnswers } from '../use-training-runs.ts';
import { ComparedCurves } from './compared-curves.tsx';
import { ComparedTable } from './compared-table.tsx';
import { comparedIds, MOST_COMPARED } from './compared-ids.ts';
import { figuresOfRuns } from './run-figures.ts';
import { recipeDifferences } from './recipe-differences.ts';

const toRuns = <Button component={Link} href="/train" variant="default" leftSection={<IconArrowLeft size={16} />}>All runs</Button>;

/** Two to six runs side by side: curves over each other, what differs in their recipes, their figures. */
export function CompareRunsScreen({ runIds }: { runIds: string }) {
  const ids = comparedIds(runIds);
  const { answers, error } = useRunAnswers(ids);
  if (ids.length < 2) {
    return (
      <Page title="Runs side by side" purpose="Curves over each other, and what differs.">
        <EmptyState icon={IconArrowLeft} title="Nothing to compare" words={`Tick 2 to ${MOST_COMPARED} runs in the list, then compare them.`}>{toRuns}</EmptyState>
      </Page>
    );
  }
  const names = distinctNames(answers.map(({ run }) => run.name));
  const columns = answers.map(({ run }, index) => ({ name: names[index]!, href: `/train/run/${run.id}` }));
  const differences = recipeDifferences(answers.map(({ run }) => run.recipe));
  const datasets = new Set(answers.map(({ run }) => run.datasetName));
  return (
    <Page title="Runs side by side" purpose={`${columns.length} runs: their curves over each other, their figures, and what differs in their recipes.`} actions={toRuns}>
      <ErrorNote error={error} />
      <ComparedCurves answers={answers} names={names} />
      <Panel title="Figures" aside={datasets.size > 1 ? 'Validated on different people: their errors cannot be compared.' : 'Each is one training with one seed: a difference of a few points may be chance.'} isFlush>
        <ComparedTable label="Figures of the runs" columns={columns} rows={figuresOfRuns(answers)} />
      </Panel>
      <Panel title="What differs in the recipes" aside="everything else is the same" isFlush={differences.length > 0}>
        {differences.length === 0
          ? <p>Nothing: these runs follow the same recipe.</p>
          : <ComparedTable label="Differences of the recipes" columns={columns} rows={differences.map(({ words, values }) => ({ name: words, values: values.map((value) => value ?? '–'), best: [] }))} />}
      </Panel>
    </Page>
  );
}
