import { expect, it } from 'vitest';
import type { RunStep } from '../../../contract/requests/runs.ts';
import { skippedWords } from '../../../contract/skipped-anchors.ts';
import { skippedAnchors } from './skipped-anchors.ts';

const step = (number: number, epoch: number, skipped: Record<string, number>) => ({ step: number, epoch, skipped }) as RunStep;

it('counts the anchors of the newest epoch by reason, the most frequent first', () => {
  const steps = [step(0, 0, { notMined: 30 }), step(1, 1, { notMined: 4, noPositive: 1, zeroVector: 0 }), step(2, 1, { notMined: 2, noPositive: 7, zeroVector: 0 })];
  expect(skippedAnchors(steps)).toEqual([{ reason: 'noPositive', last: 7, mean: 4 }, { reason: 'notMined', last: 2, mean: 3 }]);
  expect(skippedAnchors([])).toEqual([]);
});

it('has words for every reason that a loss gives, and shows a new one by its name', () => {
  for (const reason of ['noPositive', 'noNegative', 'notMined', 'zeroVector']) expect(skippedWords(reason)).toMatch(/ .* /);
  expect(skippedWords('somethingNew')).toBe('somethingNew');
});
