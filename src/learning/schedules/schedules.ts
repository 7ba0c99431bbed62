import type { Schedule } from '../../contract/recipe/training.ts';
import { cosine } from './cosine.ts';
import { plateau } from './plateau.ts';
import { stepwise } from './step.ts';

/** Where a run stands when it asks for its learning rate. */
export interface ScheduleMoment {
  /** Steps taken, and steps in the whole run. */
  step: number;
  totalSteps: number;
  /** Epochs finished. */
  epoch: number;
  /** What every finished epoch reached; smaller is better. */
  history: readonly number[];
}

/** The share of the recipe's learning rate that holds at a moment. Pure: a resumed run gets the same. */
export function learningRateShare(schedule: Schedule, moment: ScheduleMoment): number {
  switch (schedule.name) {
    case 'constant': return 1;
    case 'step': return stepwise(schedule, moment.epoch);
    case 'cosine': return cosine(schedule, moment.step / moment.totalSteps);
    case 'plateau': return plateau(schedule, moment.history);
  }
}
