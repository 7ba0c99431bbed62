import * as Plot from '@observablehq/plot';
import type { Chart, Frame } from './frame.ts';
import type { Ink } from './ink.ts';
import { draw } from './draw.ts';
import { decades, numberTick } from './tick-words.ts';

/** Counts of mated and non-mated comparison scores over the same bins; `edges` has one number more than the counts. */
export interface ScoreCounts {
  readonly edges: readonly number[];
  readonly mated: readonly number[];
  readonly nonMated: readonly number[];
}

/** `share`: each kind's share of its own comparisons, so that both can be seen; `log-count`: comparisons, logarithmic. */
export type HistogramHeight = 'share' | 'log-count';

interface HistogramFrame extends Frame {
  readonly heights: HistogramHeight;
  readonly threshold?: number | undefined;
  /** What a score is; null where nobody said, as of the scores of other programs. */
  readonly measure?: 'cosine' | null | undefined;
}

interface Bin { x1: number; x2: number; height: number }

const LEAST_COUNT = 0.7; // a bin of one comparison still shows on the logarithmic axis

/** Mated and non-mated scores over each other. On the screen the threshold lies above it, where it can be moved. */
export function scoreHistogram(counts: ScoreCounts, frame: HistogramFrame): Chart {
  const { ink, heights, threshold, measure = 'cosine' } = frame;
  const mated = bins(counts.edges, counts.mated, heights);
  const nonMated = bins(counts.edges, counts.nonMated, heights);
  const top = Math.max(...mated.map((bin) => bin.height), ...nonMated.map((bin) => bin.height), 1e-9);
  const base = heights === 'log-count' ? LEAST_COUNT : 0;
  const options: Plot.PlotOptions = {
    marginLeft: 52, marginBottom: 42, marginTop: 22, marginRight: 16,
    x: { domain: [counts.edges[0]!, counts.edges.at(-1)!], tickFormat: numberTick, label: `Comparison score${measure === null ? '' : ` (${measure})`}`, labelAnchor: 'center', labelArrow: 'none', tickSize: 0 },
    y: heights === 'log-count'
      ? { type: 'log', domain: [base, top * 1.6], label: 'Comparisons', labelArrow: 'none', tickSize: 0, tickFormat: '~s', ticks: decades(1, top) }
      : { domain: [0, top * 1.12], label: 'Share of comparisons', labelArrow: 'none', tickSize: 0, tickFormat: '%', ticks: 4 },
    marks: [
      Plot.gridY(heights === 'log-count' ? decades(1, top) : undefined, { stroke: ink.grid, strokeOpacity: 1, ticks: 4 }),
      ...kindMarks(nonMated, { color: ink.nonMated, dash: '3 2', base }),
      ...kindMarks(mated, { color: ink.mated, dash: 'none', base }),
      ...names(mated, nonMated, ink),
      ...(threshold === undefined ? [] : [Plot.ruleX([threshold], { stroke: ink.threshold, strokeWidth: 2 })]),
    ],
  };
  return draw('Histogram of mated and non-mated comparison scores.', options, frame);
}

function bins(edges: readonly number[], counts: readonly number[], heights: HistogramHeight): Bin[] {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  return counts.map((count, index) => ({
    x1: edges[index]!,
    x2: edges[index + 1]!,
    height: heights === 'share' ? count / total : count,
  }));
}

interface KindStyle { color: string; dash: string; base: number }

function kindMarks(all: readonly Bin[], { color, dash, base }: KindStyle): Plot.Markish[] {
  const outline = all.flatMap((bin) => [{ x: bin.x1, y: Math.max(bin.height, base) }, { x: bin.x2, y: Math.max(bin.height, base) }]);
  return [
    Plot.rectY(all.filter((bin) => bin.height > 0), { x1: 'x1', x2: 'x2', y1: base, y2: 'height', fill: color, fillOpacity: 0.28, inset: 0 }),
    Plot.lineY(outline, { x: 'x', y: 'y', stroke: color, strokeWidth: 1.5, strokeDasharray: dash }),
  ];
}

const NAME_ROOM = 0.15; // of the axis: a peak nearer to its end is named towards the middle

/** Each kind is named at its peak: no key to look up. */
function names(mated: readonly Bin[], nonMated: readonly Bin[], ink: Ink): Plot.Markish[] {
  const kinds: { bins: readonly Bin[]; word: string; color: string; anchor: 'start' | 'end' }[] = [
    { bins: mated, word: 'Mated', color: ink.mated, anchor: 'start' },
    { bins: nonMated, word: 'Non-mated', color: ink.nonMated, anchor: 'end' },
  ];
  return kinds.flatMap(({ bins: all, word, color, anchor: outward }) => {
    const peak = all.reduce((best, bin) => (bin.height > best.height ? bin : best), all[0]!);
    if (!(peak.height > 0)) return [];
    const across = ((peak.x1 + peak.x2) / 2 - all[0]!.x1) / (all.at(-1)!.x2 - all[0]!.x1);
    const anchor = across < NAME_ROOM ? 'start' : across > 1 - NAME_ROOM ? 'end' : outward;
    const dx = anchor === 'start' ? 8 : -8;
    return [Plot.text([word], { x: (peak.x1 + peak.x2) / 2, y: peak.height, dx, dy: -7, fill: color, textAnchor: anchor, fontWeight: 600 })];
  });
}
