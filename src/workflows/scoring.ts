import type { OfferedThreshold, ScoredSystem } from '../contract/requests/evaluations.ts';
import type { Progress } from '../evaluation/steps.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';
import { retrievalEstimates } from './retrieval-estimates.ts';
import { attributePairs, countMatedPairs, scoreAllPairs } from './score-pairs.ts';
import { systemFigures } from './system-figures.ts';

/** One system's templates, to be turned into figures. */
export interface ScoringOrder {
  kind: ScoredSystem['kind'];
  name: string;
  evaluated: TemplateSet;
  /** Templates of the identities on which thresholds are chosen; null when none are to be offered. */
  development: TemplateSet | null;
  seed: number;
}

export interface ScoredOutcome {
  system: ScoredSystem;
  thresholds: OfferedThreshold[];
  /** Scores of all pairs i < j, row by row. */
  scores: Float64Array;
}

/** Compares, counts, resamples: all of it pure, and all of it slow enough to want a thread of its own. */
export function* score({ kind, name, evaluated, development, seed }: ScoringOrder): Generator<Progress, ScoredOutcome> {
  const scores = scoreAllPairs(evaluated);
  const { thresholds, ...figures } = yield* systemFigures({
    evaluated: attributePairs(scores, evaluated.subjects),
    development: development && hasBothKinds(development.subjects) ? attributePairs(scoreAllPairs(development), development.subjects) : null,
    seed,
  });
  const retrieval = yield* retrievalEstimates(evaluated, seed);
  return { system: { kind, name, ...figures, rank1: retrieval?.precisionAt1 ?? null, retrieval, detail: null }, thresholds, scores };
}

/** Whether these samples make a mated and a non-mated pair. */
export function hasBothKinds(subjects: Int32Array): boolean {
  return countMatedPairs(subjects) > 0 && new Set(subjects).size > 1;
}
