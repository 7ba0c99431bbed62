import type { OfferedThreshold, ScoredSystem } from '../contract/requests/evaluations.ts';
import type { AttributedScores } from '../evaluation/attributed-scores.ts';
import type { FailureCounts } from '../evaluation/failure-to-acquire.ts';
import type { PairSurvey } from '../evaluation/pairs-survey.ts';
import type { SampledPairs } from '../evaluation/sampled-pairs.ts';
import type { Progress } from '../evaluation/steps.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';
import { systemDetail } from './detail/system-detail.ts';
import { retrievalEstimates } from './retrieval-estimates.ts';
import { systemFigures } from './system-figures.ts';

/** With more pairs than this (4,000 samples) an evaluation neither holds nor keeps them all. */
export const mostKeptPairs = 8_000_000;

/** What is kept instead: what intervals are resampled from, and what a person may want to see. */
export const keptSample = { mated: 500_000, nonMated: 1_000_000, highest: 200_000 };

export interface SurveyedTemplates {
  readonly templates: TemplateSet;
  readonly survey: PairSurvey;
}

/** One system's templates with the survey of all their comparisons, to be turned into figures. */
export interface SurveyOrder {
  kind: ScoredSystem['kind'];
  name: string;
  evaluated: SurveyedTemplates;
  development: SurveyedTemplates | null;
  failures: FailureCounts;
  seed: number;
}

export interface SurveyOutcome {
  system: ScoredSystem;
  thresholds: OfferedThreshold[];
}

/** `score` where the comparisons are too many to hold: figures are those of all of them, intervals are resampled from the sample. */
export function* scoreSurvey({ kind, name, evaluated, development, failures, seed }: SurveyOrder): Generator<Progress, SurveyOutcome> {
  const { templates, survey } = evaluated;
  const { points, area, ranks, sample } = survey;
  const scores = attributedSample(sample, templates.subjects);
  const { thresholds, ...figures } = yield* systemFigures({ evaluated: scores, exact: { points, area }, development: development?.survey.points ?? null, seed });
  const retrieval = yield* retrievalEstimates(templates, seed, ranks);
  const pairs = { first: sample.first.subarray(0, sample.mated + sample.drawn), second: sample.second.subarray(0, sample.mated + sample.drawn), scores: sample.scores.subarray(0, sample.mated + sample.drawn) };
  const chosenOn = development && { templates: development.templates, scores: attributedSample(development.survey.sample, development.templates.subjects) };
  const order = { templates, pairs, evaluated: scores, points, development: chosenOn, failures, fnmrAtFmr: figures.fnmrAtFmr, seed };
  const detail = kind === 'model' ? yield* systemDetail(order) : null;
  return { system: { kind, name, ...figures, rank1: retrieval?.precisionAt1 ?? null, retrieval, detail }, thresholds };
}

/** The pairs that were drawn evenly, with their subjects; the highest ones besides would not be a fair sample. */
export function attributedSample({ first, second, scores, mated, drawn }: SampledPairs, subjects: Int32Array): AttributedScores {
  const of = (rows: Uint32Array, from: number, to: number): Int32Array => Int32Array.from(rows.subarray(from, to), (row) => subjects[row]!);
  return {
    mated: scores.slice(0, mated), matedSubjects: of(first, 0, mated),
    nonMated: scores.slice(mated, mated + drawn), nonMatedFirst: of(first, mated, mated + drawn), nonMatedSecond: of(second, mated, mated + drawn),
  };
}
