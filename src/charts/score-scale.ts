import * as Plot from '@observablehq/plot';
import type { Chart, Frame } from './frame.ts';
import type { Ink } from './ink.ts';
import type { ScoreCounts } from './score-histogram.ts';
import { draw } from './draw.ts';
import { numberTick } from './tick-words.ts';

/** One comparison against all those of the evaluation its threshold comes from. */
export interface ScoreOnScale {
  readonly score: number;
  readonly threshold: number | null;
  /** Scores of the evaluation, or null when the model was never evaluated. */
  readonly counts: ScoreCounts | null;
}

/** Where a score lies: the scores of known mated and non-mated comparisons behind it, the threshold, and the score itself. */
export function scoreScale({ score, threshold, counts }: ScoreOnScale, frame: Frame): Chart {
  const { ink } = frame;
  const low = Math.min(counts?.edges[0] ?? -0.2, score, threshold ?? 0);
  const high = Math.max(counts?.edges.at(-1) ?? 1, score, threshold ?? 1);
  const hills = counts
    ? [...hill(counts.edges, counts.nonMated, ink.nonMated), ...hill(counts.edges, counts.mated, ink.mated)]
    : [];
  const options: Plot.PlotOptions = {
    marginLeft: 14, marginRight: 14, marginTop: 24, marginBottom: 34,
    x: { domain: [low, high], tickFormat: numberTick, ticks: 6, tickSize: 4, label: 'Comparison score (cosine)', labelAnchor: 'center', labelArrow: 'none' },
    y: { domain: [0, 1], axis: null },
    marks: [
      ...hills,
      Plot.ruleY([0], { stroke: ink.faint }),
      ...(threshold === null ? [] : thresholdMarks(threshold, ink.threshold, score < threshold)),
      Plot.ruleX([score], { y1: 0, y2: 0.8, stroke: ink.text, strokeWidth: 1, strokeDasharray: '2 2' }),
      Plot.dot([score], { x: score, y: 0.8, r: 6, stroke: ink.text, strokeWidth: 1.5, ...needle(score, threshold, ink) }),
    ],
  };
  const words = threshold === null ? '' : `, threshold ${numberTick(Number(threshold.toFixed(2)))}`;
  return draw(`Score ${numberTick(Number(score.toFixed(2)))}${words}.`, options, frame);
}

/** A circle on the side of a match, a diamond on the other: the shape says it without the colour. */
function needle(score: number, threshold: number | null, ink: Ink): { fill: string; symbol: 'circle' | 'diamond' } {
  if (threshold === null) return { fill: ink.faint, symbol: 'circle' };
  return score >= threshold ? { fill: ink.mated, symbol: 'circle' } : { fill: ink.nonMated, symbol: 'diamond' };
}

function thresholdMarks(threshold: number, color: string, scoreIsLeft: boolean): Plot.Markish[] {
  const anchor = scoreIsLeft ? { textAnchor: 'start' as const, dx: 6 } : { textAnchor: 'end' as const, dx: -6 };
  return [
    Plot.ruleX([threshold], { stroke: color, strokeWidth: 2 }),
    Plot.text(['threshold'], { x: threshold, y: 1, dy: -10, ...anchor, fill: color, fontWeight: 600 }),
  ];
}

function hill(edges: readonly number[], counts: readonly number[], color: string): Plot.Markish[] {
  const most = Math.max(...counts, 1);
  const points = counts.map((count, index) => ({ x: (edges[index]! + edges[index + 1]!) / 2, y: (0.72 * count) / most }));
  return [
    Plot.areaY(points, { x: 'x', y: 'y', fill: color, fillOpacity: 0.16, curve: 'basis' }),
    Plot.lineY(points, { x: 'x', y: 'y', stroke: color, strokeWidth: 1.25, curve: 'basis' }),
  ];
}
