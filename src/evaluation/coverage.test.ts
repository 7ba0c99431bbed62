import { describe, expect, it } from 'vitest';
import { bootstrapIntervals } from './bootstrap.ts';
import { seededRandom } from './random.ts';
import { coverageSteps, drawPopulation, KNOWN_TRUTHS } from './test-support/population.ts';

const population = { subjects: 50, share: 0.3, matedEach: 6 };
const figures = Object.fromEntries(Object.entries(KNOWN_TRUTHS).map(([name, { figure }]) => [name, figure]));

/** `npm run bench -- coverage` is the long form: more trials, and the resamples of the product. */
describe('95 % intervals over subjects', () => {
  it('hold the truth of populations correlated within subjects in 93 to 97 % of all trials', () => {
    const steps = coverageSteps(population, {
      trials: 200,
      firstSeed: 1000,
      intervalsOf: (scores, trial) => bootstrapIntervals(scores, figures, { replicates: 250, confidence: 0.95, random: seededRandom(trial) }),
    });
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const rates = Object.values(step.value);
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(mean).toBeGreaterThan(0.93);
    expect(mean).toBeLessThan(0.97);
    // A single figure in 200 trials is known to 1.5 %, one standard error.
    for (const [name, rate] of Object.entries(step.value)) expect(rate, name).toBeGreaterThan(0.915);
  });

  it('of comparisons taken for independent hold it far less often', () => {
    let covered = 0;
    const { truth } = KNOWN_TRUTHS['FMR at a threshold']!;
    for (let trial = 0; trial < 200; trial++) {
      const { nonMated } = drawPopulation(population, 1000 + trial);
      const rate = nonMated.filter((score) => score >= 1).length / nonMated.length;
      if (Math.abs(rate - truth) <= 1.96 * Math.sqrt((rate * (1 - rate)) / nonMated.length)) covered++;
    }
    expect(covered / 200).toBeLessThan(0.85);
  });
});
