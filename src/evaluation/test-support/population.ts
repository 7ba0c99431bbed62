import type { AttributedScores } from '../attributed-scores.ts';
import type { Figure } from '../figure.ts';
import type { SliceRate } from '../group-slices.ts';
import type { Random } from '../random.ts';
import { bootstrapIntervals } from '../bootstrap.ts';
import { groupSlices } from '../group-slices.ts';
import { normalDeviate } from '../normal-deviate.ts';
import { normalProbability } from '../normal-probability.ts';
import { pairedBootstrap } from '../paired-bootstrap.ts';
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

/** How much lower the mated scores of the second of two systems are, and how much of what moves its scores moves the first's too. */
const SECOND_MEAN = 2.6;
const IN_COMMON = 0.6;

/** Two systems that see the same people; each for itself is as `drawPopulation` says, but for the second's mean. */
export function drawSystems(population: Population, seed: number): { a: AttributedScores; b: AttributedScores } {
  const [a, other] = [drawPopulation(population, seed), drawPopulation(population, seed + 500_000_000)];
  const mixed = (one: number, another: number): number => IN_COMMON * one + Math.sqrt(1 - IN_COMMON ** 2) * another;
  return {
    a,
    b: {
      ...a,
      mated: Float64Array.from(a.mated, (score, at) => SECOND_MEAN + mixed(score - MATED_MEAN, other.mated[at]! - MATED_MEAN)),
      nonMated: Float64Array.from(a.nonMated, (score, at) => mixed(score, other.nonMated[at]!)),
    },
  };
}

interface KnownTruth {
  readonly figure: Figure;
  /** Of the whole population, by the mean of mated scores. */
  readonly truthAt: (matedMean: number) => number;
}

const fnmrTruth = (fmr: number) => (mean: number): number => normalProbability(normalDeviate(1 - fmr) - mean);

export const KNOWN_TRUTHS: Readonly<Record<string, KnownTruth>> = {
  EER: { figure: equalErrorFigure, truthAt: (mean) => normalProbability(-mean / 2) },
  AUC: { figure: areaFigure, truthAt: (mean) => normalProbability(mean / Math.SQRT2) },
  "d'": { figure: dPrimeFigure, truthAt: (mean) => mean },
  'FMR at a threshold': { figure: fmrAtThreshold(1), truthAt: () => normalProbability(-1) },
  'FNMR at a threshold': { figure: fnmrAtThreshold(2), truthAt: (mean) => normalProbability(2 - mean) },
  'FNMR at FMR 0.1': { figure: fnmrAtTarget(0.1), truthAt: fnmrTruth(0.1) },
  'FNMR at FMR 0.01': { figure: fnmrAtTarget(0.01), truthAt: fnmrTruth(0.01) },
};

/** A 95 % interval beside what it should hold. */
export interface Tried {
  readonly lower: number;
  readonly upper: number;
  readonly truth: number;
}

/** The intervals of one population, drawn from a seed. */
export type Trial = (population: Population, seed: number, replicates: number) => Record<string, Tried>;

const planOf = (seed: number, replicates: number) => ({ replicates, confidence: 0.95, random: seededRandom(seed) });

/** Of every figure of one system. */
export const figuresTrial: Trial = (population, seed, replicates) => {
  const figures = Object.fromEntries(Object.entries(KNOWN_TRUTHS).map(([name, { figure }]) => [name, figure]));
  const intervals = bootstrapIntervals(drawPopulation(population, seed), figures, planOf(seed, replicates));
  return Object.fromEntries(Object.entries(intervals).map(([name, interval]) => [name, { ...interval, truth: KNOWN_TRUTHS[name]!.truthAt(MATED_MEAN) }]));
};

/** Of the differences of two systems. */
export const differencesTrial: Trial = (population, seed, replicates) => {
  const figures = Object.fromEntries(Object.entries(KNOWN_TRUTHS).map(([name, { figure }]) => [name, { figure, better: 'lower' as const }]));
  const compared = pairedBootstrap(drawSystems(population, seed), figures, planOf(seed, replicates));
  const truthOf = ({ truthAt }: KnownTruth): number => truthAt(MATED_MEAN) - truthAt(SECOND_MEAN);
  return Object.fromEntries(Object.entries(compared).map(([name, { difference }]) => [name, { ...difference, truth: truthOf(KNOWN_TRUTHS[name]!) }]));
};

/** Of the rates of two groups of as many subjects, at a threshold where mated and non-mated comparisons fail about as often. */
export const groupsTrial: Trial = (population, seed, replicates) => {
  const scores = drawPopulation(population, seed);
  const groupsOf = (subjects: Int32Array): Int32Array => subjects.map((subject) => subject % 2);
  const threshold = MATED_MEAN / 2;
  const grouped = {
    scores, groups: ['even', 'odd'], matedGroups: groupsOf(scores.matedSubjects), nonMatedFirstGroups: groupsOf(scores.nonMatedFirst), nonMatedSecondGroups: groupsOf(scores.nonMatedSecond),
  };
  const { fnmr, fmr } = groupSlices(grouped, { threshold, minimumComparisons: 1, minimumSubjects: 2, bootstrap: planOf(seed, replicates) });
  const tried = (slice: SliceRate | undefined, truth: number): Tried => (slice?.kind === 'rate' ? { ...slice, truth } : { lower: NaN, upper: NaN, truth });
  return {
    'FNMR of a group': tried(fnmr[0], normalProbability(threshold - MATED_MEAN)), 'FMR within a group': tried(fmr[0]?.[0], normalProbability(-threshold)),
    'FMR across groups': tried(fmr[0]?.[1], normalProbability(-threshold)),
  };
};

/** The share of trials whose interval held the truth, by name. */
export type Coverage = Record<string, number>;

export interface CoverageTrials {
  readonly trial: Trial;
  readonly trials: number;
  /** Populations are drawn from this seed on. */
  readonly firstSeed: number;
  readonly replicates: number;
}

/** Draws populations, and counts how often the intervals hold what is known. Yields the trials done. */
export function* coverageSteps(population: Population, { trial, trials, firstSeed, replicates }: CoverageTrials): Generator<number, Coverage> {
  const covered: Coverage = {};
  for (let done = 0; done < trials; done++) {
    for (const [name, { lower, upper, truth }] of Object.entries(trial(population, firstSeed + done, replicates))) {
      covered[name] = (covered[name] ?? 0) + (lower <= truth && truth <= upper ? 1 / trials : 0);
    }
    yield done + 1;
  }
  return covered;
}
