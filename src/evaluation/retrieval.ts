import type { RankedQueries, SubjectRetrieval } from './retrieval-by-subject.ts';
import type { Progress } from './steps.ts';
import type { TemplateSet } from './template-set.ts';
import { countWithoutMate } from './mate-ranks.ts';
import { meanRetrieval, retrievalBySubjectSteps, sumRanksSteps } from './retrieval-by-subject.ts';
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
  return meanFigures(yield* retrievalBySubjectSteps(templates, ks), templates.subjects, ks);
}

/** `retrievalFigures` of ranks that are known. */
export function retrievalOfRanks(queries: RankedQueries, ks: readonly number[]): RetrievalFigures {
  return meanFigures(finish(sumRanksSteps(queries, ks)), queries.subjects, ks);
}

function meanFigures(subjects: readonly SubjectRetrieval[], labels: Int32Array, ks: readonly number[]): RetrievalFigures {
  if (subjects.length === 0) throw new EvaluationError('no-queries', 'No subject has two templates, so nothing can be retrieved.');
  const excluded = countWithoutMate(labels);
  const { recallAtK, precisionAt1, rPrecision, averagePrecisionAtR } = meanRetrieval(subjects);
  return {
    recallAtK: ks.map((k, at) => ({ k, recall: recallAtK[at]! })),
    precisionAt1,
    rPrecision,
    meanAveragePrecisionAtR: averagePrecisionAtR,
    queries: labels.length - excluded,
    excluded,
  };
}
