import { Badge, Button, Table } from '@mantine/core';
import type { EvaluationReport, OfferedThreshold } from '../../../contract/requests/evaluations.ts';
import type { Estimate } from '../../../contract/vocabulary.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { rateInterval, rateWords, scoreWords } from '../../words/numbers.ts';
import classes from './evaluate.module.css';
import { Figure } from './figure-cell.tsx';

/** A threshold as a decision: chosen on the validation people, judged on these, taken by one button or refused with a reason. */
export function ThresholdsPanel({ report, onTry }: { report: EvaluationReport; onTry: (threshold: number) => void }) {
  const { data: desk } = useAsk('desk.state', {});
  const choose = useTell('thresholds.choose');
  const inUse = desk?.threshold;
  const take = (target: number): void => choose.mutate({ evaluationId: report.id, targetFmr: target }, { onSuccess: () => askAgain('thresholds') });
  return (
    <Panel title="Thresholds" aside="Chosen on the validation people, judged on the people of this evaluation." isFlush>
      <div className={classes.inset}><ErrorNote error={choose.error} /></div>
      <Table.ScrollContainer minWidth={640}>
        <Table>
          <Table.Thead><Table.Tr><Table.Th pl={18} ta="right">Target FMR</Table.Th><Table.Th ta="right">Threshold</Table.Th><Table.Th ta="right">FMR on validation</Table.Th><Table.Th ta="right">FMR here</Table.Th><Table.Th ta="right">FNMR here</Table.Th><Table.Th pr={18} /></Table.Tr></Table.Thead>
          <Table.Tbody>
            {report.thresholds.map((offered) => (
              <ThresholdRow
                key={offered.target} offered={offered} mated={report.counts.mated} onTry={onTry} onTake={() => take(offered.target)}
                isTaking={choose.isPending && choose.variables.targetFmr === offered.target}
                isInUse={inUse?.evaluationId === report.id && inUse.targetFmr === offered.target}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function RateCell({ estimate }: { estimate: Estimate | null }) {
  if (estimate === null) return <Table.Td ta="right">–</Table.Td>;
  return <Table.Td ta="right">{rateWords(estimate.value)}<div className={classes.interval}>{rateInterval(estimate) ?? 'no interval'}</div></Table.Td>;
}

interface ThresholdRowProps {
  offered: OfferedThreshold;
  /** Comparisons that it is judged on. */
  mated: number;
  isInUse: boolean;
  isTaking: boolean;
  onTry: (threshold: number) => void;
  onTake: () => void;
}

function ThresholdRow({ offered, mated, isInUse, isTaking, onTry, onTake }: ThresholdRowProps) {
  const { threshold } = offered;
  if (threshold === null) {
    return (
      <Table.Tr>
        <Table.Td pl={18} ta="right" className={classes.soft ?? ''}>{rateWords(offered.target)}</Table.Td>
        <Table.Td colSpan={5} className={classes.soft ?? ''}>{offered.refusal ?? 'The data cannot support this target.'}</Table.Td>
      </Table.Tr>
    );
  }
  return (
    <Table.Tr>
      <Table.Td pl={18} ta="right" fw={600}>{rateWords(offered.target)}</Table.Td>
      <Table.Td ta="right">{scoreWords(threshold, 3)}</Table.Td>
      <Table.Td ta="right">{offered.developmentFmr === null ? '–' : rateWords(offered.developmentFmr)}</Table.Td>
      <RateCell estimate={offered.fmr} />
      {offered.fnmr === null ? <Table.Td ta="right">–</Table.Td> : <Figure estimate={offered.fnmr} trials={mated} />}
      <Table.Td pr={18}>
        <div className={classes.rowActions}>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onTry(threshold)}>Show</Button>
          {isInUse ? <Badge variant="light" tt="none" size="lg">in use</Badge> : <Button size="compact-sm" variant="default" loading={isTaking} onClick={onTake}>Use this threshold</Button>}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
