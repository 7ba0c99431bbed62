import * as Plot from '@observablehq/plot';
import { rateWords } from '../evaluation/number-words.ts';
import type { Chart, Frame } from './frame.ts';
import type { ErrorCurve, ErrorCurves, ErrorPoint } from './error-curves.ts';
import type { Ink } from './ink.ts';
import { draw } from './draw.ts';
import { thresholdMark } from './threshold-mark.ts';
import { weakBelow } from './error-curves.ts';
import { dashOf, systemColor } from './ink.ts';
import { keyMark } from './key-mark.ts';
import { decades, numberTick } from './tick-words.ts';
import { zeroErrorMark } from './zero-error-mark.ts';

const WIDTH_FOR_WORDS = 420; // a chart that is smaller than this is a picture, not a figure

/**
 * Receiver operating characteristic: x = FMR on a logarithmic axis from 1/N up, y = TMR = 1 - FNMR. A curve ends where its
 * data end, the ground is shaded below 30/N, and the first system carries its 95 % band.
 */
export function rocChart({ curves, nonMated, threshold }: ErrorCurves, frame: Frame): Chart {
  const { ink } = frame;
  const lowest = Math.min(0.1, 1 / nonMated);
  const floor = lowestRate(curves);
  const marks: Plot.Markish[] = [
    ...ground({ lowest, floor, nonMated, rows: frame.height < 240 ? 4 : 6 }, ink),
    ...zeroErrorMark(nonMated, { place: (rate) => rate, top: 1 }, frame),
    ...curves.flatMap((curve, index) => curveMarks(curve, index, ink)),
    ...(frame.width < WIDTH_FOR_WORDS ? [] : [weakGroundWords(ink)]),
    ...thresholdMark(curves[0], threshold, { ink, y: (point) => 1 - point.fnmr }),
    keyMark(curves.map((curve, index) => ({ name: curve.name, color: systemColor(ink, index), dash: dashOf(index) })), 'bottom-right', ink),
  ];
  const options: Plot.PlotOptions = {
    marginLeft: 52, marginBottom: 42, marginTop: 22, marginRight: 16,
    x: { type: 'log', domain: [lowest, 1], ticks: decades(lowest, 1), tickFormat: rateWords, label: 'False match rate (FMR)', labelAnchor: 'center', labelArrow: 'none', tickSize: 0 },
    y: { domain: [floor, 1], ticks: frame.height < 240 ? 4 : 6, tickFormat: numberTick, label: 'True match rate (1 − FNMR)', labelArrow: 'none', tickSize: 0 },
    marks,
  };
  return draw(`ROC curve of ${curves.map((curve) => curve.name).join(', ')}: true match rate against false match rate.`, options, frame);
}

function ground(limits: { lowest: number; floor: number; nonMated: number; rows: number }, ink: Ink): Plot.Markish[] {
  const { lowest, floor, nonMated, rows } = limits;
  const weak = weakBelow(nonMated);
  return [
    Plot.rect([0], { x1: lowest, x2: weak, y1: floor, y2: 1, fill: ink.shade }),
    Plot.gridX(decades(lowest, 1), { stroke: ink.grid, strokeOpacity: 1 }),
    Plot.gridY({ stroke: ink.grid, strokeOpacity: 1, ticks: rows }),
  ];
}

function weakGroundWords(ink: Ink): Plot.Markish {
  return Plot.text(['below 30/N: fewer than 30\nfalse matches expected'], {
    frameAnchor: 'bottom-left', dx: 8, dy: -8, lineAnchor: 'bottom', fill: ink.faint, stroke: ink.halo, strokeWidth: 4, fontSize: 10,
  });
}

function curveMarks(curve: ErrorCurve, index: number, ink: Ink): Plot.Markish[] {
  const points = curve.points.filter((point) => point.fmr > 0);
  const color = systemColor(ink, index);
  const banded = index === 0 ? points.filter((point) => point.low !== null && point.high !== null) : [];
  return [
    Plot.areaY(banded, { x: 'fmr', y1: (point: ErrorPoint) => 1 - point.high!, y2: (point: ErrorPoint) => 1 - point.low!, fill: color, fillOpacity: 0.16 }),
    Plot.lineY(points, { x: 'fmr', y: (point: ErrorPoint) => 1 - point.fnmr, stroke: color, strokeWidth: index === 0 ? 2 : 1.5, strokeDasharray: dashOf(index) }),
  ];
}

/** The tenth below the lowest true match rate that is drawn, so that good systems fill the picture. */
function lowestRate(curves: readonly ErrorCurve[]): number {
  let lowest = 1;
  for (const { points } of curves) {
    for (const { fmr, fnmr, high } of points) if (fmr > 0) lowest = Math.min(lowest, 1 - (high ?? fnmr));
  }
  return Math.max(0, Math.min(0.9, Math.floor(lowest * 10) / 10));
}
