import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { LinkedRow, RowLink } from '../../widgets/linked-row.tsx';
import { countWords, intervalWords, percentWords } from '../../words/numbers.ts';
import { shortInstantWords } from '../../words/time.ts';
import classes from './evaluate.module.css';
import type { Measurement } from './measurements.ts';

interface MeasurementTableProps {
  measurements: readonly Measurement[];
  /** The last cell of a row. */
  actions?: (measurement: Measurement) => ReactNode;
}

/** What was measured, one line each; a row leads to its figures. */
export function MeasurementTable({ measurements, actions }: MeasurementTableProps) {
  return (
    <Table.ScrollContainer minWidth={700}>
      <Table highlightOnHover>
        <Table.Thead><Table.Tr><Table.Th pl={18}>Model</Table.Th><Table.Th>On</Table.Th><Table.Th ta="right">Mated</Table.Th><Table.Th ta="right">Non-mated</Table.Th><Table.Th ta="right">EER (95 %)</Table.Th><Table.Th ta="right" pr={actions ? 12 : 18}>Made</Table.Th>{actions && <Table.Td pr={18} />}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {measurements.map((measurement) => {
            const { source, address, modelName, on, mated, nonMated, eer, createdAt } = measurement;
            return (
              <LinkedRow key={source.id} address={address}>
                <Table.Td pl={18}><RowLink address={address}>{modelName}</RowLink></Table.Td>
                <Table.Td>{on}</Table.Td>
                <Table.Td ta="right">{countWords(mated)}</Table.Td>
                <Table.Td ta="right">{countWords(nonMated)}</Table.Td>
                <Table.Td ta="right" className={classes.figure ?? ''}>{eer === null ? <span className={classes.soft}>none</span> : <><b>{percentWords(eer.value, mated)}</b> <span className={classes.soft}>{intervalWords(eer, mated)}</span></>}</Table.Td>
                <Table.Td ta="right" className={classes.soft ?? ''} pr={actions ? 12 : 18}>{shortInstantWords(createdAt, Date.now())}</Table.Td>
                {actions && <Table.Td pr={18} ta="right" onClick={(event) => event.stopPropagation()}>{actions(measurement)}</Table.Td>}
              </LinkedRow>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
