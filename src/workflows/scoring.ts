import type { OfferedThreshold, ScoredSystem } from '../contract/requests/evaluations.ts';
import type { FailureCounts } from '../evaluation/failure-to-acquire.ts';
import { operatingPoints } from '../evaluation/error-rates.ts';
import { sortScores } from '../evaluation/score-set.ts';
import type { Progress } from '../evaluation/steps.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';
import { systemDetail } from './detail/system-detail.ts';
import { retrievalEstimates } from './retrieval-estimates.ts';
import { attributePairs, countMatedPairs, everyPair, scoreAllPairs } from './score-pairs.ts';
import { systemFigures } from './system-figures.ts';

/** One system's templates, to be turned into figures. */
export interface ScoringOrder {
  kind: ScoredSystem['kind'];
  name: string;
  evaluated: TemplateSet;
  /** Templates of the identities on which thresholds are chosen; null when none are to be offered. */
  development: TemplateSet | null;
  /** Images that gave no template, and subjects without any that did, of all. */
  failures: FailureCounts;
  seed: number;
}

export interface ScoredOutcome {
  system: ScoredSystem;
  thresholds: OfferedThreshold[];
  /** Scores of all pairs i < j, row by row. */
  scores: Float64Array;
}

/** Compares, counts, resamples: all of it pure, and all of it slow enough to want a thread of its own. */
export function* score({ kind, name, evaluated: templates, development, failures, seed }: ScoringOrder): Generator<Progress, ScoredOutcome> {
  const scores = scoreAllPairs(templates);
  const evaluated = attributePairs(scores, templates.subjects);
  const chosenOn = development && hasBothKinds(development.subjects) ? { templates: development, scores: attributePairs(scoreAllPairs(development), development.subjects) } : null;
  const { thresholds, ...figures } = yield* systemFigures({ evaluated, development: chosenOn && operatingPoints(sortScores(chosenOn.scores)), seed });
  const retrieval = yield* retrievalEstimates(templates, seed);
  const pairs = { ...everyPair(templates.subjects.length), scores };
  const order = { templates, pairs, evaluated, points: operatingPoints(sortScores(evaluated)), development: chosenOn, failures, fnmrAtFmr: figures.fnmrAtFmr, seed };
  const detail = kind === 'model' ? yield* systemDetail(order) : null;
  return { system: { kind, name, ...figures, rank1: retrieval?.precisionAt1 ?? null, retrieval, detail }, thresholds, scores };
}

/** Whether these samples make a mated and a non-mated pair. */
export function hasBothKinds(subjects: Int32Array): boolean {
  return countMatedPairs(subjects) > 0 && new Set(subjects).size > 1;
}
