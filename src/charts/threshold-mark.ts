import * as Plot from '@observablehq/plot';
import type { ErrorCurve, ErrorPoint } from './error-curves.ts';
import type { Ink } from './ink.ts';
import { pointAtThreshold } from './error-curves.ts';
import { numberTick } from './tick-words.ts';

interface MarkPlace {
  ink: Ink;
  /** Where the point lies on the axes; the FMR itself when left out. */
  x?: (point: ErrorPoint) => number;
  y: (point: ErrorPoint) => number;
}

/** The point that a threshold makes on a curve, for figures that do not move. */
export function thresholdMark(curve: ErrorCurve | undefined, threshold: number | undefined, { ink, x, y }: MarkPlace): Plot.Markish[] {
  const point = curve && threshold !== undefined ? pointAtThreshold(curve, threshold) : null;
  if (point === null || point.fmr <= 0) return [];
  const place = { x: x ? x(point) : point.fmr, y: y(point) };
  return [
    Plot.dot([place], { x: 'x', y: 'y', r: 5, fill: ink.halo, stroke: ink.threshold, strokeWidth: 2 }),
    Plot.text([`threshold ${numberTick(Number(threshold!.toFixed(2)))}`], { x: place.x, y: place.y, dx: 9, dy: 10, textAnchor: 'start', fill: ink.text, stroke: ink.halo, strokeWidth: 4 }),
  ];
}
