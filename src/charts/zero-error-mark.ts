import * as Plot from '@observablehq/plot';
import { supportLimits } from '../evaluation/support-limits.ts';
import type { Frame } from './frame.ts';

const WIDTH_FOR_WORDS = 420; // a chart that is smaller than this is a picture, not a figure

/** Where FMR = 3/N lies on the axis: with no false match in N comparisons, the rate is below this at 95 % (rule of 3). */
export function zeroErrorMark(nonMated: number, { place, top }: { place: (rate: number) => number; top: number }, { ink, width }: Frame): Plot.Markish[] {
  const { zeroErrorBound } = supportLimits(nonMated);
  if (zeroErrorBound >= 1 || width < WIDTH_FOR_WORDS) return [];
  const x = place(zeroErrorBound);
  return [
    Plot.ruleX([x], { stroke: ink.faint, strokeOpacity: 0.7, strokeDasharray: '1 3' }),
    Plot.text(['3/N'], { x: [x], y: [top], dx: 4, dy: 4, textAnchor: 'start', lineAnchor: 'top', fill: ink.faint, stroke: ink.halo, strokeWidth: 3, fontSize: 10 }),
  ];
}
