import { Table } from '@mantine/core';
import type { ProtocolReport } from '../../../contract/requests/protocols.ts';
import { Panel } from '../../widgets/panel.tsx';
import { quantity } from '../../words/numbers.ts';

const MOST_SHOWN = 100;

/** Images that gave no template, each with its reason. */
export function FailuresPanel({ failures }: Pick<ProtocolReport, 'failures'>) {
  if (failures.length === 0) return null;
  return (
    <Panel title="Failures to acquire" aside={`${quantity(failures.length, 'image')}${failures.length > MOST_SHOWN ? `, the first ${MOST_SHOWN}` : ''}`} isFlush>
      <Table.ScrollContainer minWidth={480} maxHeight={360}>
        <Table stickyHeader>
          <Table.Thead><Table.Tr><Table.Th pl={18}>Image</Table.Th><Table.Th pr={18}>Reason</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{failures.slice(0, MOST_SHOWN).map(({ path, reason }) => <Table.Tr key={path}><Table.Td pl={18}>{path}</Table.Td><Table.Td pr={18}>{reason}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
