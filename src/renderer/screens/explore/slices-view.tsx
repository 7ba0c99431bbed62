import { NumberInput, Select, Skeleton, Table } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconColumns3 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCallback, useMemo, useState } from 'react';
import { slicesCsv } from '../../../charts/figure-csv.ts';
import type { Frame } from '../../../charts/frame.ts';
import { slicesChart, slicesHeight } from '../../../charts/slices-chart.ts';
import type { SliceRate, SliceReport } from '../../../contract/requests/explore.ts';
import { mostSliceGroups } from '../../../contract/requests/explore.ts';
import { fewestSubjects } from '../../../contract/vocabulary.ts';
import { valueGroups } from '../../../evaluation/value-groups.ts';
import { useAsk } from '../../desk/ask.ts';
import { ChartExport } from '../../widgets/chart-export.tsx';
import { ChartFigure } from '../../widgets/chart-figure.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { countWords, intervalWords, percentWords, quantity, rateInterval, rateWords, scoreWords } from '../../words/numbers.ts';
import type { Trial } from '../evaluate/use-trial.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import { ThresholdChoice } from './threshold-choice.tsx';

const SETTLE_MS = 250;

/** Error rates of the groups that a metadata column makes, at one threshold for everybody. */
export function SlicesView({ trial }: { trial: Trial }) {
  const { report, columns, samples } = useExplored();
  const [chosen, setChosen] = useState<string | null>(null);
  const [minimums, setMinimums] = useState(usualMinimums);
  const column = chosen ?? columns[0] ?? '';
  const groupCount = useMemo(() => valueGroups(samples.map(({ values }) => values[columns.indexOf(column)] ?? '')).names.length, [samples, columns, column]);
  const isTooMany = groupCount > mostSliceGroups;
  const [order] = useDebouncedValue({ column, threshold: trial.point.threshold, ...minimums }, SETTLE_MS);
  const { data: slices, error } = useAsk('explore.slices', { evaluationId: report.id, ...order }, { enabled: order.column === column && column !== '' && !isTooMany, keepPrevious: true });
  if (columns.length === 0) {
    return <EmptyState icon={IconColumns3} title="These samples have no metadata" words="Add the dataset as a CSV manifest with columns beside path and subject (light, session, finger, age class), and evaluate again." />;
  }
  return (
    <>
      <Panel title="One threshold for everybody" aside={`${scoreWords(trial.point.threshold, 3)}: FMR ${rateWords(trial.point.fmr)}, FNMR ${percentWords(trial.point.fnmr, report.counts.mated)}`}>
        <SliceForm columns={columns} column={column} onColumn={setChosen} minimums={minimums} onMinimums={setMinimums}>
          <ThresholdChoice trial={trial} thresholds={report.thresholds} hint="Or drag the line under Pairs." />
        </SliceForm>
        <ErrorNote error={error} />
      </Panel>
      {isTooMany && <EmptyState icon={IconColumns3} title={`${column} has ${countWords(groupCount)} values`} words={`More than ${mostSliceGroups} groups cannot be read beside each other. Choose a column with fewer values.`} />}
      {!isTooMany && !slices && !error && <Skeleton height={260} radius="lg" />}
      {!isTooMany && slices && <SlicePanels slices={slices} trial={trial} />}
    </>
  );
}

export const usualMinimums = { minimumComparisons: 30, minimumSubjects: fewestSubjects };

interface SliceFormProps {
  columns: readonly string[];
  column: string;
  onColumn: (column: string | null) => void;
  minimums: typeof usualMinimums;
  onMinimums: (minimums: typeof usualMinimums) => void;
  /** The choice of the threshold. */
  children: ReactNode;
}

/** By which column groups are made, and how few of them show no rate. */
export function SliceForm({ columns, column, onColumn, minimums, onMinimums, children }: SliceFormProps) {
  const change = (name: keyof typeof minimums) => (value: number | string): void => onMinimums({ ...minimums, [name]: Math.max(name === 'minimumSubjects' ? fewestSubjects : 1, Math.round(Number(value)) || 1) });
  return (
    <div className={classes.sliceForm}>
      <Select label="Slice by" allowDeselect={false} data={[...columns]} value={column} onChange={onColumn} />
      {children}
      <NumberInput label="Least comparisons" description="fewer show no rate" min={1} max={1_000_000} value={minimums.minimumComparisons} onChange={change('minimumComparisons')} />
      <NumberInput label="Least people" description="fewer show no rate" min={fewestSubjects} max={100_000} value={minimums.minimumSubjects} onChange={change('minimumSubjects')} />
    </div>
  );
}

