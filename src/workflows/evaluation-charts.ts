import { parseHTML } from 'linkedom';
import { detChart } from '../charts/det-chart.ts';
import type { ErrorCurves } from '../charts/error-curves.ts';
import { svgFile } from '../charts/figure-file.ts';
import type { ChartDocument, Frame } from '../charts/frame.ts';
import { paperInk } from '../charts/ink.ts';
import { rocChart } from '../charts/roc-chart.ts';
import type { ScoreCounts } from '../charts/score-histogram.ts';
import { scoreHistogram } from '../charts/score-histogram.ts';
import type { EvaluationReport } from '../contract/requests/evaluations.ts';

/** The charts of an evaluation as SVG files, by name. The offered threshold with the lowest FMR is marked. */
export function evaluationCharts({ systems, counts, thresholds }: EvaluationReport): Record<string, string> {
  const threshold = thresholds.findLast((offered) => offered.threshold !== null)?.threshold ?? undefined;
  const curves = {
    curves: systems.map(({ name, curve }) => ({ name, points: curve })), mated: counts.mated, nonMated: counts.nonMated, threshold,
  };
  return chartFiles(curves, systems[0]!.histogram);
}

/** ROC, DET and histogram as SVG files, by name. */
export function chartFiles(curves: ErrorCurves, histogram: ScoreCounts): Record<string, string> {
  const frame: Frame = { document: blankDocument(), width: 640, height: 420, ink: paperInk };
  const scale = curves.nonMated < 1000 ? ('probit' as const) : ('log' as const);
  return {
    'roc.svg': svgFile(rocChart(curves, frame), frame),
    'det.svg': svgFile(detChart(curves, { ...frame, scale }), frame),
    'histogram.svg': svgFile(scoreHistogram(histogram, { ...frame, heights: 'share', threshold: curves.threshold }), frame),
  };
}

function blankDocument(): ChartDocument {
  return parseHTML('<!doctype html><html><body></body></html>').document as unknown as ChartDocument;
}
