import { Table, Tooltip } from '@mantine/core';
import { limitsAssume } from '../../../contract/limits-words.ts';
import type { ProtocolReport } from '../../../contract/requests/protocols.ts';
import type { FnmrAtFmrMetric, Metric, ScoreMetrics } from '../../../evaluation/score-metrics.ts';
import type { SupportLimits } from '../../../evaluation/support-limits.ts';
import { Panel } from '../../widgets/panel.tsx';
import { countWords, intervalWords, percentWords, rateWords, scoreWords } from '../../words/numbers.ts';
import classes from './evaluate.module.css';
import { estimateOf, reasonOf } from './metric-words.ts';

type Write = (value: number) => string;

/** Every figure of a protocol with its interval, beside what a script would report that looks at nothing. */
export function ProtocolFigures({ report: { figures, folds } }: { report: ProtocolReport }) {
  const { naive, matedCount, limits } = figures;
  const percent: Write = (value) => percentWords(value, matedCount);
  const plain: Write = (value) => scoreWords(value, 3);
  const rows: [string, string, keyof ScoreMetrics, Write][] = [
    ['EER', 'Equal error rate, between the two adjoining operating points', 'eer', percent],
    ['ZeroFMR', 'FNMR at the lowest threshold without a false match', 'zeroFmr', percent],
    ['AUC', 'Area under the ROC curve on linear axes; 0.5 is chance', 'auc', plain],
    ['d′', 'Distance of the two means in units of their spread', 'dPrime', plain],
    ['Minimum cost', 'Normalised detection cost at its best threshold', 'minimumCost', plain],
    ['Minimum Cllr', 'Bits lost by the scores after the best calibration', 'minimumCllr', plain],
  ];
  const fnmrs = 'error' in figures.fnmrAtFmr ? [] : figures.fnmrAtFmr;
  return (
    <Panel title="Figures" aside={figures.confidence === null ? 'without intervals: no subjects are named, or too few' : `${percentWords(figures.confidence).replace('.0', '')} intervals, ${countWords(figures.plan.replicates)} resamples of the subjects`} isFlush>
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label="Figures of the protocol">
          <Table.Thead><Table.Tr><Table.Th pl={18} w={240}>Figure</Table.Th><Table.Th ta="right">Honest</Table.Th><Table.Th ta="right"><Tooltip label="All comparisons, those too that the guard left out; thresholds chosen on the very scores they are judged on"><span className={classes.head}>A naive script</span></Tooltip></Table.Th><Table.Th pr={18}>Reached</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {rows.map(([name, tip, key, write]) => (
              <Table.Tr key={key}>
                <Table.Td pl={18}><Tooltip label={tip}><span className={classes.head}>{name}</span></Tooltip></Table.Td>
                <MetricCell metric={figures[key] as Metric} write={write} trials={matedCount} />
                <NaiveCell metric={naive === null ? null : (naive[key] as Metric)} write={write} />
                <Table.Td pr={18} />
              </Table.Tr>
            ))}
            {fnmrs.map((figure, at) => <FnmrRow key={figure.target} figure={figure} naive={naiveFnmr(naive, at)} write={percent} trials={matedCount} />)}
            {folds && (
              <Table.Tr>
                <Table.Td pl={18}><Tooltip label="Each fold at the threshold that is best on all others; mean and standard error"><span className={classes.head}>Accuracy, {folds.folds} folds</span></Tooltip></Table.Td>
                <Table.Td ta="right">{percentWords(folds.accuracy)}<div className={classes.interval}>standard error {percentWords(folds.standardError)}</div></Table.Td>
                <Table.Td ta="right" className={classes.soft ?? ''}>{percentWords(folds.naive)}</Table.Td>
                <Table.Td pr={18} />
              </Table.Tr>
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <p className={classes.notes}>{limitWords('FMR', limits.fmr)} {limitWords('FNMR', limits.fnmr)} {limitsAssume} {naive === null && 'A naive script would report the same: no comparison had to be left out.'}</p>
    </Panel>
  );
}

const naiveFnmr = (naive: ScoreMetrics | null, at: number): Metric | null => (naive === null || 'error' in naive.fnmrAtFmr ? null : naive.fnmrAtFmr[at]?.fnmr ?? null);

interface MetricCellProps { metric: Metric; write: Write; trials: number; weakness?: string | null }

export function MetricCell({ metric, write, trials, weakness = null }: MetricCellProps) {
  const estimate = estimateOf(metric);
  if (estimate === null) return <Table.Td ta="right"><Tooltip label={reasonOf(metric)}><span className={classes.unsupported}>does not exist</span></Tooltip></Table.Td>;
  const isRate = write(0.5).includes('%');
  const interval = isRate ? intervalWords(estimate, trials) : estimate.low === null || estimate.high === null ? null : `${write(estimate.low)} to ${write(estimate.high)}`;
  return (
    <Table.Td ta="right">
      <b>{weakness ? <Tooltip label={weakness}><span className={classes.weak}>{write(estimate.value)} *</span></Tooltip> : write(estimate.value)}</b>
      {interval && <div className={classes.interval}>{interval}</div>}
    </Table.Td>
  );
}

function NaiveCell({ metric, write }: { metric: Metric | null; write: Write }) {
  const estimate = metric === null ? null : estimateOf(metric);
  return <Table.Td ta="right" className={classes.soft ?? ''}>{estimate === null ? 'the same' : write(estimate.value)}</Table.Td>;
}

interface FnmrRowProps { figure: FnmrAtFmrMetric; naive: Metric | null; write: Write; trials: number }

function FnmrRow({ figure: { target, achieved, threshold, fnmr, support }, naive, write, trials }: FnmrRowProps) {
  return (
    <Table.Tr>
      <Table.Td pl={18}>FNMR at FMR {rateWords(target)}</Table.Td>
      {support === 'unsupported'
        ? <Table.Td ta="right"><Tooltip label="Not one false match is expected at this rate"><span className={classes.unsupported}>too little data</span></Tooltip></Table.Td>
        : <MetricCell metric={fnmr} write={write} trials={trials} weakness={support === 'weak' ? 'Fewer than 30 false matches are expected: a hint only.' : null} />}
      {support === 'unsupported' ? <Table.Td /> : <NaiveCell metric={naive} write={write} />}
      <Table.Td pr={18} className={classes.soft ?? ''}>{support === 'unsupported' ? '' : `FMR ${rateWords(achieved)} at threshold ${scoreWords(threshold, 3)}`}</Table.Td>
    </Table.Tr>
  );
}

function limitWords(rate: string, limits: SupportLimits | null): string {
  if (limits === null) return `${rate}: no comparisons.`;
  return `${rate}: ${countWords(limits.trials)} comparisons say nothing below ${rateWords(limits.resolution)} (1/N) and are firm from ${rateWords(Math.min(1, limits.ruleOf30))} (30/N); with no error seen it is below ${rateWords(Math.min(1, limits.zeroErrorBound))} (3/N).`;
}
