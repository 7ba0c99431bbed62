import { expect, it } from 'vitest';
import type { MatchCurves } from './cmc-chart.ts';
import { cmcChart } from './cmc-chart.ts';
import { detChart, OPEN_SET } from './det-chart.ts';
import { discardChart } from './discard-chart.ts';
import { cmcCsv, discardCsv } from './figure-csv.ts';
import { svgFile } from './figure-file.ts';
import { testFrame } from './test-support/frame.ts';

const sure = (value: number) => ({ value, low: value - 0.05, high: Math.min(1, value + 0.05) });
const curves: MatchCurves = { enrolled: 40, curves: [{ name: 'faces-2', ranks: [{ rank: 1, rate: sure(0.8) }, { rank: 2, rate: sure(0.9) }, { rank: 20, rate: sure(1) }] }] };

it('the CMC begins at rank 1, states N, and leaves out the empty ground below its lowest rate', () => {
  const chart = cmcChart(curves, testFrame());
  expect(chart.x.value(chart.x.range[0])).toBeCloseTo(1, 9);
  expect(chart.y.value(chart.y.range[0])).toBeCloseTo(0.7, 9);
  expect(svgFile(chart, testFrame())).toContain('Rank (of 40 enrolled)');
  expect(cmcCsv(curves).split('\r\n').slice(0, 2)).toEqual(['system,enrolled,rank,rate,low_95,high_95', `faces-2,40,1,0.8,${0.8 - 0.05},${0.8 + 0.05}`]);
});

it('many ranks stand on a logarithmic axis', () => {
  const chart = cmcChart({ ...curves, curves: [{ name: 'faces-2', ranks: [{ rank: 1, rate: sure(0.5) }, { rank: 1000, rate: sure(0.9) }] }] }, testFrame());
  expect(chart.x.at(100) - chart.x.at(10)).toBeCloseTo(chart.x.at(10) - chart.x.at(1), 6);
});

it('the DET of an open-set search has the rates of searches on its axes', () => {
  const point = (fmr: number, fnmr: number) => ({ threshold: 0.5, fmr, fnmr, low: null, high: null });
  const text = svgFile(detChart({ curves: [{ name: 'faces-2', points: [point(0.1, 0.02), point(0.01, 0.2)] }], mated: 400, nonMated: 400 }, { ...testFrame(), scale: 'log', words: OPEN_SET }), testFrame());
  expect(text).toContain('(FPIR)');
  expect(text).toContain('(FNIR)');
  expect(text).not.toContain('(FMR)');
});

it('a curve of discards begins at the error of all comparisons, between the ideal and no knowledge', () => {
  const discard = { column: 'sharpness', steps: [{ discarded: 0, error: 0.2 }, { discarded: 0.5, error: 0.05 }] };
  const chart = discardChart(discard, testFrame());
  expect(chart.y.at(0.2)).toBeGreaterThan(chart.y.range[1]);
  const text = svgFile(chart, testFrame());
  for (const words of ['sharpness', 'no knowledge', 'ideal']) expect(text).toContain(words);
  expect(discardCsv(discard)).toBe('quality,discarded,fnmr\r\nsharpness,0,0.2\r\nsharpness,0.5,0.05\r\n');
});

it('says that no search missed its mate where there is no curve to draw, and draws the interval down to no error', () => {
  const flawless = [0.5, 0.1, 0.01].map((fmr) => ({ threshold: 1, fmr, fnmr: 0, low: 0, high: 0.05 }));
  const drawn = (points: typeof flawless): string => svgFile(detChart({ curves: [{ name: 'faces-2', points }], mated: 60, nonMated: 400 }, { ...testFrame(), scale: 'log', words: OPEN_SET }), testFrame());
  expect(drawn(flawless)).toContain('No search missed its mate at any FPIR above 0');
  expect(drawn(flawless.map((point) => ({ ...point, fnmr: 0.02 })))).not.toContain('No search missed');
  expect(/fill-opacity="0.16"[^>]*><path d="([^"]+)"/.exec(drawn(flawless))?.[1]).toMatch(/^M[\d.,LZ]+$/);
});
