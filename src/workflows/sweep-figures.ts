import { compareTemplatesSteps } from '../evaluation/compare-templates.ts';
import { seededRandom } from '../evaluation/random.ts';
import { drawSubjects } from '../evaluation/resample-subjects.ts';
import { equalErrorFigure } from '../evaluation/resampled-figures.ts';
import type { RetrievalValues } from '../evaluation/retrieval-by-subject.ts';
import { meanRetrieval, retrievalBySubjectSteps } from '../evaluation/retrieval-by-subject.ts';
import { EvaluationError } from '../evaluation/score-set.ts';
import type { Progress } from '../evaluation/steps.ts';
import { influenceTally } from '../evaluation/subject-influence.ts';
import type { ResampledFigure } from '../evaluation/subject-resamples.ts';
import { rankedPoints, resampleSteps } from '../evaluation/subject-resamples.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';

export const sweepFigureNames = ['meanAveragePrecisionAtR', 'eer', 'recallAt1'] as const;
export type SweepFigureName = (typeof sweepFigureNames)[number];

/** A figure of searches, and what it is on each resample of the subjects; null where a resample does not have it. */
export interface ResampledSearches {
  value: number;
  resamples: (number | null)[];
  /** [subjects], what each does to it. */
  influence: number[];
}

export interface RunFigures {
  figures: { meanAveragePrecisionAtR: ResampledSearches; eer: ResampledFigure; recallAt1: ResampledSearches };
  mated: number;
  nonMated: number;
  searches: number;
}

export interface RunFiguresOrder {
  templates: TemplateSet;
  replicates: number;
  /** Runs with the same subjects and the same seed are resampled alike, so that their figures can be subtracted. */
  seed: number;
}

/** Of all intervals of a sweep. */
export const sweepConfidence = 0.95;

/**
 * What a sweep knows of one run: each figure on all test subjects and on resamples of them. Subjects are labelled 0, 1, 2...
 * without gaps, and a resample draws labels: which subjects are drawn does not depend on the scores.
 *
 * @throws EvaluationError when there is no mated or non-mated pair, or a template without direction.
 */
export function* runFigures({ templates, replicates, seed }: RunFiguresOrder): Generator<Progress, RunFigures> {
  const scores = yield* compareTemplatesSteps(templates);
  const bySubject = yield* retrievalBySubjectSteps(templates, [1]);
  if (bySubject.length === 0) throw new EvaluationError('no-queries', 'No subject has two templates, so nothing can be retrieved.');
  const ranked = rankedPoints(scores);
  const { eer } = yield* resampleSteps(ranked, { eer: equalErrorFigure }, { replicates, confidence: sweepConfidence, random: seededRandom(seed), drawnBy: 'label' });
  const random = seededRandom(seed);
  const { subjectCount } = ranked.ranked;
  const all = meanRetrieval(bySubject);
  const drawn = Array.from({ length: replicates }, () => drawSubjects(subjectCount, random));
  const resampled = drawn.map((weights) => meanRetrieval(bySubject, (subject) => weights[subject]!));
  const resampledSearches = (read: (values: RetrievalValues) => number): ResampledSearches => {
    const tally = influenceTally(subjectCount, read(all));
    const resamples = resampled.map(read);
    resamples.forEach((value, at) => { if (!Number.isNaN(value)) tally.add(drawn[at]!, value); });
    return { value: read(all), resamples: resamples.map(numberOrNull), influence: tally.influence() };
  };
  const [meanAveragePrecisionAtR, recallAt1] = [resampledSearches(({ averagePrecisionAtR }) => averagePrecisionAtR), resampledSearches(({ recallAtK }) => recallAtK[0]!)];
  const searches = bySubject.reduce((sum, { queries }) => sum + queries, 0);
  return { figures: { meanAveragePrecisionAtR, eer, recallAt1 }, mated: scores.mated.length, nonMated: scores.nonMated.length, searches };
}

/** JSON has no NaN. */
function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
