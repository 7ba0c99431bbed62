import * as Plot from '@observablehq/plot';
import type { SliceRate } from '../contract/requests/explore.ts';
import { rateWords } from '../evaluation/number-words.ts';
import { draw } from './draw.ts';
import type { Chart, Frame } from './frame.ts';
import { percentTick } from './tick-words.ts';

export interface SlicedRates {
  readonly kind: 'FNMR' | 'FMR';
  readonly groups: readonly { readonly name: string; readonly rate: SliceRate }[];
  /** Of everybody, at the same threshold. */
  readonly overall: number;
}

const ROW = 34;
const LETTERS = 18;
const MARGINS = { top: 14, bottom: 42, left: 116, right: 16 };
/** Of the reasons of withheld rates, which are broken into lines where there is no room for one. */
const REASON = { size: 11, inset: 6 };

/** The height that so many groups need. */
export const slicesHeight = (groups: number): number => MARGINS.top + MARGINS.bottom + ROW * Math.max(1, groups);

interface Shown { row: number; value: number; low: number; high: number }

/** An error rate of each group with its 95 % interval, one row a group, beside the rate of everybody. */
export function slicesChart({ kind, groups, overall }: SlicedRates, frame: Frame): Chart {
  const { ink } = frame;
  const color = kind === 'FNMR' ? ink.mated : ink.nonMated;
  const shown = groups.flatMap(({ rate: { rate } }, row): Shown[] => (rate === null ? [] : [{ row, value: rate.value, low: rate.low, high: rate.high }]));
  const withheld = groups.flatMap(({ rate }, row) => (rate.rate === null ? [{ row, reason: rate.reason ?? 'withheld' }] : []));
  const most = Math.max(1e-4, overall, ...shown.map(({ high }) => high)) * 1.08;
  const reasonEms = (frame.width - MARGINS.left - MARGINS.right - REASON.inset) / REASON.size;
  const marks: Plot.Markish[] = [
    Plot.gridX({ stroke: ink.grid, strokeOpacity: 1, ticks: 5 }),
    Plot.ruleX([overall], { stroke: ink.threshold, strokeDasharray: '3 3' }),
    Plot.link(shown, { x1: 'low', x2: 'high', y1: 'row', y2: 'row', stroke: color, strokeWidth: 2 }),
    Plot.dot(shown, { x: 'value', y: 'row', r: 5, fill: color, stroke: ink.halo, symbol: kind === 'FNMR' ? 'circle' : 'square' }),
    Plot.text(withheld, { x: 0, y: 'row', text: 'reason', dx: REASON.inset, textAnchor: 'start', fill: ink.faint, stroke: ink.halo, strokeWidth: 4, fontSize: REASON.size, lineWidth: reasonEms }),
  ];
  return draw(`${kind} of each group with its 95 % interval.`, {
    marginLeft: MARGINS.left, marginBottom: MARGINS.bottom, marginTop: MARGINS.top, marginRight: MARGINS.right,
    x: { domain: [0, most], ticks: 5, tickFormat: kind === 'FNMR' ? percentTick : rateWords, label: `${kind} (dashed: everybody)`, labelAnchor: 'center', labelArrow: 'none', tickSize: 0 },
    y: { domain: [groups.length - 0.5, -0.5], ticks: groups.map((_, row) => row), tickFormat: (row: number) => shortened(groups[row]?.name ?? ''), label: null, tickSize: 0 },
    marks,
  }, frame);
}

const shortened = (name: string): string => (name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name);
