import { Table, UnstyledButton } from '@mantine/core';
import type { ZooReport } from '../../../contract/requests/explore.ts';
import { Panel } from '../../widgets/panel.tsx';
import { quantity, scoreWords } from '../../words/numbers.ts';
import classes from './explore.module.css';

const MOST_HEIGHT = 556; // as tall as the zoo beside it
const MOST_ROWS = 200;

const rank: Record<string, number> = { worm: 0, phantom: 1, chameleon: 2, none: 3, dove: 4 };

/** The hardest first; `onLook` leads from a name to the person. */
export function PeoplePanel({ zoo, onLook }: { zoo: ZooReport; onLook?: (subject: string) => void }) {
  const people = [...zoo.subjects].sort((one, other) => rank[one.animal ?? 'none']! - rank[other.animal ?? 'none']! || one.matedMean - other.matedMean);
  const unplaced = zoo.unplaced.length > 0 ? `, ${quantity(zoo.unplaced.length, 'person', 'people')} without a mated comparison left out` : '';
  return (
    <Panel title="People" aside={`hardest first${people.length > MOST_ROWS ? `, the first ${MOST_ROWS}` : ''}${unplaced}`} isFlush>
      <Table.ScrollContainer minWidth={360} maxHeight={MOST_HEIGHT}>
        <Table stickyHeader highlightOnHover>
          <Table.Thead><Table.Tr><Table.Th pl={18}>Person</Table.Th><Table.Th ta="right">Mated</Table.Th><Table.Th ta="right">Non-mated</Table.Th><Table.Th pr={18}>Corner</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {people.slice(0, MOST_ROWS).map(({ subject, matedMean, nonMatedMean, animal }) => (
              <Table.Tr key={subject}>
                <Table.Td pl={18}>{onLook ? <UnstyledButton className={classes.link ?? ''} onClick={() => onLook(subject)}>{subject}</UnstyledButton> : subject}</Table.Td>
                <Table.Td ta="right">{scoreWords(matedMean, 3)}</Table.Td>
                <Table.Td ta="right">{scoreWords(nonMatedMean, 3)}</Table.Td>
                <Table.Td pr={18}>{animal ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
