import { bootstrapIntervals } from '../../src/evaluation/bootstrap.ts';
import { seededRandom } from '../../src/evaluation/random.ts';
import type { AttributedScores } from '../../src/evaluation/attributed-scores.ts';
import type { Population } from '../../src/evaluation/test-support/population.ts';
import { coverageSteps, KNOWN_TRUTHS } from '../../src/evaluation/test-support/population.ts';

/** What one process of `bench -- coverage` does: the trials of one population. Its argument and its answer are JSON. */
export interface CoverageTask {
  readonly population: Population;
  readonly trials: number;
  readonly firstSeed: number;
  readonly replicates: number;
}

const { population, trials, firstSeed, replicates } = JSON.parse(process.argv[2]!) as CoverageTask;
const figures = Object.fromEntries(Object.entries(KNOWN_TRUTHS).map(([name, { figure }]) => [name, figure]));
const intervalsOf = (scores: AttributedScores, trial: number) => bootstrapIntervals(scores, figures, { replicates, confidence: 0.95, random: seededRandom(trial) });
const steps = coverageSteps(population, { trials, firstSeed, intervalsOf });
let step = steps.next();
for (; step.done !== true; step = steps.next()) {
  if (step.value % 100 === 0) console.error(`bench: ${population.subjects} subjects, ${population.matedEach} mated scores each: ${step.value} of ${trials} trials`);
}
console.log(JSON.stringify(step.value));
