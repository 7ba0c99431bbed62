import { Table } from '@mantine/core';
import type { EvaluationReport } from '../../../../contract/requests/evaluations.ts';
import type { SystemDetail } from '../../../../contract/requests/system-detail.ts';
import { Panel } from '../../../widgets/panel.tsx';
import { countWords, quantity, rateWords, scoreWords } from '../../../words/numbers.ts';
import classes from '../evaluate.module.css';
import { Figure, Head } from '../figure-cell.tsx';
import { Refused } from './refused.tsx';

type Calibration = SystemDetail['calibration'];
type Normalization = SystemDetail['normalization'];

/** What the scores are worth as evidence, before and after calibration; and what a cohort of other people makes of them. */
export function CalibrationView({ report }: { report: EvaluationReport }) {
  const detail = report.systems[0]?.detail ?? null;
  if (detail === null) return <Refused title="Calibration" words="This evaluation was made before scores were calibrated. Run it again." />;
  return (
    <>
      <CalibrationPanel calibration={detail.calibration} people="of other people" />
      <NormalizationPanel normalization={detail.normalization} cohort={cohortWords(detail.normalization)} mated={report.counts.mated} />
    </>
  );
}

const mapNames = { logistic: 'Logistic', isotonic: 'Isotonic' } as const;

/** `people`: whose comparisons the maps were fitted on. */
export function CalibrationPanel({ calibration: { refusal, fittedOn, before, maps }, people }: { calibration: Calibration; people: string }) {
  if (refusal !== null) return <Refused title="Calibration" words={refusal} />;
  const aside = fittedOn === null ? undefined : `fitted on ${countWords(fittedOn.mated)} mated and ${countWords(fittedOn.nonMated)} non-mated comparisons ${people}`;
  return (
    <Panel title="Calibration" aside={aside} isFlush>
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label="Calibration, before and after">
          <Table.Thead>
            <Table.Tr>
              <Table.Th pl={18}>Scores</Table.Th>
              <Head title="Cllr" tip="Cost of log-likelihood ratios, bits: 0 is perfect, 1 says nothing" />
              <Head title="min Cllr" tip="Cllr after the best monotone map: what discrimination alone loses" />
              <Head title="Lost by calibration" tip="Cllr minus min Cllr, bits" />
              <Head title="Actual cost" tip="Normalised detection cost at the Bayes threshold" />
              <Head title="min cost" tip="Normalised detection cost at its best threshold" />
              <Table.Th pr={18}>Map</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <CostRow name="Raw, read as ratios" costs={before} refusal={null} words="" />
            {maps.map(({ kind, refusal: why, scale, offset, after }) => (
              <CostRow key={kind} name={mapNames[kind]} costs={after} refusal={why} words={scale === null || offset === null ? 'steps' : `ln LR = ${scoreWords(scale, 2)} score ${offset < 0 ? '−' : '+'} ${scoreWords(Math.abs(offset), 2)}`} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

interface CostRowProps { name: string; costs: Calibration['before']; refusal: string | null; words: string }

function CostRow({ name, costs, refusal, words }: CostRowProps) {
  if (costs === null) return <Table.Tr><Table.Td pl={18}>{name}</Table.Td><Table.Td colSpan={6} pr={18} className={classes.soft ?? ''}>{refusal ?? 'It does not exist for these scores.'}</Table.Td></Table.Tr>;
  const { cllr, minimumCllr, actualCost, minimumCost } = costs;
  return (
    <Table.Tr>
      <Table.Td pl={18} fw={560}>{name}</Table.Td>
      <Table.Td ta="right">{cllr === null ? 'infinite' : scoreWords(cllr, 3)}</Table.Td>
      <Table.Td ta="right">{scoreWords(minimumCllr, 3)}</Table.Td>
      <Table.Td ta="right">{cllr === null ? '–' : scoreWords(cllr - minimumCllr, 3)}</Table.Td>
      <Table.Td ta="right">{scoreWords(actualCost, 3)}</Table.Td>
      <Table.Td ta="right">{scoreWords(minimumCost, 3)}</Table.Td>
      <Table.Td pr={18} className={classes.soft ?? ''}>{words}</Table.Td>
    </Table.Tr>
  );
}

const normNames = { none: 'As they are', z: 'Z-norm', t: 'T-norm', s: 'S-norm' } as const;
const normTips = { none: '', z: 'each reference against the cohort', t: 'each probe against the cohort', s: 'the mean of both' } as const;

const cohortWords = ({ cohort }: Normalization): string | null => (cohort === null ? null : `cohort: ${quantity(cohort.samples, 'sample')} of ${quantity(cohort.subjects, 'person', 'people')}, none of them evaluated`);

interface NormalizationProps { normalization: Pick<Normalization, 'refusal' | 'rows'>; cohort: string | null; mated: number }

export function NormalizationPanel({ normalization: { refusal, rows }, cohort, mated }: NormalizationProps) {
  if (refusal !== null) return <Refused title="Score normalisation" words={refusal} />;
  const targets = rows[0]?.fnmrAtFmr.map(({ target }) => target) ?? [];
  return (
    <Panel title="Score normalisation" aside={cohort} isFlush>
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label="Score normalisation, before and after">
          <Table.Thead>
            <Table.Tr>
              <Table.Th pl={18}>Scores</Table.Th>
              <Head title="EER" tip="Equal error rate: FMR = FNMR" />
              {targets.map((target) => <Head key={target} title="FNMR" under={`at FMR ${rateWords(target)}`} tip="At the smallest threshold whose FMR is at most this" />)}
              <Table.Th ta="right" pr={18}>d′</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ kind, eer, dPrime, fnmrAtFmr }) => (
              <Table.Tr key={kind}>
                <Table.Td pl={18}><b>{normNames[kind]}</b><div className={classes.interval}>{normTips[kind]}</div></Table.Td>
                <Figure estimate={eer} trials={mated} />
                {fnmrAtFmr.map(({ target, fnmr }) => <Figure key={target} estimate={fnmr} trials={mated} />)}
                <Table.Td ta="right" pr={18}>{dPrime === null ? '–' : scoreWords(dPrime)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
