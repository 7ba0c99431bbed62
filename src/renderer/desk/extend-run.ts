import type { DeskEvent } from '../../contract/events.ts';
import type { RequestOutput } from '../../contract/requests.ts';
import type { RunEpoch, RunStep } from '../../contract/requests/runs.ts';

export type CurveEvent = Extract<DeskEvent, { type: 'run.step' | 'run.epoch' | 'run.costliest' }>;

/** The answer with the new steps, epochs and costliest comparisons; what it has already is not added twice. */
export function extended(answer: RequestOutput<'runs.get'>, events: readonly CurveEvent[]): RequestOutput<'runs.get'> {
  const lastStep = answer.steps.at(-1)?.step ?? -1;
  const steps = events.flatMap((event): RunStep[] => (event.type === 'run.step' && event.step.step > lastStep ? [event.step] : []));
  const epochs = events.flatMap((event): RunEpoch[] => (event.type === 'run.epoch' ? [event.epoch] : []));
  const isReplaced = (old: RunEpoch): boolean => epochs.some((epoch) => epoch.epoch === old.epoch);
  const hasNewBest = epochs.some((epoch) => epoch.kept);
  const kept = answer.epochs.filter((old) => !isReplaced(old)).map((old) => (hasNewBest ? { ...old, kept: false } : old));
  return {
    run: { ...answer.run, epoch: Math.max(answer.run.epoch, ...epochs.map((epoch) => epoch.epoch + 1)) },
    steps: [...answer.steps, ...steps],
    epochs: [...kept, ...epochs],
    costliest: events.reduce((latest, event) => (event.type === 'run.costliest' ? event.costliest : latest), answer.costliest),
  };
}
