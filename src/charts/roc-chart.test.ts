import { expect, it } from 'vitest';
import type { ErrorCurves } from './error-curves.ts';
import { detChart } from './det-chart.ts';
import { svgFile } from './figure-file.ts';
import { rocChart } from './roc-chart.ts';
import { testFrame } from './test-support/frame.ts';

const points = [
  { threshold: 0.1, fmr: 1, fnmr: 0.005, low: 0.001, high: 0.01 },
  { threshold: 0.4, fmr: 0.1, fnmr: 0.05, low: 0.03, high: 0.08 },
  { threshold: 0.6, fmr: 0.01, fnmr: 0.2, low: 0.15, high: 0.26 },
  { threshold: 0.8, fmr: 0.001, fnmr: 0.4, low: 0.3, high: 0.5 },
];
const one: ErrorCurves = { curves: [{ name: 'faces-2', points }], mated: 500, nonMated: 1000 };
const two: ErrorCurves = { ...one, curves: [...one.curves, { name: 'raw pixels', points }] };

it('begins the FMR axis at one false match, whatever the data reach', () => {
  const frame = testFrame();
  const { x, y } = rocChart(one, frame);
  expect(x.value(x.range[0])).toBeCloseTo(1 / 1000, 9);
  expect(x.value(x.range[1])).toBeCloseTo(1, 9);
  expect(y.value(y.range[1])).toBeCloseTo(1, 9);
});

it('spaces decades of FMR evenly', () => {
  const { x } = rocChart(one, testFrame());
  expect(x.at(0.1) - x.at(0.01)).toBeCloseTo(x.at(0.01) - x.at(0.001), 6);
});

it('shades the ground below 30 false matches', () => {
  const frame = testFrame();
  const chart = rocChart(one, frame);
  const shade = chart.svg.querySelector(`[fill="${frame.ink.shade}"]`)!;
  const rectangle = shade.tagName.toLowerCase() === 'rect' ? shade : shade.querySelector('rect')!;
  const right = Number(rectangle.getAttribute('x')) + Number(rectangle.getAttribute('width'));
  expect(right).toBeCloseTo(chart.x.at(30 / 1000), 3);
});

it('tells systems apart by dash and not by colour alone, and names them', () => {
  const svg = svgFile(rocChart(two, testFrame()), testFrame());
  expect(svg).toContain('stroke-dasharray="6 3"');
  expect(svg).toContain('raw pixels');
  expect(svgFile(rocChart(one, testFrame()), testFrame())).not.toContain('stroke-dasharray="6 3"');
});

it('marks a threshold where its point lies on the first curve', () => {
  const chart = rocChart({ ...one, threshold: 0.55 }, testFrame());
  const circle = chart.svg.querySelector('circle')!;
  expect(Number(circle.getAttribute('cx'))).toBeCloseTo(chart.x.at(0.01), 3);
  expect(Number(circle.getAttribute('cy'))).toBeCloseTo(chart.y.at(0.8), 3);
});

it('draws the DET on probit axes where mated halves lie in the middle', () => {
  const { x } = detChart(one, { ...testFrame(), scale: 'probit' });
  expect(x.at(0.5) - x.at(0.2)).toBeCloseTo(x.at(0.8) - x.at(0.5), 6);
});

it('makes a file that needs nothing beside itself: no style, no variables, a namespace and a ground', () => {
  const frame = testFrame();
  const svg = svgFile(rocChart(two, frame), frame);
  expect(svg).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg /);
  expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  expect(svg).not.toMatch(/<style|var\(--|currentColor"? stroke="var/);
  expect(svg).not.toContain('&nbsp;');
});
