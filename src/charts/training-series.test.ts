import { expect, it } from 'vitest';
import { svgFile } from './figure-file.ts';
import { trainingCsv } from './figure-csv.ts';
import { testFrame } from './test-support/frame.ts';
import { trainingChart } from './training-chart.ts';
import { seriesOf } from './training-series.ts';

const step = (number: number) => ({ step: number, loss: number, learningRate: 1e-3, activeShare: number % 2 ? 0.5 : null, positiveDistance: 0.4, negativeDistance: 1.3, meanNorm: 4, meanCosine: 0.1 });
const run = {
  name: '=faces, "2"',
  steps: Array.from({ length: 5000 }, (_, index) => step(index + 1)),
  epochs: [{ epoch: 0, step: 2500, validationEer: 0.2, kept: false }, { epoch: 1, step: 5000, validationEer: 0.1, kept: true }],
};

it('thins thousands of steps to about one a pixel, each the mean of its neighbours, and keeps the last', () => {
  const [loss] = seriesOf('loss', run);
  expect(loss!.points.length).toBeLessThanOrEqual(600);
  expect(loss!.points[0]).toEqual({ step: 9, value: 5 });
  expect(loss!.points.at(-1)!.step).toBe(5000);
});

it('leaves out what was not measured instead of drawing it as zero', () => {
  const few = { ...run, steps: [step(1), step(2), step(3)] };
  expect(seriesOf('active-share', few)[0]!.points.map((point) => point.step)).toEqual([1, 3]);
});

it('marks the epoch that was kept, once', () => {
  const svg = svgFile(trainingChart('validation-eer', { runs: [run] }, testFrame()), testFrame());
  expect(svg.match(/kept: epoch 2/g)).toHaveLength(1);
  expect(svg).not.toContain('kept: epoch 1');
});

it('draws a run that has not made a step yet', () => {
  expect(svgFile(trainingChart('loss', { runs: [{ name: 'new', steps: [], epochs: [] }] }, testFrame()), testFrame())).not.toContain('NaN');
});

it('quotes names in its CSV and disarms those that a spreadsheet would run', () => {
  const csv = trainingCsv([{ ...run, steps: [step(1)] }]);
  const lines = csv.split('\r\n');
  expect(lines[1]).toBe('"\'=faces, ""2""",step,1,,1,0.001,0.5,0.4,1.3,4,0.1,,');
  expect(lines[3]).toBe('"\'=faces, ""2""",epoch,5000,2,,,,,,,,0.1,true');
});
