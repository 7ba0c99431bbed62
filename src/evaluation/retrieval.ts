import type { Progress } from './steps.ts';
import type { TemplateSet } from './template-set.ts';
import { countWithoutMate, mateRanks } from './mate-ranks.ts';
import { averagePrecisionAtR } from './mean-average-precision-at-r.ts';
import { precisionAt1 } from './precision-at-1.ts';
import { rPrecision } from './r-precision.ts';
import { recallAtK } from './recall-at-k.ts';
import { EvaluationError } from './score-set.ts';
import { finish } from './steps.ts';

/** Means over the queries, all in [0, 1]. */
export interface RetrievalFigures {
  readonly recallAtK: readonly { readonly k: number; readonly recall: number }[];
  readonly precisionAt1: number;
  readonly rPrecision: number;
  readonly meanAveragePrecisionAtR: number;
  /** Queries counted, and templates that are none because their subject has no other template. */
  readonly queries: number;
  readonly excluded: number;
}

const QUERIES_PER_STEP = 32;

/**
 * Every retrieval figure in one pass: each template is once the query, all others the gallery (cosine similarity, ties
 * against the query; see `mate-ranks.ts`).
 *
 * @param ks the k of recall@k, such as [1, 2, 4, 8].
 * @throws EvaluationError no-queries when no subject has two templates; argument-out-of-range for a wrong k;
 *   no-templates, shape-mismatch or template-without-direction.
 */
export function retrievalFigures(templates: TemplateSet, ks: readonly number[]): RetrievalFigures {
  return finish(retrievalSteps(templates, ks));
}

/** `retrievalFigures` with its progress in queries. */
export function* retrievalSteps(templates: TemplateSet, ks: readonly number[]): Generator<Progress, RetrievalFigures> {
  const excluded = countWithoutMate(templates.subjects);
  const total = templates.subjects.length - excluded;
  const recalls = ks.map(() => 0);
  const sums = { precisionAt1: 0, rPrecision: 0, averagePrecision: 0 };
  let queries = 0;
  for (const { ranks } of mateRanks(templates)) {
    ks.forEach((k, at) => (recalls[at]! += recallAtK(ranks, k)));
    sums.precisionAt1 += precisionAt1(ranks);
    sums.rPrecision += rPrecision(ranks);
    sums.averagePrecision += averagePrecisionAtR(ranks);
    queries++;
    if (queries % QUERIES_PER_STEP === 0) yield { done: queries, total };
  }
  if (queries === 0) throw new EvaluationError('no-queries', 'No subject has two templates, so nothing can be retrieved.');
  return {
    recallAtK: ks.map((k, at) => ({ k, recall: recalls[at]! / queries })),
    precisionAt1: sums.precisionAt1 / queries,
    rPrecision: sums.rPrecision / queries,
    meanAveragePrecisionAtR: sums.averagePrecision / queries,
    queries,
    excluded,
  };
}
