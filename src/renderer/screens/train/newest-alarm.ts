import type { RunEpoch, RunStep } from '../../../contract/requests/runs.ts';

export interface RunAlarm {
  /** "since step 1,204", "in epoch 3". */
  since: string;
  words: string;
}

/**
 * The newest alarm of a run: present while nothing newer contradicts it, else past. Steps raise it within an epoch; the end of
 * an epoch confirms it on people the network does not learn from, or takes it back.
 */
export function newestAlarm({ steps, epochs }: { steps: readonly RunStep[]; epochs: readonly RunEpoch[] }): { present: RunAlarm | null; past: RunAlarm | null } {
  const lastEpoch = epochs.at(-1);
  const ofSteps = steps.flatMap(({ step, alarm }) => (alarm === null ? [] : [{ step, alarm: { since: `since step ${step}`, words: alarm } }]));
  const ofEpochs = epochs.flatMap(({ epoch, step, alarm }) => (alarm === null ? [] : [{ step, alarm: { since: `in epoch ${epoch + 1}`, words: alarm } }]));
  const newest = [...ofSteps, ...ofEpochs].sort((one, other) => other.step - one.step)[0];
  if (!newest) return { present: null, past: null };
  const isPresent = !lastEpoch || newest.step > lastEpoch.step || lastEpoch.alarm !== null;
  return isPresent ? { present: newest.alarm, past: null } : { present: null, past: newest.alarm };
}
