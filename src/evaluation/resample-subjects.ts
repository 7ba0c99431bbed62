import type { Random } from './random.ts';
import { randomInteger } from './random.ts';
import { EvaluationError } from './score-set.ts';

export interface BootstrapPlan {
  /** Resamples to draw; 1000 or more for 95 % limits. */
  readonly replicates: number;
  /** Two-sided coverage aimed at, in (0, 1), such as 0.95. */
  readonly confidence: number;
  readonly random: Random;
}

/** With fewer subjects resamples are too alike for limits: Student's t would have less than 4 degrees of freedom. */
export const FEWEST_SUBJECTS = 5;

/** How often each subject is drawn in one resample of as many subjects. */
export function drawSubjects(subjectCount: number, random: Random): Int32Array {
  const weights = new Int32Array(subjectCount);
  for (let draw = 0; draw < subjectCount; draw++) weights[randomInteger(random, subjectCount)]!++;
  return weights;
}

const HALVINGS = 100;

/** Signs [subjects] that say which pairs of subjects count twice and which not at all (`weighHalvedPairs`), 100 times. */
export function* halvings(subjectCount: number, random: Random): Generator<Int32Array, void> {
  for (let halving = 0; halving < HALVINGS; halving++) yield Int32Array.from({ length: subjectCount }, () => (random() < 0.5 ? 1 : -1));
}

/**
 * @throws EvaluationError argument-out-of-range unless there is a whole number of replicates and a confidence in (0, 1);
 *   too-few-subjects for fewer than 2 subjects.
 */
export function checkPlan({ replicates, confidence }: BootstrapPlan, subjectCount: number): void {
  if (!Number.isInteger(replicates) || replicates < 1) {
    throw new EvaluationError('argument-out-of-range', `A whole number of replicates is needed, not ${replicates}.`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new EvaluationError('argument-out-of-range', `A confidence lies between 0 and 1; ${confidence} does not.`);
  }
  if (subjectCount < 2) throw new EvaluationError('too-few-subjects', 'Resampling subjects needs at least 2 subjects.');
}

/** @throws EvaluationError too-few-subjects where resamples give no limits. */
export function checkSubjects(subjectCount: number): void {
  if (subjectCount >= FEWEST_SUBJECTS) return;
  throw new EvaluationError('too-few-subjects', `An interval comes from resampling the subjects and needs at least ${FEWEST_SUBJECTS} of them; there are ${subjectCount}.`);
}
