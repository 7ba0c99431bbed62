import type { AttributedScores } from '../attributed-scores.ts';
import type { Figure } from '../figure.ts';
import type { Random } from '../random.ts';
import { normalDeviate } from '../normal-deviate.ts';
import { normalProbability } from '../normal-probability.ts';
import { seededRandom } from '../random.ts';
import { areaFigure, dPrimeFigure, equalErrorFigure, fmrAtThreshold, fnmrAtTarget, fnmrAtThreshold } from '../resampled-figures.ts';

export interface Population {
  readonly subjects: number;
  /** The part of the variance of a score that its subjects make. */
  readonly share: number;
  readonly matedEach: number;
}

export const MATED_MEAN = 3;
const normal = (random: Random): number => normalDeviate(Math.max(random(), 1e-12));

/** Scores of unit variance about 3 (mated) and 0 (every pair of subjects once), correlated where they share a subject. */
export function drawPopulation({ subjects, share, matedEach }: Population, seed: number): AttributedScores {
  const random = seededRandom(seed);
  const own = Float64Array.from({ length: subjects }, () => normal(random));
  const pairs = (subjects * (subjects - 1)) / 2;
  const scores = {
    mated: new Float64Array(subjects * matedEach), matedSubjects: new Int32Array(subjects * matedEach),
    nonMated: new Float64Array(pairs), nonMatedFirst: new Int32Array(pairs), nonMatedSecond: new Int32Array(pairs),
  };
  let [m, n] = [0, 0];
  for (let i = 0; i < subjects; i++) {
    for (let repeat = 0; repeat < matedEach; repeat++) {
      scores.mated[m] = MATED_MEAN + Math.sqrt(share) * own[i]! + Math.sqrt(1 - share) * normal(random);
      scores.matedSubjects[m++] = i;
    }
    for (let j = i + 1; j < subjects; j++) {
      scores.nonMated[n] = Math.sqrt(share / 2) * (own[i]! + own[j]!) + Math.sqrt(1 - share) * normal(random);
      scores.nonMatedFirst[n] = i;
      scores.nonMatedSecond[n++] = j;
    }
  }
  return scores;
}

/** Figures with what they are in the whole population. */
export const KNOWN_TRUTHS: Readonly<Record<string, { readonly figure: Figure; readonly truth: number }>> = {
  EER: { figure: equalErrorFigure, truth: normalProbability(-MATED_MEAN / 2) },
  AUC: { figure: areaFigure, truth: normalProbability(MATED_MEAN / Math.SQRT2) },
  "d'": { figure: dPrimeFigure, truth: MATED_MEAN },
  'FMR at a threshold': { figure: fmrAtThreshold(1), truth: normalProbability(-1) },
  'FNMR at a threshold': { figure: fnmrAtThreshold(2), truth: normalProbability(2 - MATED_MEAN) },
  'FNMR at FMR 0.1': { figure: fnmrAtTarget(0.1), truth: normalProbability(normalDeviate(0.9) - MATED_MEAN) },
  'FNMR at FMR 0.01': { figure: fnmrAtTarget(0.01), truth: normalProbability(normalDeviate(0.99) - MATED_MEAN) },
};

/** The share of trials whose 95 % interval held the truth, by figure. */
export type Coverage = Record<string, number>;

export interface CoverageTrials {
  readonly trials: number;
  /** Populations are drawn from this seed on. */
  readonly firstSeed: number;
  readonly intervalsOf: (scores: AttributedScores, trial: number) => Record<string, { lower: number; upper: number }>;
}

/** Draws populations, and counts how often the intervals hold what is known. Yields the trials done. */
export function* coverageSteps(population: Population, { trials, firstSeed, intervalsOf }: CoverageTrials): Generator<number, Coverage> {
  const covered: Coverage = {};
  for (let trial = 0; trial < trials; trial++) {
    const intervals = intervalsOf(drawPopulation(population, firstSeed + trial), trial);
    for (const [name, { lower, upper }] of Object.entries(intervals)) {
      const { truth } = KNOWN_TRUTHS[name]!;
      covered[name] = (covered[name] ?? 0) + (lower <= truth && truth <= upper ? 1 / trials : 0);
    }
    yield trial + 1;
  }
  return covered;
}
