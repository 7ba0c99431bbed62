import { Table } from '@mantine/core';
import type { ChosenThreshold, DevelopmentFigures } from '../../../contract/requests/score-files.ts';
import { Panel } from '../../widgets/panel.tsx';
import { percentWords, quantity, rateWords, scoreWords } from '../../words/numbers.ts';
import { CalibrationPanel } from './detail/calibration-view.tsx';
import classes from './evaluate.module.css';
import { Head } from './figure-cell.tsx';
import { MetricCell } from './protocol-figures.tsx';
import { calibrationShape } from './study-shapes.ts';

interface DevelopmentProps { development: DevelopmentFigures; /** Mated comparisons that are judged. */ mated: number }

/** What was chosen on the development split, and what came of it on the others. */
export function DevelopmentPanels({ development: { matedCount, nonMatedCount, thresholds, calibration }, mated }: DevelopmentProps) {
  return (
    <>
      <Panel title="Thresholds" aside={`chosen on the development split (${quantity(matedCount, 'mated comparison')}, ${quantity(nonMatedCount, 'non-mated comparison')}), judged on the others`} isFlush>
        <Table.ScrollContainer minWidth={640}>
          <Table aria-label="Thresholds of the development split">
            <Table.Thead>
              <Table.Tr>
                <Table.Th pl={18} ta="right">FMR wanted</Table.Th>
                <Head title="FMR there" tip="On the development split, at the threshold chosen on it" />
                <Table.Th ta="right">Threshold</Table.Th>
                <Head title="FMR" tip="On the other comparisons, which had no part in the choice" />
                <Head title="FNMR" tip="On the other comparisons, which had no part in the choice" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{thresholds.map((chosen) => <ChosenRow key={chosen.target} chosen={chosen} mated={mated} />)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Panel>
      <CalibrationPanel calibration={calibrationShape(calibration)} people="of the development split" />
    </>
  );
}

const percent = (trials: number) => (value: number): string => percentWords(value, trials);

function ChosenRow({ chosen: { target, threshold, refusal, developmentFmr, fmr, fnmr }, mated }: { chosen: ChosenThreshold; mated: number }) {
  if (threshold === null) {
    return <Table.Tr><Table.Td pl={18} ta="right" className={classes.soft ?? ''}>{rateWords(target)}</Table.Td><Table.Td colSpan={4} pr={18} className={classes.soft ?? ''}>{refusal}</Table.Td></Table.Tr>;
  }
  return (
    <Table.Tr>
      <Table.Td pl={18} ta="right" fw={600}>{rateWords(target)}</Table.Td>
      <Table.Td ta="right">{rateWords(developmentFmr ?? 0)}</Table.Td>
      <Table.Td ta="right">{scoreWords(threshold, 3)}</Table.Td>
      {fmr === null ? <Table.Td ta="right">–</Table.Td> : <MetricCell metric={fmr} write={rateWords} trials={mated} />}
      {fnmr === null ? <Table.Td ta="right">–</Table.Td> : <MetricCell metric={fnmr} write={percent(mated)} trials={mated} />}
    </Table.Tr>
  );
}
