import { expect, it } from 'vitest';
import type { RequestOutput } from '../../contract/requests.ts';
import type { RunEpoch, RunStep } from '../../contract/requests/runs.ts';
import { extended } from './extend-run.ts';

const step = (number: number): RunStep => ({
  step: number, epoch: 1, loss: 1, learningRate: 1e-3, activeShare: null, positiveDistance: null, negativeDistance: null, skipped: {}, imagesPerSecond: null, meanNorm: null, meanCosine: null, alarm: null,
});
const epoch = (number: number, kept: boolean): RunEpoch => ({
  epoch: number, step: number * 10, meanLoss: 1, validationEer: 0.1, learningRate: 1e-3, alarm: null, kept, durationMs: 1,
});
const answer = { run: { epoch: 1 }, steps: [step(1), step(2)], epochs: [epoch(1, true)], costliest: null } as unknown as RequestOutput<'runs.get'>;

it('adds only steps that are not there yet, since a reload may have brought some already', () => {
  const next = extended(answer, [{ type: 'run.step', runId: 'run', step: step(2) }, { type: 'run.step', runId: 'run', step: step(3) }]);
  expect(next.steps.map((one) => one.step)).toEqual([1, 2, 3]);
});

it('replaces an epoch that is told again, and moves the run on', () => {
  const next = extended(answer, [{ type: 'run.epoch', runId: 'run', epoch: epoch(2, false) }, { type: 'run.epoch', runId: 'run', epoch: epoch(1, true) }]);
  expect(next.epochs.map((one) => one.epoch).sort()).toEqual([1, 2]);
  expect(next.run.epoch).toBe(3); // epochs count from 0
});

it('keeps one epoch marked as kept', () => {
  const next = extended(answer, [{ type: 'run.epoch', runId: 'run', epoch: epoch(2, true) }]);
  expect(next.epochs.filter((one) => one.kept).map((one) => one.epoch)).toEqual([2]);
});

it('shows the newest of the costliest comparisons it is told', () => {
  const told = (number: number) => ({ type: 'run.costliest' as const, runId: 'run', costliest: { epoch: 1, step: number, items: [] } });
  expect(extended(answer, [told(4), told(9)]).costliest?.step).toBe(9);
  expect(extended(answer, []).costliest).toBeNull();
});
