import { expect, it } from 'vitest';
import type { RunEpoch, RunStep } from '../../../contract/requests/runs.ts';
import { newestAlarm } from './newest-alarm.ts';

const step = (number: number, alarm: string | null = null) => ({ step: number, alarm }) as RunStep;
const epoch = (number: number, alarm: string | null = null) => ({ epoch: number, step: number * 10 + 9, alarm }) as RunEpoch;

it('has nothing to say of a run without an alarm', () => {
  expect(newestAlarm({ steps: [step(1)], epochs: [epoch(0)] })).toEqual({ present: null, past: null });
});

it('holds within an epoch from the step that raised it', () => {
  expect(newestAlarm({ steps: [step(12), step(15, 'coincide')], epochs: [epoch(0)] }).present).toEqual({ since: 'since step 15', words: 'coincide' });
});

it('is confirmed by the end of its epoch, or taken back', () => {
  const steps = [step(15, 'coincide')];
  expect(newestAlarm({ steps, epochs: [epoch(0), epoch(1, 'different people coincide')] }).present?.since).toBe('in epoch 2');
  expect(newestAlarm({ steps, epochs: [epoch(0), epoch(1)] })).toEqual({ present: null, past: { since: 'since step 15', words: 'coincide' } });
});
