import { Table } from '@mantine/core';
import type { ComparedFigure, OverlaidSystem, Overlay, SystemDifference } from '../../../contract/requests/comparisons.ts';
import classes from './compare.module.css';
import { referenceText } from './compared-systems.ts';
import { differenceInterval, differenceWords, valueInterval, valueWords, verdictWords } from './difference-words.ts';
import { distinctSystemNames } from './distinct-system-names.ts';
import { SystemMark } from './system-mark.tsx';

interface ComparedFiguresProps { overlay: Overlay; differences: readonly SystemDifference[] | null }

/** Figures in rows, systems in columns: each with its interval, and below it the difference to the first. */
export function ComparedFigures({ overlay: { figures, systems }, differences }: ComparedFiguresProps) {
  const names = distinctSystemNames(systems);
  return (
    <Table.ScrollContainer minWidth={190 + 180 * systems.length}>
      <Table aria-label="Figures and differences" className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td pl={18} w={190} />
            {systems.map(({ reference }, at) => <Table.Th key={referenceText(reference)} scope="col" ta="right"><span className={classes.column}><SystemMark index={at} />{names[at]}</span></Table.Th>)}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {figures.map((figure, row) => (
            <Table.Tr key={figure.key}>
              <Table.Th pl={18} scope="row" className={classes.rowName ?? ''}>{figure.label}<span className={classes.way}>{figure.better} is better</span></Table.Th>
              {systems.map((system, at) => <FigureCell key={referenceText(system.reference)} figure={figure} system={system} row={row} difference={differences?.find((one) => one.system === at)?.differences[row] ?? null} />)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface FigureCellProps { figure: ComparedFigure; system: OverlaidSystem; row: number; difference: SystemDifference['differences'][number] }

function FigureCell({ figure: { unit }, system: { values, mated }, row, difference }: FigureCellProps) {
  const value = values[row] ?? null;
  if (value === null) return <Table.Td ta="right" className={classes.soft ?? ''}>too little data</Table.Td>;
  return (
    <Table.Td ta="right">
      {valueWords(value, unit, mated)}
      <span className={classes.interval}>{valueInterval(value, unit, mated) ?? 'no interval'}</span>
      {difference && (
        <span className={classes.difference} data-verdict={difference.verdict}>
          {differenceWords(difference.value, unit)} <b>{verdictWords[difference.verdict]}</b>
          <span className={classes.interval}>{differenceInterval(difference, unit)}</span>
        </span>
      )}
    </Table.Td>
  );
}
