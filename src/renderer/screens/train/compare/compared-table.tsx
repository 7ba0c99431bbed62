import { Table } from '@mantine/core';
import { Link } from 'wouter';
import { dashOf } from '../../../../charts/ink.ts';
import classes from './compare.module.css';

interface ComparedTableProps {
  label: string;
  columns: readonly { name: string; href: string }[];
  rows: readonly { name: string; values: readonly string[]; best: readonly number[] }[];
}

/** Runs in columns, each with the line that stands for it in the curves. */
export function ComparedTable({ label, columns, rows }: ComparedTableProps) {
  return (
    <Table.ScrollContainer minWidth={220 + 150 * columns.length}>
      <Table aria-label={label} className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td pl={18} w={200} />
            {columns.map(({ name, href }, index) => (
              <Table.Th key={href} scope="col"><RunMark index={index} /><Link href={href} className={classes.run ?? ''}>{name}</Link></Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, values, best }) => (
            <Table.Tr key={name}>
              <Table.Th pl={18} scope="row" className={classes.rowName ?? ''}>{name}</Table.Th>
              {values.map((value, index) => <Table.Td key={columns[index]!.href} data-best={best.includes(index) || undefined}>{value}{best.includes(index) && <span className={classes.best}> lowest</span>}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** The colour and dash of a run in every curve of the page. */
function RunMark({ index }: { index: number }) {
  return (
    <svg width="30" height="8" className={classes.mark} aria-hidden="true">
      <line x1="0" x2="30" y1="4" y2="4" stroke={`var(--chart-system-${index + 1})`} strokeWidth="2.5" strokeDasharray={dashOf(index)} />
    </svg>
  );
}
