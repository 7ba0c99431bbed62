import { equalErrorFigure } from '../evaluation/resampled-figures.ts';
import { rankSubjects } from '../evaluation/attributed-scores.ts';
import { readFigures } from '../evaluation/bootstrap.ts';
import { compareTemplatesSteps } from '../evaluation/compare-templates.ts';
import { equalErrorRate } from '../evaluation/equal-error-rate.ts';
import { operatingPoints } from '../evaluation/error-rates.ts';
import { seededRandom } from '../evaluation/random.ts';
import { drawSubjects } from '../evaluation/resample-subjects.ts';
import { resamplerOf } from '../evaluation/resampler.ts';
import { meanRetrieval, retrievalBySubjectSteps } from '../evaluation/retrieval-by-subject.ts';
import { EvaluationError } from '../evaluation/score-set.ts';
import type { Progress } from '../evaluation/steps.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';

export const sweepFigureNames = ['meanAveragePrecisionAtR', 'eer', 'recallAt1'] as const;
export type SweepFigureName = (typeof sweepFigureNames)[number];

/** A figure of one run, and what it is on each resample of the subjects; null where a resample does not have it. */
export interface ResampledFigure {
  value: number;
  resamples: (number | null)[];
}

export interface RunFigures {
  figures: Record<SweepFigureName, ResampledFigure>;
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
  const ranked = rankSubjects(scores);
  const points = operatingPoints({ order: 'ascending', ...ranked.scores });
  const resampler = resamplerOf(ranked, points);
  const random = seededRandom(seed);
  const figures = figuresWithout(meanRetrieval(bySubject), equalErrorRate(points).rate);
  for (let replicate = 0; replicate < replicates; replicate++) {
    if (replicate % replicatesPerStep === 0) yield { done: replicate, total: replicates };
    const weights = drawSubjects(ranked.subjectCount, random);
    const resample = resampler.resample(ranked.labels.map((label) => weights[label]!));
    const { averagePrecisionAtR, recallAtK } = meanRetrieval(bySubject, (subject) => weights[subject]!);
    figures.meanAveragePrecisionAtR.resamples.push(numberOrNull(averagePrecisionAtR));
    figures.recallAt1.resamples.push(numberOrNull(recallAtK[0]!));
    figures.eer.resamples.push(resample === undefined ? null : numberOrNull(readFigures({ eer: equalErrorFigure }, resample).eer));
  }
  const searches = bySubject.reduce((sum, { queries }) => sum + queries, 0);
  return { figures, mated: scores.mated.length, nonMated: scores.nonMated.length, searches };
}

const replicatesPerStep = 20;

type Means = ReturnType<typeof meanRetrieval>;

function figuresWithout({ averagePrecisionAtR, recallAtK }: Means, eer: number): RunFigures['figures'] {
  const figure = (value: number): ResampledFigure => ({ value, resamples: [] });
  return { meanAveragePrecisionAtR: figure(averagePrecisionAtR), eer: figure(eer), recallAt1: figure(recallAtK[0]!) };
}

/** JSON has no NaN. */
function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
