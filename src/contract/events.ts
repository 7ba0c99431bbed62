import type { Job } from './jobs.ts';
import type { Costliest, RunEpoch, RunStep } from './requests/runs.ts';
import type { DeskState } from './requests/desk.ts';

/** Kinds of things whose lists a screen may be showing; a `changed` event says which to ask for again. */
export type Topic = 'session' | 'desk' | 'datasets' | 'runs' | 'models' | 'subjects' | 'evaluations' | 'thresholds';

/** What the desk tells every open window without being asked. */
export type DeskEvent =
  | { type: 'job'; job: Job }
  | { type: 'run.step'; runId: string; step: RunStep }
  | { type: 'run.epoch'; runId: string; epoch: RunEpoch }
  | { type: 'run.costliest'; runId: string; costliest: Costliest }
  | { type: 'engine'; state: DeskState['engine']; message: string | null }
  | { type: 'changed'; topic: Topic };

export type DeskListener = (event: DeskEvent) => void;
