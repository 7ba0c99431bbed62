import { parseHTML } from 'linkedom';
import type { MatchCurves } from '../charts/cmc-chart.ts';
import { cmcChart } from '../charts/cmc-chart.ts';
import { discardChart } from '../charts/discard-chart.ts';
import { detChart, OPEN_SET } from '../charts/det-chart.ts';
import type { ErrorCurves } from '../charts/error-curves.ts';
import { svgFile } from '../charts/figure-file.ts';
import type { ChartDocument, Frame } from '../charts/frame.ts';
import { paperInk } from '../charts/ink.ts';
import { rocChart } from '../charts/roc-chart.ts';
import type { ScoreCounts } from '../charts/score-histogram.ts';
import { scoreHistogram } from '../charts/score-histogram.ts';
import { zooChart } from '../charts/zoo-chart.ts';
import type { EvaluationReport } from '../contract/requests/evaluations.ts';
import type { DiscardReport, ZooReport } from '../contract/requests/explore.ts';
import type { EvaluationStudies } from './report/evaluation-sections.ts';
import { figureWord } from './report/report-files.ts';

const FEW_SEARCHES = 1000; // below which a logarithmic axis has no decade to show

/** The charts of an evaluation as SVG files, by name. The offered threshold with the lowest FMR is marked. */
export function evaluationCharts({ systems, counts, thresholds }: EvaluationReport, { zoo, discards }: Pick<EvaluationStudies, 'zoo' | 'discards'>): Record<string, string> {
  const threshold = thresholds.findLast((offered) => offered.threshold !== null)?.threshold ?? undefined;
  const curves = {
    curves: systems.map(({ name, curve }) => ({ name, points: curve })), mated: counts.mated, nonMated: counts.nonMated, threshold,
  };
  const openSet = openSetCurves(systems[0]!);
  const cmc = matchCurvesOf(systems);
  return {
    ...chartFiles(curves, systems[0]!.histogram), ...(cmc !== null && { 'cmc.svg': cmcFile(cmc) }), ...(openSet !== null && { 'open-set.svg': openSetFile(openSet) }),
    ...(zoo !== null && { 'zoo.svg': zooFile(zoo) }), ...discardFiles(discards),
  };
}

/** The closed-set searches of every system that has some. */
export function matchCurvesOf(systems: EvaluationReport['systems']): MatchCurves | null {
  const found = systems.flatMap(({ name, detail }) => {
    const closedSet = detail?.identification.closedSet ?? null;
    return closedSet === null ? [] : [{ name, closedSet }];
  });
  return found.length === 0 ? null : { enrolled: found[0]!.closedSet.enrolled, curves: found.map(({ name, closedSet }) => ({ name, ranks: closedSet.cmc })) };
}

export function cmcFile(curves: MatchCurves): string {
  const frame = blankFrame();
  return svgFile(cmcChart(curves, frame), frame);
}

/** The open-set searches of a system, FPIR and FNIR in the place of FMR and FNMR. */
export function openSetCurves({ name, detail }: EvaluationReport['systems'][number]): ErrorCurves | null {
  const openSet = detail?.identification.openSet ?? null;
  if (openSet === null) return null;
  const points = openSet.curve.map(({ threshold, fpir, fnir }) => ({ threshold, fmr: fpir, fnmr: fnir, low: null, high: null }));
  return { curves: [{ name, points }], mated: openSet.matedSearches, nonMated: openSet.nonMatedSearches };
}

function openSetFile(curves: ErrorCurves): string {
  const frame = blankFrame();
  return svgFile(detChart(curves, { ...frame, scale: curves.nonMated < FEW_SEARCHES ? 'probit' : 'log', words: OPEN_SET }), frame);
}

/** Error versus discard by every column of numbers, as SVG files by name. */
export function discardFiles(discards: readonly DiscardReport[]): Record<string, string> {
  const frame = blankFrame();
  return Object.fromEntries(discards.map((discard) => [figureWord(discard.column), svgFile(discardChart(discard, frame), frame)]));
}

export function zooFile(zoo: ZooReport): string {
  const frame = blankFrame();
  return svgFile(zooChart(zoo, frame), frame);
}

/** ROC, DET (on the scale that suits so many comparisons, and on the other) and histogram as SVG files, by name. */
export function chartFiles(curves: ErrorCurves, histogram: ScoreCounts): Record<string, string> {
  const frame = blankFrame();
  const [scale, other] = curves.nonMated < 1000 ? (['probit', 'log'] as const) : (['log', 'probit'] as const);
  return {
    'roc.svg': svgFile(rocChart(curves, frame), frame),
    'det.svg': svgFile(detChart(curves, { ...frame, scale }), frame),
    [`det-${other}.svg`]: svgFile(detChart(curves, { ...frame, scale: other }), frame),
    'histogram.svg': svgFile(scoreHistogram(histogram, { ...frame, heights: 'share', threshold: curves.threshold }), frame),
  };
}

function blankFrame(): Frame {
  const document = parseHTML('<!doctype html><html><body></body></html>').document as unknown as ChartDocument;
  return { document, width: 640, height: 420, ink: paperInk };
}
