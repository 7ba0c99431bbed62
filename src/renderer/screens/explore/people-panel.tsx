import { Table, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { ZooPerson, ZooReport } from '../../../contract/requests/explore.ts';
import { Panel } from '../../widgets/panel.tsx';
import { quantity, scoreWords } from '../../words/numbers.ts';
import classes from './explore.module.css';

const ROW = 37; // pixels, as the style sheet says
type Look = (subject: string) => void;

const rank: Record<string, number> = { worm: 0, phantom: 1, chameleon: 2, none: 3, dove: 4 };

/** All people of the zoo, hardest first; of thousands only the rows near the screen exist. `onLook` leads from a name to the person. */
export function PeoplePanel({ zoo, onLook }: { zoo: ZooReport; onLook?: Look }) {
  const people = useMemo(() => [...zoo.subjects].sort((one, other) => rank[one.animal ?? 'none']! - rank[other.animal ?? 'none']! || one.matedMean - other.matedMean), [zoo]);
  const unplaced = zoo.unplaced.length > 0 ? `, ${quantity(zoo.unplaced.length, 'person', 'people')} without a mated comparison left out` : '';
  const failures = zoo.failures > 0 ? `, ${quantity(zoo.failures, 'comparison')} with a failure to acquire in no mean` : '';
  return (
    <Panel title="People" aside={`hardest first${unplaced}${failures}`} isFlush>
      <PeopleTable people={people} {...(onLook && { onLook })} />
    </Panel>
  );
}

function PeopleTable({ people, onLook }: { people: readonly ZooPerson[]; onLook?: Look }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: people.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12 });
  const shown = rows.getVirtualItems();
  const after = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className={classes.people} tabIndex={0} role="region" aria-label="People, hardest first">
      <Table stickyHeader highlightOnHover layout="fixed" aria-rowcount={people.length + 1}>
        <Table.Thead><Table.Tr><Table.Th pl={18} w="30%">Person</Table.Th><Table.Th ta="right">Mated</Table.Th><Table.Th ta="right">Non-mated</Table.Th><Table.Th pr={18}>Corner</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          <Spacer height={shown[0]?.start ?? 0} />
          {shown.map(({ index }) => <PersonRow key={people[index]!.subject} person={people[index]!} index={index} {...(onLook && { onLook })} />)}
          <Spacer height={after} />
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Stands for the rows that do not exist. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return <tr aria-hidden style={{ height }} />;
}

function PersonRow({ person: { subject, matedMean, nonMatedMean, animal }, index, onLook }: { person: ZooPerson; index: number; onLook?: Look }) {
  return (
    <Table.Tr className={classes.person ?? ''} aria-rowindex={index + 2}>
      <Table.Td pl={18} title={subject} className={classes.personName ?? ''}>{onLook ? <UnstyledButton className={classes.link ?? ''} onClick={() => onLook(subject)}>{subject}</UnstyledButton> : subject}</Table.Td>
      <Table.Td ta="right">{scoreWords(matedMean, 3)}</Table.Td>
      <Table.Td ta="right">{scoreWords(nonMatedMean, 3)}</Table.Td>
      <Table.Td pr={18}>{animal ?? ''}</Table.Td>
    </Table.Tr>
  );
}
