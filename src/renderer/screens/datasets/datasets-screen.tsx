import { Badge, Button, Table } from '@mantine/core';
import { IconDatabase, IconPlus } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { DatasetCard } from '../../../contract/requests/datasets.ts';
import { useAsk } from '../../desk/ask.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { LinkedRow, RowLink } from '../../widgets/linked-row.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { StateBadge } from '../../widgets/state-badge.tsx';
import { countWords, quantity } from '../../words/numbers.ts';
import { shortInstantWords } from '../../words/time.ts';
import classes from './datasets.module.css';
import { countFindings } from './findings.ts';
import { SplitBar } from './split-bar.tsx';

export function DatasetsScreen() {
  const { data: datasets, error } = useAsk('datasets.list', {});
  return (
    <Page actions={<Button component={Link} href="/datasets/new" leftSection={<IconPlus size={16} />}>Add a dataset</Button>}>
      <ErrorNote error={error} />
      {datasets?.length === 0 && (
        <EmptyState icon={IconDatabase} title="There are no datasets yet" words="A dataset is a folder of pictures with a folder per person, the AT&T layout, or a CSV file that names pictures and people. The files stay where they are.">
          <Button component={Link} href="/datasets/new">Add the first dataset</Button>
        </EmptyState>
      )}
      {datasets && datasets.length > 0 && (
        <Panel isFlush>
          <Table.ScrollContainer minWidth={760}>
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr><Table.Th pl={18}>Name</Table.Th><Table.Th ta="right">People</Table.Th><Table.Th ta="right">Pictures</Table.Th><Table.Th w="34%">Train, validation, test</Table.Th><Table.Th>Findings</Table.Th><Table.Th pr={18} ta="right">Added</Table.Th></Table.Tr>
              </Table.Thead>
              <Table.Tbody>{datasets.map((dataset) => <DatasetRow key={dataset.id} dataset={dataset} />)}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Panel>
      )}
    </Page>
  );
}

function DatasetRow({ dataset }: { dataset: DatasetCard }) {
  const address = `/datasets/of/${dataset.id}`;
  const findings = countFindings(dataset.findings);
  return (
    <LinkedRow address={address}>
      <Table.Td pl={18}>
        <RowLink address={address}>{dataset.name}</RowLink>
        {dataset.isDemo && <Badge ml={8} size="sm" variant="light" tt="none">demo</Badge>}
        {dataset.state !== 'ready' && <span className={classes.state}><StateBadge state={dataset.state} /></span>}
      </Table.Td>
      <Table.Td ta="right">{countWords(dataset.subjects)}</Table.Td>
      <Table.Td ta="right">{countWords(dataset.images)}</Table.Td>
      <Table.Td><SplitBar parts={dataset.parts} /></Table.Td>
      <Table.Td>{findings === 0 ? <span className={classes.soft}>none</span> : quantity(findings, 'finding')}</Table.Td>
      <Table.Td pr={18} ta="right" className={classes.soft ?? ''}>{shortInstantWords(dataset.createdAt, Date.now())}</Table.Td>
    </LinkedRow>
  );
}
