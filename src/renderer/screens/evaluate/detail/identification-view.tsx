import { SegmentedControl, Table } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { MatchCurves } from '../../../../charts/cmc-chart.ts';
import { cmcChart } from '../../../../charts/cmc-chart.ts';
import type { DetScale } from '../../../../charts/det-chart.ts';
import { detChart, OPEN_SET } from '../../../../charts/det-chart.ts';
import type { ErrorCurves } from '../../../../charts/error-curves.ts';
import { cmcCsv, openSetCsv } from '../../../../charts/figure-csv.ts';
import type { Frame } from '../../../../charts/frame.ts';
import type { EvaluationReport } from '../../../../contract/requests/evaluations.ts';
import type { SystemDetail } from '../../../../contract/requests/system-detail.ts';
import { ChartExport } from '../../../widgets/chart-export.tsx';
import { ChartFigure } from '../../../widgets/chart-figure.tsx';
import { Panel } from '../../../widgets/panel.tsx';
import { countWords, quantity, rateWords, scoreWords } from '../../../words/numbers.ts';
import { CHART_HEIGHT } from '../chart-height.ts';
import classes from '../evaluate.module.css';
import { Figure } from '../figure-cell.tsx';
import { RetrievalPanel } from '../retrieval-panel.tsx';
import { Refused } from './refused.tsx';

const FEW_SEARCHES = 1000; // below which a logarithmic axis has no decade to show

/** Searches among N people of whom some are not enrolled, and their errors at thresholds. */
export type OpenSetFigures = Omit<NonNullable<SystemDetail['identification']['openSet']>, 'curve'>;

type Detailed = { name: string; detail: SystemDetail }[];

/** 1:N: who is found, and who is found though not enrolled. N is stated with every figure. */
export function IdentificationView({ report }: { report: EvaluationReport }) {
  const detailed = useMemo<Detailed>(() => report.systems.flatMap(({ name, detail }) => (detail === null ? [] : [{ name, detail }])), [report]);
  const first = detailed[0]?.detail.identification;
  return (
    <>
      {first === undefined && <Refused title="Identification" words="This evaluation was made before searches were counted. Run it again." />}
      {first?.refusal && <Refused title="Identification" words={first.refusal} />}
      {first && !first.refusal && (
        <div className={classes.charts}>
          <ClosedSetPanel detailed={detailed} fileName={`${report.modelName}-cmc`} />
          <OpenSetPanel detailed={detailed} fileName={`${report.modelName}-open-set`} />
        </div>
      )}
      {first?.openSet && <OpenSetTable openSet={first.openSet} />}
      <RetrievalPanel report={report} />
    </>
  );
}

function ClosedSetPanel({ detailed, fileName }: { detailed: Detailed; fileName: string }) {
  const found = useMemo(() => detailed.flatMap(({ name, detail: { identification: { closedSet } } }) => (closedSet === null ? [] : [{ name, closedSet }])), [detailed]);
  const curves = useMemo<MatchCurves>(() => ({ enrolled: found[0]?.closedSet.enrolled ?? 0, curves: found.map(({ name, closedSet }) => ({ name, ranks: closedSet.cmc })) }), [found]);
  const first = found[0]?.closedSet;
  if (first === undefined) return <Refused title="CMC" words="No search has its mate in the gallery." />;
  return <CmcPanel curves={curves} aside={`closed set: N = ${countWords(first.enrolled)}, one reference each, ${quantity(first.searches, 'search', 'searches')}`} fileName={fileName} />;
}

export function CmcPanel({ curves, aside, fileName }: { curves: MatchCurves; aside: string; fileName: string }) {
  const draw = useCallback((frame: Frame) => cmcChart(curves, frame), [curves]);
  return (
    <Panel title="CMC" aside={aside} actions={<ChartExport fileName={fileName} label="CMC" draw={draw} csv={() => cmcCsv(curves)} />}>
      <ChartFigure draw={draw} height={CHART_HEIGHT} />
    </Panel>
  );
}

function OpenSetPanel({ detailed, fileName }: { detailed: Detailed; fileName: string }) {
  const found = useMemo(() => detailed.flatMap(({ name, detail: { identification: { openSet } } }) => (openSet === null ? [] : [{ name, openSet }])), [detailed]);
  const [scale, setScale] = useState<DetScale>((found[0]?.openSet.nonMatedSearches ?? 0) < FEW_SEARCHES ? 'probit' : 'log');
  const curves = useMemo<ErrorCurves>(() => ({
    curves: found.map(({ name, openSet }) => ({ name, points: openSet.curve.map(({ threshold, fpir, fnir }) => ({ threshold, fmr: fpir, fnmr: fnir, low: null, high: null })) })),
    mated: found[0]?.openSet.matedSearches ?? 1,
    nonMated: found[0]?.openSet.nonMatedSearches ?? 1,
  }), [found]);
  const draw = useCallback((frame: Frame) => detChart(curves, { ...frame, scale, words: OPEN_SET }), [curves, scale]);
  const first = found[0]?.openSet;
  if (first === undefined) return <Refused title="Open set" words="Without people who are not enrolled there is no FPIR." />;
  return (
    <Panel
      title="Open set" aside={`N = ${countWords(first.enrolled)}`}
      actions={
        <>
          <SegmentedControl size="xs" value={scale} onChange={(value) => setScale(value as DetScale)} data={[{ value: 'log', label: 'Log' }, { value: 'probit', label: 'Probit' }]} aria-label="Axes of the open set" />
          <ChartExport fileName={fileName} label="open set" draw={draw} csv={() => openSetCsv(curves)} />
        </>
      }
    >
      <ChartFigure draw={draw} height={CHART_HEIGHT} />
    </Panel>
  );
}

export function OpenSetTable({ openSet: { enrolled, matedSearches, nonMatedSearches, points } }: { openSet: OpenSetFigures }) {
  return (
    <Panel title="Open-set figures" aside={`N = ${countWords(enrolled)}: ${countWords(matedSearches)} searches of enrolled people, ${countWords(nonMatedSearches)} of others`} isFlush>
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label="Open-set figures">
          <Table.Thead><Table.Tr><Table.Th pl={18} ta="right">Target FPIR</Table.Th><Table.Th ta="right">FPIR reached</Table.Th><Table.Th ta="right">Threshold</Table.Th><Table.Th ta="right">FNIR</Table.Th><Table.Th pr={18} ta="right">DIR, rank 1</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {points.map(({ target, support, fpir, threshold, fnir, dir }) => (support === 'unsupported'
              ? <Table.Tr key={target}><Table.Td pl={18} ta="right" className={classes.soft ?? ''}>{rateWords(target)}</Table.Td><Table.Td colSpan={4} className={classes.soft ?? ''}>Too few searches of people who are not enrolled: fewer than one false positive is expected.</Table.Td></Table.Tr>
              : (
                <Table.Tr key={target}>
                  <Table.Td pl={18} ta="right" fw={600}>{rateWords(target)}</Table.Td>
                  <Table.Td ta="right">{rateWords(fpir)}</Table.Td>
                  <Table.Td ta="right">{scoreWords(threshold, 3)}</Table.Td>
                  <Figure estimate={fnir} trials={matedSearches} weakness={support === 'weak' ? 'Fewer than 30 false positives are expected: a hint only.' : null} />
                  <Figure estimate={dir} trials={matedSearches} />
                </Table.Tr>
              )))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
