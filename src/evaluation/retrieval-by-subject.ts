import type { MateRanks } from './mate-ranks.ts';
import type { Random } from './random.ts';
import type { Progress } from './steps.ts';
import type { TemplateSet } from './template-set.ts';
import { countWithoutMate, mateRanks } from './mate-ranks.ts';
import { averagePrecisionAtR } from './mean-average-precision-at-r.ts';
import { precisionAt1 } from './precision-at-1.ts';
import { rPrecision } from './r-precision.ts';
import { recallAtK } from './recall-at-k.ts';
import { drawSubjects } from './resample-subjects.ts';

/** Retrieval figures of one query, or their sums or means over some; `recallAtK` in the order of the k asked for. */
export interface RetrievalValues {
  recallAtK: number[];
  precisionAt1: number;
  rPrecision: number;
  averagePrecisionAtR: number;
}

/** What the queries of one subject add up to. */
export interface SubjectRetrieval extends RetrievalValues {
  readonly subject: number;
  queries: number;
}

const QUERIES_PER_STEP = 32;

/**
 * The sums of every retrieval figure, subject by subject, so that the subjects can be resampled: each template is once the
 * query, all others the gallery (cosine similarity, ties against the query; see `mate-ranks.ts`). Subjects with a single
 * template have no query and are left out. Yields its progress in queries.
 *
 * @param ks the k of recall@k, such as [1, 2, 4, 8].
 * @throws EvaluationError argument-out-of-range for a wrong k; no-templates, shape-mismatch or template-without-direction.
 */
export function* retrievalBySubjectSteps(templates: TemplateSet, ks: readonly number[]): Generator<Progress, SubjectRetrieval[]> {
  return yield* sumRanksSteps({ ranks: mateRanks(templates), subjects: templates.subjects }, ks);
}

/** The ranks of each query's mates, however they were found. */
export interface RankedQueries {
  readonly ranks: Iterable<MateRanks>;
  readonly subjects: Int32Array; // [templates]
}

/** `retrievalBySubjectSteps` of ranks that are known. */
export function* sumRanksSteps({ ranks: queries, subjects }: RankedQueries, ks: readonly number[]): Generator<Progress, SubjectRetrieval[]> {
  const total = subjects.length - countWithoutMate(subjects);
  const bySubject = new Map<number, SubjectRetrieval>();
  let done = 0;
  for (const { query, ranks } of queries) {
    const subject = subjects[query]!;
    let sums = bySubject.get(subject);
    if (sums === undefined) bySubject.set(subject, (sums = { subject, queries: 0, ...nothing(ks.length) }));
    ks.forEach((k, at) => (sums.recallAtK[at]! += recallAtK(ranks, k)));
    sums.precisionAt1 += precisionAt1(ranks);
    sums.rPrecision += rPrecision(ranks);
    sums.averagePrecisionAtR += averagePrecisionAtR(ranks);
    sums.queries++;
    done++;
    if (done % QUERIES_PER_STEP === 0) yield { done, total };
  }
  return [...bySubject.values()];
}

/**
 * Means over the queries, those of each subject counted as often as its weight says; NaN when no query has weight.
 *
 * @param weightOf weight of a subject, by its label; 1 where it is left out.
 */
export function meanRetrieval(subjects: readonly SubjectRetrieval[], weightOf: (subject: number) => number = () => 1): RetrievalValues {
  const sums = nothing(subjects[0]?.recallAtK.length ?? 0);
  let queries = 0;
  for (const one of subjects) {
    const weight = weightOf(one.subject);
    if (weight === 0) continue;
    one.recallAtK.forEach((recall, at) => (sums.recallAtK[at]! += weight * recall));
    sums.precisionAt1 += weight * one.precisionAt1;
    sums.rPrecision += weight * one.rPrecision;
    sums.averagePrecisionAtR += weight * one.averagePrecisionAtR;
    queries += weight * one.queries;
  }
  return {
    recallAtK: sums.recallAtK.map((sum) => sum / queries),
    precisionAt1: sums.precisionAt1 / queries,
    rPrecision: sums.rPrecision / queries,
    averagePrecisionAtR: sums.averagePrecisionAtR / queries,
  };
}

/** One resample of the subjects that have a query. */
export interface ResampledRetrieval {
  readonly drawn: Int32Array; // [subjects], how often each was drawn
  readonly values: RetrievalValues;
}

/** The means over resamples of the subjects that have a query, one after the other; the gallery stays as it is. */
export function* resampledRetrieval(
  subjects: readonly SubjectRetrieval[],
  { replicates, random }: { readonly replicates: number; readonly random: Random },
): Generator<ResampledRetrieval, void> {
  const places = new Map(subjects.map(({ subject }, place) => [subject, place]));
  for (let replicate = 0; replicate < replicates; replicate++) {
    const drawn = drawSubjects(subjects.length, random);
    yield { drawn, values: meanRetrieval(subjects, (subject) => drawn[places.get(subject)!]!) };
  }
}

function nothing(ks: number): RetrievalValues {
  return { recallAtK: Array.from({ length: ks }, () => 0), precisionAt1: 0, rPrecision: 0, averagePrecisionAtR: 0 };
}
