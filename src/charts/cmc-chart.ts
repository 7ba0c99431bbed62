import * as Plot from '@observablehq/plot';
import type { Estimate } from '../contract/vocabulary.ts';
import { draw } from './draw.ts';
import type { Chart, Frame } from './frame.ts';
import { dashOf, systemColor } from './ink.ts';
import { keyMark } from './key-mark.ts';
import { numberTick } from './tick-words.ts';

/** Cumulative match characteristic of one system: the share of searches whose mate is among the first `rank`. */
export interface MatchCurve {
  readonly name: string;
  readonly ranks: readonly { readonly rank: number; readonly rate: Estimate }[];
}

export interface MatchCurves {
  readonly curves: readonly MatchCurve[];
  /** N: enrolled subjects. A rank means something only with it. */
  readonly enrolled: number;
}

const FEW = 30; // ranks that fit on a plain axis

/** Steps over the ranks, closed set; the first system carries its 95 % band. */
export function cmcChart({ curves, enrolled }: MatchCurves, frame: Frame): Chart {
  const { ink } = frame;
  const most = Math.max(2, ...curves.flatMap(({ ranks }) => ranks.map(({ rank }) => rank)));
  const lowest = Math.min(...curves.flatMap(({ ranks }) => ranks.map(({ rate }) => rate.low ?? rate.value)));
  const floor = Math.max(0, Math.min(0.9, Math.floor(lowest * 10 - 1e-9) / 10));
  const isFew = most <= FEW;
  const ticks = isFew ? ranksBetween(most, most > 12 ? 5 : 1) : [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter((rank) => rank <= most);
  return draw(`Cumulative match characteristic of ${curves.map(({ name }) => name).join(', ')}.`, {
    marginLeft: 52, marginBottom: 42, marginTop: 22, marginRight: 16,
    x: { type: isFew ? 'linear' : 'log', domain: [1, most], ticks, tickFormat: String, label: `Rank (of ${enrolled} enrolled)`, labelAnchor: 'center', labelArrow: 'none', tickSize: 0 },
    y: { domain: [floor, 1], ticks: 5, tickFormat: numberTick, label: 'Searches whose mate is found', labelArrow: 'none', tickSize: 0 },
    marks: [
      Plot.gridX(ticks, { stroke: ink.grid, strokeOpacity: 1 }),
      Plot.gridY({ stroke: ink.grid, strokeOpacity: 1, ticks: 5 }),
      ...curves.flatMap((curve, index) => curveMarks(curve, index, { frame, isDotted: isFew })),
      keyMark(curves.map(({ name }, index) => ({ name, color: systemColor(ink, index), dash: dashOf(index) })), 'bottom-right', ink),
    ],
  }, frame);
}

function curveMarks({ ranks }: MatchCurve, index: number, { frame: { ink }, isDotted }: { frame: Frame; isDotted: boolean }): Plot.Markish[] {
  const color = systemColor(ink, index);
  const points = ranks.map(({ rank, rate }) => ({ rank, rate: rate.value, low: rate.low, high: rate.high }));
  const banded = index === 0 ? points.filter(({ low, high }) => low !== null && high !== null) : [];
  return [
    Plot.areaY(banded, { x: 'rank', y1: 'low', y2: 'high', curve: 'step-after', fill: color, fillOpacity: 0.16 }),
    Plot.lineY(points, { x: 'rank', y: 'rate', curve: 'step-after', stroke: color, strokeWidth: index === 0 ? 2 : 1.5, strokeDasharray: dashOf(index) }),
    ...(isDotted ? [Plot.dot(points, { x: 'rank', y: 'rate', r: 2.5, fill: color })] : []),
  ];
}

const ranksBetween = (most: number, step: number): number[] => [1, ...Array.from({ length: most }, (_, at) => at + 1).filter((rank) => rank > 1 && rank % step === 0)];
