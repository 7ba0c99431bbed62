import type { Population } from '../../src/evaluation/test-support/population.ts';
import { coverageSteps, differencesTrial, figuresTrial, groupsTrial } from '../../src/evaluation/test-support/population.ts';

/** What is tried on a population: every figure of one system, the differences of two, the rates of groups. */
export const TRIALS = { figures: figuresTrial, differences: differencesTrial, groups: groupsTrial };

/** What one process of `bench -- coverage` does. Its argument and its answer are JSON. */
export interface CoverageTask {
  readonly population: Population;
  readonly trial: keyof typeof TRIALS;
  readonly trials: number;
  readonly firstSeed: number;
  readonly replicates: number;
}

if (import.meta.main) {
  const { population, trial, ...plan } = JSON.parse(process.argv[2]!) as CoverageTask;
  const steps = coverageSteps(population, { trial: TRIALS[trial], ...plan });
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    if (step.value % 100 === 0) console.error(`bench: ${trial} of ${population.subjects} subjects, ${population.matedEach} mated scores each: ${step.value} of ${plan.trials} trials`);
  }
  console.log(JSON.stringify(step.value));
}
