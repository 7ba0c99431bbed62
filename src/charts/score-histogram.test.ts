import { expect, it } from 'vitest';
import { svgFile } from './figure-file.ts';
import { scoreHistogram } from './score-histogram.ts';
import { scoreScale } from './score-scale.ts';
import { testFrame } from './test-support/frame.ts';

const counts = { edges: [-0.5, 0, 0.5, 1], mated: [0, 10, 30], nonMated: [300, 100, 0] };

it('shows each kind as a share of its own comparisons, so that few mated ones can be seen beside many others', () => {
  const { y } = scoreHistogram(counts, { ...testFrame(), heights: 'share' });
  expect(y.value(y.range[1])).toBeCloseTo(0.75 * 1.12, 6);
});

it('shows a bin of one comparison on the logarithmic axis', () => {
  const { y } = scoreHistogram({ ...counts, mated: [0, 1, 30] }, { ...testFrame(), heights: 'log-count' });
  expect(y.at(1)).toBeLessThan(y.range[0]);
});

it('names both kinds at their peaks and draws one dashed', () => {
  const svg = svgFile(scoreHistogram(counts, { ...testFrame(), heights: 'share' }), testFrame());
  expect(svg).toMatch(/>Mated</);
  expect(svg).toMatch(/>Non-mated</);
  expect(svg).toContain('stroke-dasharray="3 2"');
});

it('names a peak at an end of the axis towards the middle, where the word is not cut', () => {
  const edges = Array.from({ length: 11 }, (_, at) => at / 10);
  const only = (bin: number): number[] => edges.slice(1).map((_, at) => (at === bin ? 9 : 0));
  const anchorOf = (bin: number): string | null => [...scoreHistogram({ edges, mated: only(bin), nonMated: only(5) }, { ...testFrame(), heights: 'share' }).svg.querySelectorAll('text')]
    .find(({ textContent }) => textContent === 'Mated')?.closest('[text-anchor]')?.getAttribute('text-anchor') ?? 'start';
  expect([anchorOf(4), anchorOf(9)]).toEqual(['start', 'end']);
});

it('survives an evaluation without a mated comparison', () => {
  const svg = svgFile(scoreHistogram({ ...counts, mated: [0, 0, 0] }, { ...testFrame(), heights: 'share' }), testFrame());
  expect(svg).not.toContain('NaN');
});

it('widens the scale to a score outside the known ones, and changes the shape of the needle with the decision', () => {
  const match = scoreScale({ score: 1, threshold: 0.4, counts: null }, testFrame({ height: 150 }));
  const apart = scoreScale({ score: -0.7, threshold: 0.4, counts }, testFrame({ height: 150 }));
  expect(apart.x.value(apart.x.range[0])).toBeCloseTo(-0.7, 6);
  const shape = (svg: typeof match.svg): string | null => svg.querySelector('[stroke-width="1.5"] path, path[d*="A"], circle')?.getAttribute('d') ?? null;
  expect(shape(match.svg)).not.toBe(shape(apart.svg));
  expect(match.svg.getAttribute('aria-label')).toBe('Score 1, threshold 0.4.');
});

it('calls a score a cosine, but not one of another program', () => {
  const words = (measure?: null): string => svgFile(scoreHistogram(counts, { ...testFrame(), heights: 'share', measure }), testFrame());
  expect(words()).toContain('>Comparison score (cosine)<');
  expect(words(null)).toContain('>Comparison score<');
});
