import * as Plot from '@observablehq/plot';
import { rateWords } from '../evaluation/number-words.ts';
import type { Chart, Frame } from './frame.ts';
import type { ErrorCurve, ErrorCurves, ErrorPoint } from './error-curves.ts';
import type { Ink } from './ink.ts';
import { normalDeviate } from '../evaluation/normal-deviate.ts';
import { draw } from './draw.ts';
import { thresholdMark } from './threshold-mark.ts';
import { weakBelow } from './error-curves.ts';
import { dashOf, systemColor } from './ink.ts';
import { keyMark } from './key-mark.ts';
import { decades } from './tick-words.ts';
import { zeroErrorMark } from './zero-error-mark.ts';

/** `log`: both axes logarithmic (faces, many comparisons); `probit`: both on the normal deviate scale (small finger sets). */
export type DetScale = 'log' | 'probit';

/** What the axes are called. Open-set identification draws the same picture of other rates. */
export interface DetWords {
  readonly x: string;
  readonly y: string;
  readonly rates: string;
  /** What is said where every error on y is zero, of which these axes show nothing. */
  readonly none: string;
}

const VERIFICATION: DetWords = { x: 'False match rate (FMR)', y: 'False non-match rate (FNMR)', rates: 'FNMR against FMR', none: 'No mated comparison failed at any FMR above 0' };
export const OPEN_SET: DetWords = { x: 'False positive identification rate (FPIR)', y: 'False negative identification rate (FNIR)', rates: 'FNIR against FPIR', none: 'No search missed its mate at any FPIR above 0' };

const PROBIT_TICKS = [1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8];
const HIGHEST_PROBIT = 0.9;

/** Detection error trade-off: x = FMR, y = FNMR (Martin et al., Eurospeech 1997). Neither scale has a zero. */
export function detChart({ curves, mated, nonMated, threshold }: ErrorCurves, frame: Frame & { readonly scale: DetScale; readonly words?: DetWords }): Chart {
  const { ink, scale, words = VERIFICATION } = frame;
  const highest = scale === 'log' ? 1 : HIGHEST_PROBIT;
  const x = axisScale({ lowest: Math.min(0.1, 1 / nonMated), highest, scale });
  const y = axisScale({ lowest: Math.min(0.1, 1 / mated), highest, scale });
  const weak = Math.min(highest, weakBelow(nonMated));
  const weakRows = Math.min(highest, weakBelow(mated));
  const isFlawless = curves.every(({ points }) => points.every(({ fmr, fnmr }) => fmr === 0 || fnmr === 0));
  const options: Plot.PlotOptions = {
    marginLeft: 52, marginBottom: 42, marginTop: 22, marginRight: 16,
    x: { ...x.options, label: words.x, labelAnchor: 'center', labelArrow: 'none', tickSize: 0 },
    y: { ...y.options, label: words.y, labelArrow: 'none', tickSize: 0 },
    marks: [
      Plot.rect([0], { x1: x.at(x.lowest), x2: x.at(weak), y1: y.at(y.lowest), y2: y.at(highest), fill: ink.shade }),
      Plot.rect([0], { x1: x.at(weak), x2: x.at(highest), y1: y.at(y.lowest), y2: y.at(weakRows), fill: ink.shade }),
      Plot.gridX(x.ticks.map(x.at), { stroke: ink.grid, strokeOpacity: 1 }),
      Plot.gridY(y.ticks.map(y.at), { stroke: ink.grid, strokeOpacity: 1 }),
      ...zeroErrorMark(nonMated, { place: x.at, top: y.at(highest) }, frame),
      ...bandMark(curves[0], { x, y, highest }, ink),
      ...curves.flatMap((curve, index) => curveMarks(drawable(curve, highest), { x: x.at, y: y.at, index }, ink)),
      Plot.text(isFlawless ? [words.none] : [], { frameAnchor: 'middle', fill: ink.faint, stroke: ink.halo, strokeWidth: 3, fontSize: 12 }),
      ...thresholdMark(curves[0], threshold, { ink, x: (point) => x.at(point.fmr), y: (point) => y.at(point.fnmr) }),
      keyMark(curves.map((curve, index) => ({ name: curve.name, color: systemColor(ink, index), dash: dashOf(index) })), 'top-right', ink),
    ],
  };
  const chart = draw(`DET curve of ${curves.map((curve) => curve.name).join(', ')}: ${words.rates}.`, options, frame);
  return { ...chart, x: { ...chart.x, at: (rate) => chart.x.at(x.at(rate)) }, y: { ...chart.y, at: (rate) => chart.y.at(y.at(rate)) } };
}

interface RateAxis {
  lowest: number;
  ticks: number[];
  /** Where a rate lies on Plot's own axis. */
  at(rate: number): number;
  options: Plot.ScaleOptions;
}

function axisScale({ lowest, highest, scale }: { lowest: number; highest: number; scale: DetScale }): RateAxis {
  if (scale === 'log') {
    const ticks = decades(lowest, highest);
    return { lowest, ticks, at: (rate) => rate, options: { type: 'log', domain: [lowest, highest], ticks, tickFormat: rateWords } };
  }
  const ticks = PROBIT_TICKS.filter((tick) => tick >= lowest && tick <= highest);
  const labels = new Map(ticks.map((tick) => [normalDeviate(tick), rateWords(tick)]));
  return {
    lowest,
    ticks,
    at: normalDeviate,
    options: { domain: [normalDeviate(lowest), normalDeviate(highest)], ticks: [...labels.keys()], tickFormat: (tick: number) => labels.get(tick) ?? '' },
  };
}

/** The part of a curve that both axes can show. */
function drawable(curve: ErrorCurve, highest: number): ErrorPoint[] {
  return curve.points.filter(({ fmr, fnmr }) => fmr > 0 && fnmr > 0 && fmr <= highest && fnmr <= highest);
}

interface Placement { x(rate: number): number; y(rate: number): number; index: number }

/** The interval of the first curve, also where it reaches down to no error, and where none was seen. */
function bandMark(curve: ErrorCurve | undefined, { x, y, highest }: { x: RateAxis; y: RateAxis; highest: number }, ink: Ink): Plot.Markish[] {
  const banded = curve?.points.filter(({ fmr, low, high }) => fmr > 0 && fmr <= highest && low !== null && high !== null) ?? [];
  const within = (rate: number): number => y.at(Math.min(highest, Math.max(y.lowest, rate)));
  return [Plot.areaY(banded, { x: (point: ErrorPoint) => x.at(point.fmr), y1: (point: ErrorPoint) => within(point.low!), y2: (point: ErrorPoint) => within(point.high!), fill: systemColor(ink, 0), fillOpacity: 0.16, clip: true })];
}

function curveMarks(points: ErrorPoint[], { x, y, index }: Placement, ink: Ink): Plot.Markish[] {
  const color = systemColor(ink, index);
  return [
    Plot.lineY(points, { x: (point: ErrorPoint) => x(point.fmr), y: (point: ErrorPoint) => y(point.fnmr), stroke: color, strokeWidth: index === 0 ? 2 : 1.5, strokeDasharray: dashOf(index), clip: true }),
  ];
}
