import { expect, it } from 'vitest';
import type { SliceRate, ZooReport } from '../contract/requests/explore.ts';
import { svgFile } from './figure-file.ts';
import { groupsOf } from './group-marks.ts';
import { slicesChart } from './slices-chart.ts';
import { templateMap } from './template-map.ts';
import { testFrame } from './test-support/frame.ts';
import { zooChart } from './zoo-chart.ts';

const person = (subject: string, matedMean: number, nonMatedMean: number, animal: ZooReport['subjects'][number]['animal']) => ({ subject, matedMean, nonMatedMean, animal, matedCount: 6, nonMatedCount: 60 });
const zoo: ZooReport = {
  subjects: [person('a', 0.2, 0.4, 'worm'), person('b', 0.5, 0.2, null), person('c', 0.8, 0.1, 'dove')],
  matedQuartiles: [0.35, 0.65], nonMatedQuartiles: [0.15, 0.3], unplaced: [], failures: 0,
  corners: [{ animal: 'dove', count: 1, chance: 0.5 }, { animal: 'worm', count: 1, chance: 0.5 }, { animal: 'chameleon', count: 0, chance: 1 }, { animal: 'phantom', count: 0, chance: 1 }],
};

it('the zoo plot has mated scores to the right, non-mated scores up, and names its corners', () => {
  const chart = zooChart(zoo, testFrame());
  expect(chart.x.at(0.8)).toBeGreaterThan(chart.x.at(0.2));
  expect(chart.y.at(0.4)).toBeLessThan(chart.y.at(0.1));
  const text = svgFile(chart, testFrame());
  for (const words of ['1 worm', '1 dove', '0 chameleons', '0 phantoms']) expect(text).toContain(words);
  expect(text).not.toContain('var(--');
});

it('a slice shows its rate and interval, or why it has none, beside everybody', () => {
  const known: SliceRate = { rate: { value: 0.1, low: 0.05, high: 0.2, errors: 10 }, reason: null, comparisons: 100, subjects: 10 };
  const withheld: SliceRate = { rate: null, reason: '4 comparisons; at least 30 are needed.', comparisons: 4, subjects: 2 };
  const chart = slicesChart({ kind: 'FNMR', groups: [{ name: 'yes', rate: known }, { name: 'no', rate: withheld }], overall: 0.08 }, testFrame());
  expect(chart.y.at(1)).toBeGreaterThan(chart.y.at(0));
  expect(chart.x.value(chart.x.range[1])).toBeGreaterThan(0.2);
  const text = svgFile(chart, testFrame());
  for (const words of ['yes', 'no', '4 comparisons; at least 30 are needed.', 'FNMR (dashed: everybody)']) expect(text).toContain(words);
});

it('a slice breaks its reason into lines where the frame is narrow', () => {
  const withheld: SliceRate = { rate: null, reason: '4 comparisons; at least 30 are needed.', comparisons: 4, subjects: 2 };
  const linesAt = (width: number): number => slicesChart({ kind: 'FNMR', groups: [{ name: 'no', rate: withheld }], overall: 0.08 }, testFrame({ width })).svg.querySelectorAll('tspan').length;
  expect([linesAt(800), linesAt(260)]).toEqual([0, 2]);
});

it('groups of the map that share a mark share a layer', () => {
  const { groups, groupOf } = groupsOf(Array.from({ length: 400 }, (_, sample) => `person ${sample % 200}`));
  const { svg } = templateMap({ points: Array.from({ length: 800 }, (_, at) => at), groupOf, groups }, testFrame());
  const layers = [...svg.children].filter((layer) => layer.children.length >= 400 / 200 && layer.querySelector('circle, path') !== null);
  expect(layers).toHaveLength(30);
  expect(layers.reduce((sum, layer) => sum + layer.children.length, 0)).toBe(400);
});

it('the map draws each sample once, and names its groups', () => {
  const { groups, groupOf } = groupsOf(['a', 'b', 'a', 'b', 'b']);
  const text = svgFile(templateMap({ points: [0, 0, 1, 1, 2, 0, 0, 2, 3, 3], groupOf, groups }, testFrame()), testFrame());
  // Five samples, two marks of the key.
  expect(text.match(/<circle|<path[^>]* d="M[^"]*"/g)?.length).toBeGreaterThanOrEqual(7);
  expect(text).toContain('>a</text>');
});
