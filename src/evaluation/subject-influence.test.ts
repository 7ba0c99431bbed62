import { expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { drawSubjects } from './resample-subjects.ts';
import { influenceTally } from './subject-influence.ts';

it('influence is the covariance of draws and figure, whatever it is counted about', () => {
  for (const about of [0, 3, -100]) {
    const tally = influenceTally(3, about);
    [[[2, 0, 1], 5], [[0, 2, 1], 1], [[1, 1, 1], 2], [[0, 0, 3], 4]].forEach(([drawn, value]) => tally.add(Int32Array.from(drawn as number[]), value as number));
    // By numpy 2.4: np.cov(..., bias=True).
    [0.75, -1.25, 0.5].forEach((expected, subject) => expect(tally.influence()[subject]).toBeCloseTo(expected, 12));
  }
});

it('influence on a mean over subjects is their deviation from it, divided by how many they are', () => {
  const values = Float64Array.from({ length: 12 }, (_, subject) => (subject % 5) ** 2);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const random = seededRandom(4);
  const tally = influenceTally(values.length, mean);
  for (let replicate = 0; replicate < 40_000; replicate++) {
    const drawn = drawSubjects(values.length, random);
    tally.add(drawn, drawn.reduce((sum, weight, subject) => sum + weight * values[subject]!, 0) / values.length);
  }
  // An influence is known to its standard error, sqrt(variance of the mean / replicates): 0.008.
  tally.influence().forEach((influence, subject) => expect(Math.abs(influence - (values[subject]! - mean) / values.length)).toBeLessThan(0.035));
});
