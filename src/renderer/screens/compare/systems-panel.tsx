import { Button, Checkbox, Table } from '@mantine/core';
import type { ComparableSystem, SystemReference } from '../../../contract/requests/comparisons.ts';
import { Panel } from '../../widgets/panel.tsx';
import { countWords, intervalWords, percentWords } from '../../words/numbers.ts';
import { shortInstantWords } from '../../words/time.ts';
import classes from './compare.module.css';
import { MOST_COMPARED, referenceText, sameReference } from './compared-systems.ts';
import { SystemMark } from './system-mark.tsx';

interface SystemsPanelProps {
  systems: readonly ComparableSystem[];
  chosen: readonly SystemReference[];
  onChoose: (references: readonly SystemReference[]) => void;
}

/** Everything with scores, to be ticked. */
export function SystemsPanel({ systems, chosen, onChoose }: SystemsPanelProps) {
  const placeOf = ({ reference }: ComparableSystem): number => chosen.findIndex((one) => sameReference(one, reference));
  const tick = (system: ComparableSystem): void =>
    onChoose(placeOf(system) >= 0 ? chosen.filter((one) => !sameReference(one, system.reference)) : [...chosen, system.reference]);
  const lead = ({ reference }: ComparableSystem): void => onChoose([reference, ...chosen.filter((one) => !sameReference(one, reference))]);
  const aside = chosen.length < 2 ? `Tick 2 to ${MOST_COMPARED}: the first is what the others are compared with.` : `${chosen.length} compared.`;
  return (
    <Panel title="Systems" aside={aside} isFlush>
      <Table.ScrollContainer minWidth={860}>
        <Table highlightOnHover>
          <Table.Thead><Table.Tr><Table.Td pl={18} w={44} /><Table.Th>System</Table.Th><Table.Th>On</Table.Th><Table.Th ta="right">Mated</Table.Th><Table.Th ta="right">Non-mated</Table.Th><Table.Th ta="right">EER (95 %)</Table.Th><Table.Th ta="right">Made</Table.Th><Table.Td pr={18} w={120} /></Table.Tr></Table.Thead>
          <Table.Tbody>
            {systems.map((system) => (
              <SystemRow key={referenceText(system.reference)} system={system} place={placeOf(system)} isFull={chosen.length >= MOST_COMPARED} onTick={() => tick(system)} onLead={() => lead(system)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

interface SystemRowProps { system: ComparableSystem; place: number; isFull: boolean; onTick: () => void; onLead: () => void }

function SystemRow({ system: { name, detail, mated, nonMated, eer, createdAt }, place, isFull, onTick, onLead }: SystemRowProps) {
  const isChosen = place >= 0;
  return (
    <Table.Tr data-chosen={isChosen || undefined}>
      <Table.Td pl={18}><Checkbox size="xs" checked={isChosen} disabled={!isChosen && isFull} onChange={onTick} aria-label={`Compare ${name} on ${detail}`} /></Table.Td>
      <Table.Td><span className={classes.system}>{name}{isChosen && <SystemMark index={place} />}</span></Table.Td>
      <Table.Td className={classes.detail ?? ''}>{detail}</Table.Td>
      <Table.Td ta="right">{countWords(mated)}</Table.Td>
      <Table.Td ta="right">{countWords(nonMated)}</Table.Td>
      <Table.Td ta="right" className={classes.nowrap ?? ''}>{eer === null ? '–' : <><b>{percentWords(eer.value, mated)}</b> <span className={classes.soft}>{intervalWords(eer, mated)}</span></>}</Table.Td>
      <Table.Td ta="right" className={classes.soft ?? ''}>{shortInstantWords(createdAt, Date.now())}</Table.Td>
      <Table.Td pr={18} ta="right">
        {place === 0 && <span className={classes.soft}>first</span>}
        {place > 0 && <Button size="compact-xs" variant="subtle" color="gray" onClick={onLead}>Make first</Button>}
      </Table.Td>
    </Table.Tr>
  );
}
