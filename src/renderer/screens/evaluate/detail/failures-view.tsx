import { Table, Tooltip } from '@mantine/core';
import type { EvaluationReport, ScoredSystem } from '../../../../contract/requests/evaluations.ts';
import type { NamedFigure, SystemDetail } from '../../../../contract/requests/system-detail.ts';
import { Panel } from '../../../widgets/panel.tsx';
import { countWords, intervalWords, percentWords, rateWords, scoreWords } from '../../../words/numbers.ts';
import classes from '../evaluate.module.css';
import { Head } from '../figure-cell.tsx';
import { Refused } from './refused.tsx';

/** All figures by name, and the error rates of whole transactions, in which a failure to acquire is a rejection. */
export function FailuresView({ report }: { report: EvaluationReport }) {
  const detail = report.systems[0]?.detail ?? null;
  if (detail === null) return <Refused title="Failures and costs" words="This evaluation was made before transactions were counted. Run it again." />;
  return (
    <>
      <TransactionsPanel transactions={detail.transactions} mated={report.counts.mated} />
      <NamedFiguresPanel systems={report.systems} mated={report.counts.mated} />
    </>
  );
}

function TransactionsPanel({ transactions: { fta, fte, attempts, failedAttempts, enrolments, failedEnrolments, rows }, mated }: { transactions: SystemDetail['transactions']; mated: number }) {
  return (
    <Panel title="Transactions" aside={`FTA ${percentWords(fta, attempts)}: ${countWords(failedAttempts)} of ${countWords(attempts)} samples. FTE ${percentWords(fte, enrolments)}: ${countWords(failedEnrolments)} of ${countWords(enrolments)} people.`} isFlush>
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label="Error rates of transactions">
          <Table.Thead>
            <Table.Tr>
              <Table.Th pl={18} ta="right">Target FMR</Table.Th>
              <Table.Th ta="right">Threshold</Table.Th>
              <Head title="FMR" tip="Of the comparisons that took place" />
              <Head title="FNMR" tip="Of the comparisons that took place" />
              <Head title="GFAR" tip="Generalised false accept rate: FMR (1 − FTA) (1 − FTE)" />
              <Head title="GFRR" tip="Generalised false reject rate: a sample or person that fails is rejected" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ target, threshold, fmr, fnmr, gfar, gfrr }) => (
              <Table.Tr key={target}>
                <Table.Td pl={18} ta="right" fw={600}>{rateWords(target)}</Table.Td>
                <Table.Td ta="right">{scoreWords(threshold, 3)}</Table.Td>
                <Table.Td ta="right">{rateWords(fmr)}</Table.Td>
                <Table.Td ta="right">{percentWords(fnmr, mated)}</Table.Td>
                <Table.Td ta="right">{rateWords(gfar)}</Table.Td>
                <Table.Td ta="right">{percentWords(gfrr, mated)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function NamedFiguresPanel({ systems, mated }: { systems: readonly ScoredSystem[]; mated: number }) {
  const detailed = systems.flatMap(({ name, detail }) => (detail === null ? [] : [{ name, figures: detail.figures }]));
  return (
    <Panel title="Every figure" aside="95 % intervals where they can be given" isFlush>
      <Table.ScrollContainer minWidth={240 + 170 * detailed.length}>
        <Table aria-label="Every figure">
          <Table.Thead><Table.Tr><Table.Th pl={18}>Figure</Table.Th>{detailed.map(({ name }) => <Table.Th key={name} ta="right">{name}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {detailed[0]?.figures.map(({ key, label }, row) => (
              <Table.Tr key={key}>
                <Table.Td pl={18}>{label}</Table.Td>
                {detailed.map(({ name, figures }) => <NamedCell key={name} figure={figures[row]} mated={mated} />)}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function NamedCell({ figure, mated }: { figure: NamedFigure | undefined; mated: number }) {
  if (figure === undefined || figure.value === null) return <Table.Td ta="right"><Tooltip label={figure?.reason ?? 'It does not exist for these scores.'}><span className={classes.unsupported}>none</span></Tooltip></Table.Td>;
  const { key, unit, value } = figure;
  const write = (number: number): string => (key === 'zeroFnmr' ? rateWords(number) : unit === 'rate' ? percentWords(number, mated) : `${scoreWords(number, 3)}${unit === 'bits' ? ' bit' : ''}`);
  const interval = unit === 'rate' ? intervalWords(value, mated) : value.low === null || value.high === null ? null : `${scoreWords(value.low, 3)} to ${scoreWords(value.high, 3)}`;
  return <Table.Td ta="right">{write(value.value)}{interval && <div className={classes.interval}>{interval}</div>}</Table.Td>;
}