export function SlicePanels({ slices, trial }: { slices: SliceReport; trial: Trial }) {
  return (
    <>
      <div className={classes.halves}>
        <RatesPanel slices={slices} kind="FNMR" overall={trial.point.fnmr} />
        <RatesPanel slices={slices} kind="FMR" overall={trial.point.fmr} />
      </div>
      <SliceTable slices={slices} />
      <MatrixPanel slices={slices} />
    </>
  );
}

function RatesPanel({ slices, kind, overall }: { slices: SliceReport; kind: 'FNMR' | 'FMR'; overall: number }) {
  const draw = useCallback((frame: Frame) => slicesChart({
    kind, overall, groups: slices.groups.map(({ name }, at) => ({ name, rate: kind === 'FNMR' ? slices.fnmr[at]! : slices.fmr[at]![at]! })),
  }, frame), [slices, kind, overall]);
  const height = slicesHeight(slices.groups.length);
  return (
    <Panel title={`${kind} by ${slices.column}`} aside={kind === 'FNMR' ? 'mated pairs within a group' : 'pairs of two people of a group'} actions={<ChartExport fileName={`${slices.column}-${kind.toLowerCase()}`} label={kind} draw={draw} csv={() => slicesCsv(slices)} height={height} />}>
      <ChartFigure draw={draw} height={height} />
    </Panel>
  );
}

/** Every rate in figures. Rows of scores that do not name their samples count none. */
export function SliceTable({ slices }: { slices: SliceReport }) {
  const { mixedMated: mixed, unknown } = slices;
  const hasSamples = slices.groups.some(({ samples }) => samples > 0);
  const notes = [
    mixed.comparisons > 0 ? `${quantity(mixed.comparisons, 'mated pair')} of two groups (such as one sample of each) are in no row: ${countWords(mixed.errors)} missed.` : '',
    unknown > 0 ? `${quantity(unknown, 'sample')} without a value in no row.` : '',
  ].filter(Boolean);
  return (
    <Panel title={`Rates by ${slices.column}`} aside={`at threshold ${scoreWords(slices.threshold, 3)}; 95 % intervals, bootstrap over people`} isFlush>
      <Table.ScrollContainer minWidth={640}>
        <Table>
          <Table.Thead><Table.Tr><Table.Th pl={18}>{slices.column}</Table.Th><Table.Th ta="right">People</Table.Th>{hasSamples && <Table.Th ta="right">Samples</Table.Th>}<Table.Th ta="right">FNMR</Table.Th><Table.Th ta="right" pr={18}>FMR within</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {slices.groups.map(({ name, subjects, samples }, at) => (
              <Table.Tr key={name}>
                <Table.Td pl={18} fw={600}>{name}</Table.Td>
                <Table.Td ta="right">{countWords(subjects)}</Table.Td>
                {hasSamples && <Table.Td ta="right">{countWords(samples)}</Table.Td>}
                <Table.Td ta="right"><Rate rate={slices.fnmr[at]!} isFnmr /></Table.Td>
                <Table.Td ta="right" pr={18}><Rate rate={slices.fmr[at]![at]!} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {notes.length > 0 && <p className={classes.notes}>{notes.join(' ')}</p>}
    </Panel>
  );
}

function Rate({ rate: { rate, reason, comparisons }, isFnmr = false }: { rate: SliceRate; isFnmr?: boolean }) {
  if (rate === null) return <span className={classes.hint}>{reason}</span>;
  const [value, interval] = isFnmr ? [percentWords(rate.value, comparisons), intervalWords(rate, comparisons)] : [rateWords(rate.value), rateInterval(rate)];
  return <>{value}<span className={classes.sub}>{interval}; {countWords(rate.errors)} of {countWords(comparisons)}</span></>;
}

/** Who is taken for whom: the FMR between every two groups. */
export function MatrixPanel({ slices: { groups, fmr } }: { slices: SliceReport }) {
  const most = Math.max(1e-9, ...fmr.flat().map(({ rate }) => rate?.value ?? 0));
  return (
    <Panel title="FMR between groups" aside="darker is higher" isFlush>
      <Table.ScrollContainer minWidth={420}>
        <Table withColumnBorders>
          <Table.Thead><Table.Tr><Table.Th pl={18} />{groups.map(({ name }) => <Table.Th key={name} ta="right">{name}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {groups.map(({ name }, row) => (
              <Table.Tr key={name}>
                <Table.Th pl={18} scope="row">{name}</Table.Th>
                {groups.map((other, column) => {
                  const cell = fmr[row]![column]!;
                  return <Table.Td key={other.name} ta="right" style={{ backgroundColor: `color-mix(in srgb, var(--chart-non-mated) ${Math.round((30 * (cell.rate?.value ?? 0)) / most)}%, transparent)` }}><Rate rate={cell} /></Table.Td>;
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
