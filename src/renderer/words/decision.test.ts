import { expect, it } from 'vitest';
import { decisionWords } from './decision.ts';

const threshold = {
  modelId: 'model-2', transform: 'none' as const, threshold: 0.43, targetFmr: 1e-3, fmr: { value: 1e-3, low: 6e-4, high: 1.6e-3 }, fnmr: { value: 0.04, low: 0.02, high: 0.06 },
  nonMatedComparisons: 4500, datasetName: 'ORL', evaluationId: 'evaluation-1', chosenAt: 0,
};
const model = { id: 'model-2', name: 'faces-2' };
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

it('words a decision with its score, threshold, error and model', () => {
  expect(plain(decisionWords({ score: 0.71, isMatch: true, threshold, model, transform: 'none' }))).toBe(
    'Match. Score 0.71, threshold 0.43 (FMR 1e-3, 95 %: 0.6e-3 to 1.6e-3), model faces-2.',
  );
  expect(decisionWords({ score: 0.2, isMatch: false, threshold, model, transform: 'none' })).toMatch(/^Non-match\. Score 0\.20, /);
});

it('does not decide without a threshold', () => {
  expect(decisionWords({ score: 0.71, isMatch: null, threshold: null, model, transform: 'none' })).toBe('No decision: no threshold has been chosen. Score 0.71, model faces-2.');
});
