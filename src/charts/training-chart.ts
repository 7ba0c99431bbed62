import * as Plot from '@observablehq/plot';
import { rateWords } from '../evaluation/number-words.ts';
import type { Chart, Frame } from './frame.ts';
import type { TrainingPanel, TrainingRun } from './training-series.ts';
import { draw } from './draw.ts';
import { dashOf, systemColor } from './ink.ts';
import { keyHeight, keyMark } from './key-mark.ts';
import { panelWords, seriesOf } from './training-series.ts';
import { numberTick } from './tick-words.ts';

export interface TrainingRuns { readonly runs: readonly TrainingRun[]; readonly firstIndex?: number }

const WIDTH_FOR_WORDS = 340; // a chart that is smaller than this is a picture, not a figure

/**
 * One panel of a training: a quantity by step, several runs overlaid. Steps are thin lines, epochs are dots, and the epoch
 * whose weights were kept is ringed, and named where it is the only one.
 *
 * @param firstIndex place of the first run among all that are compared, for its colour and dash.
 */
export function trainingChart(panel: TrainingPanel, { runs, firstIndex = 0 }: TrainingRuns, frame: Frame): Chart {
  const { ink } = frame;
  const words = panelWords[panel];
  const series = runs.map((run, place) => ({ run, index: firstIndex + place })).flatMap(({ run, index }) => seriesOf(panel, run).map((one) => ({
    ...one,
    color: one.kind === 'mated' ? ink.mated : one.kind === 'non-mated' ? ink.nonMated : systemColor(ink, index),
    dash: one.kind === 'non-mated' && runs.length === 1 ? '5 3' : dashOf(index),
  })));
  const lastStep = Math.max(10, ...series.flatMap((one) => one.points.map((point) => point.step)));
  const options: Plot.PlotOptions = {
    marginLeft: 52, marginBottom: 38, marginTop: 24 + keyHeight(runs.length), marginRight: 16,
    x: { domain: [0, lastStep], label: 'Step', labelAnchor: 'center', labelArrow: 'none', tickSize: 0, ticks: 6, tickFormat: '~s' },
    y: { ...words.axis, label: words.title, labelArrow: 'none', tickSize: 0, ticks: 4, tickFormat: words.isRate ? rateWords : words.isShare ? '%' : numberTick, nice: true },
    marks: [
      Plot.gridY({ stroke: ink.grid, strokeOpacity: 1, ticks: 4 }),
      ...series.flatMap((one) => [
        Plot.lineY(one.points, { x: 'step', y: 'value', stroke: one.color, strokeWidth: one.marker === 'dots' ? 1.75 : 1.25, strokeDasharray: one.dash, strokeOpacity: one.marker === 'dots' ? 1 : 0.85 }),
        ...(one.marker === 'dots' ? [Plot.dot(one.points, { x: 'step', y: 'value', r: 2.25, fill: one.color })] : []),
        ...keptMarks(one.points, { color: one.color, text: ink.text, halo: ink.halo, lastStep, isSmall: runs.length > 1 || frame.width < WIDTH_FOR_WORDS }),
      ]),
      keyMark(series.map(({ name, kind, color, dash }) => ({ name: kind === 'system' ? name : `${kindWords[kind]}${runs.length > 1 ? `, ${name}` : ''}`, color, dash })), runs.length > 1 ? 'above' : 'top-right', ink),
    ],
  };
  return draw(`${words.title} by training step.`, options, frame);
}

const kindWords = { 'mated': 'same class', 'non-mated': 'other class' } as const;

interface KeptStyle { color: string; text: string; halo: string; lastStep: number; isSmall: boolean }

function keptMarks(points: readonly { step: number; value: number; kept?: number }[], style: KeptStyle): Plot.Markish[] {
  const kept = points.filter((point) => point.kept !== undefined);
  if (kept.length === 0) return [];
  if (style.isSmall) return [Plot.dot(kept, { x: 'step', y: 'value', r: 5.5, stroke: style.color, strokeWidth: 2 })];
  const isRight = kept[0]!.step > style.lastStep * 0.7;
  // Words above the highest point would leave the chart.
  const isHigh = kept[0]!.value > 0.85 * Math.max(...points.map(({ value }) => value));
  return [
    Plot.dot(kept, { x: 'step', y: 'value', r: 5.5, stroke: style.color, strokeWidth: 2 }),
    Plot.text(kept, { x: 'step', y: 'value', text: (point: { kept?: number }) => `kept: epoch ${point.kept}`, dy: isHigh ? 18 : -15, dx: isRight ? 8 : 0, textAnchor: isRight ? 'end' : 'middle', fill: style.text, stroke: style.halo, strokeWidth: 4, fontWeight: 600 }),
  ];
}
