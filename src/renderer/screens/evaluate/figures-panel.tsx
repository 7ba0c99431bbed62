import { Table, Tooltip } from '@mantine/core';
import type { EvaluationReport, ScoredSystem } from '../../../contract/requests/evaluations.ts';
import { spreadOf } from '../../../contract/requests/evaluations.ts';
import type { Estimate } from '../../../contract/vocabulary.ts';
import { dashOf } from '../../../charts/ink.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { countWords, percentWords, rateWords, scoreWords } from '../../words/numbers.ts';
import classes from './evaluate.module.css';
import { Figure, Head } from './figure-cell.tsx';
import { figuresText } from './figures-text.ts';

/** The figures of the model and its baselines, each with its interval. */
export function FiguresPanel({ report }: { report: EvaluationReport }) {
  const targets = report.systems[0]?.fnmrAtFmr.map(({ target }) => target) ?? [];
  return (
    <Panel title="Figures" aside="with 95 % intervals, bootstrap over people" isFlush actions={<CopyButton text={figuresText(report)} label="Copy" />}>
      <Table.ScrollContainer minWidth={700}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th pl={18}>System</Table.Th>
              <Head title="EER" tip="Equal error rate: FMR = FNMR" />
              {targets.map((target) => <Head key={target} title="FNMR" under={`at FMR ${rateWords(target)}`} tip={`The papers' 1 − TAR@FAR=${rateWords(target)}`} />)}
              <Head title="Rank 1" tip="Share of searches whose best candidate is the right person" />
              <Head title="AUC" tip="Area under the ROC curve on linear axes; 0.5 is chance" />
              <Head title="d′" tip="Distance of the mated and non-mated means in units of their spread" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.systems.map((system, index) => <SystemRow key={system.name} system={system} index={index} report={report} />)}
            <NaiveRow report={report} targets={targets.length} />
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

/** What a script would have reported that compares every sample with itself too. */
function NaiveRow({ report: { systems, counts }, targets }: { report: EvaluationReport; targets: number }) {
  const naive = systems[0]?.detail?.naive;
  if (!naive) return null;
  return (
    <Table.Tr className={classes.naive ?? ''}>
      <Table.Td pl={18}><Tooltip label={`It counts ${countWords(naive.selfMatches)} comparisons of a sample with itself as mated, and finds each sample in the gallery`}><span className={classes.head}>A naive script</span></Tooltip></Table.Td>
      <Table.Td ta="right">{percentWords(naive.eer, counts.mated)}</Table.Td>
      <Table.Td colSpan={targets} />
      <Table.Td ta="right">{percentWords(naive.rank1, counts.samples)}</Table.Td>
      <Table.Td ta="right">{scoreWords(naive.auc, 3)}</Table.Td>
      <Table.Td />
    </Table.Tr>
  );
}

/** A figure that is no share, above its interval. */
function Plain({ estimate, decimals }: { estimate: Estimate | null; decimals: number }) {
  if (estimate === null) return '–';
  const { value, low, high } = estimate;
  return <>{scoreWords(value, decimals)}{low !== null && high !== null && <div className={classes.interval}>{scoreWords(low, decimals)} to {scoreWords(high, decimals)}</div>}</>;
}

interface SystemRowProps { system: ScoredSystem; index: number; report: EvaluationReport }

function SystemRow({ system, index, report: { counts } }: SystemRowProps) {
  return (
    <Table.Tr data-baseline={system.kind !== 'model' || undefined} className={classes.system ?? ''}>
      <Table.Td pl={18}>
        <svg width="26" height="8" className={classes.sample} aria-hidden="true"><line x1="0" x2="26" y1="4" y2="4" stroke={`var(--chart-system-${(index % 4) + 1})`} strokeWidth="2" strokeDasharray={dashOf(index)} /></svg>
        {system.name}
      </Table.Td>
      <Figure estimate={system.eer} trials={counts.mated} />
      {system.fnmrAtFmr.map((figure) => (figure.fnmr
        ? <Figure key={figure.target} estimate={figure.fnmr} trials={counts.mated} weakness={figure.support === 'weak' ? (figure.reason ?? 'Fewer than 30 false matches are expected: a hint only.') : null} note={figure.achieved === null ? null : `reached ${rateWords(figure.achieved)}`} />
        : <Table.Td key={figure.target} ta="right"><Tooltip label={figure.reason ?? 'The data cannot support this figure.'}><span className={classes.unsupported}>too little data</span></Tooltip></Table.Td>))}
      {system.rank1 ? <Figure estimate={system.rank1} trials={counts.samples} /> : <Table.Td ta="right" className={classes.soft ?? ''}>–</Table.Td>}
      <Table.Td ta="right"><Plain estimate={system.auc} decimals={3} /></Table.Td>
      <Table.Td ta="right" pr={18}><Plain estimate={spreadOf(system)} decimals={2} /></Table.Td>
    </Table.Tr>
  );
}
