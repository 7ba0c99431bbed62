import { describe, expect, it } from 'vitest';
import type { Coverage, Trial } from './test-support/population.ts';
import { coverageSteps, differencesTrial, drawPopulation, figuresTrial, groupsTrial, KNOWN_TRUTHS, MATED_MEAN } from './test-support/population.ts';

const population = { subjects: 50, share: 0.3, matedEach: 6 };

function coverageOf(trial: Trial, trials: number): Coverage {
  const steps = coverageSteps(population, { trial, trials, firstSeed: 1000, replicates: 250 });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** `npm run bench -- coverage` is the long form: more trials, and the resamples of the product. */
describe('95 % intervals over subjects', () => {
  it('hold the truth of populations correlated within subjects in 93 to 97 % of all trials', () => {
    const rates = coverageOf(figuresTrial, 200);
    const all = Object.values(rates);
    const mean = all.reduce((sum, rate) => sum + rate, 0) / all.length;
    expect(mean).toBeGreaterThan(0.93);
    expect(mean).toBeLessThan(0.97);
    // A single figure in 200 trials is known to 1.5 %, one standard error.
    for (const [name, rate] of Object.entries(rates)) expect(rate, name).toBeGreaterThan(0.915);
  });

  it('of differences and of groups hold it as often', () => {
    for (const trial of [differencesTrial, groupsTrial]) {
      const all = Object.values(coverageOf(trial, 100));
      const mean = all.reduce((sum, rate) => sum + rate, 0) / all.length;
      expect(mean).toBeGreaterThan(0.92);
      expect(mean).toBeLessThan(0.98);
    }
  });

  it('of comparisons taken for independent hold it far less often', () => {
    let covered = 0;
    const truth = KNOWN_TRUTHS['FMR at a threshold']!.truthAt(MATED_MEAN);
    for (let trial = 0; trial < 200; trial++) {
      const { nonMated } = drawPopulation(population, 1000 + trial);
      const rate = nonMated.filter((score) => score >= 1).length / nonMated.length;
      if (Math.abs(rate - truth) <= 1.96 * Math.sqrt((rate * (1 - rate)) / nonMated.length)) covered++;
    }
    expect(covered / 200).toBeLessThan(0.85);
  });
});
