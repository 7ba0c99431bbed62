import { describe, expect, it } from 'vitest';
import { bootstrapIntervals } from '../evaluation/bootstrap.ts';
import { compareTemplates } from '../evaluation/compare-templates.ts';
import { equalErrorRate } from '../evaluation/equal-error-rate.ts';
import { operatingPoints } from '../evaluation/error-rates.ts';
import { mateRanks } from '../evaluation/mate-ranks.ts';
import { averagePrecisionAtR } from '../evaluation/mean-average-precision-at-r.ts';
import { seededRandom } from '../evaluation/random.ts';
import { drawSubjects } from '../evaluation/resample-subjects.ts';
import { equalErrorFigure } from '../evaluation/resampled-figures.ts';
import { retrievalFigures } from '../evaluation/retrieval.ts';
import { sortScores } from '../evaluation/score-set.ts';
import { finish } from '../evaluation/steps.ts';
import { resampledLimits } from '../evaluation/subject-resamples.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';
import { runFigures } from './sweep-figures.ts';

/** Noisy templates; the last subject has a single one. */
function noisyTemplates(seed: number): TemplateSet {
  const random = seededRandom(seed);
  const subjects = Int32Array.of(0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 4);
  const dimension = 4;
  const centres = Array.from({ length: 5 }, () => Array.from({ length: dimension }, () => random() - 0.5));
  const rows = Array.from(subjects, (subject) => centres[subject]!.map((value) => value + 0.9 * (random() - 0.5)));
  return { embeddings: Float32Array.from(rows.flat()), dimension, subjects };
}

const figuresOf = (templates: TemplateSet, replicates = 40) => finish(runFigures({ templates, replicates, seed: 5 }));

/** The slow way: every comparison as often as its subjects were drawn. */
function eerOf(templates: TemplateSet, weights: Int32Array): number | null {
  const { mated, matedSubjects, nonMated, nonMatedFirst, nonMatedSecond } = compareTemplates(templates);
  const repeated = (scores: ArrayLike<number>, timesOf: (index: number) => number): Float64Array =>
    Float64Array.from(Array.from(scores).flatMap((score, index) => Array<number>(timesOf(index)).fill(score)));
  const drawn = {
    mated: repeated(mated, (index) => weights[matedSubjects[index]!]!),
    nonMated: repeated(nonMated, (index) => weights[nonMatedFirst[index]!]! * weights[nonMatedSecond[index]!]!),
  };
  return drawn.mated.length === 0 || drawn.nonMated.length === 0 ? null : equalErrorRate(operatingPoints(sortScores(drawn))).rate;
}

function mapOf(templates: TemplateSet, weights: Int32Array): number | null {
  let [sum, queries] = [0, 0];
  for (const { query, ranks } of mateRanks(templates)) {
    const weight = weights[templates.subjects[query]!]!;
    sum += weight * averagePrecisionAtR(ranks);
    queries += weight;
  }
  return queries === 0 ? null : sum / queries;
}

describe('the figures of one run of a sweep', () => {
  it('are those of the evaluation room', () => {
    const templates = noisyTemplates(1);
    const { figures, mated, nonMated, searches } = figuresOf(templates);
    const expected = retrievalFigures(templates, [1]);
    expect(figures.meanAveragePrecisionAtR.value).toBeCloseTo(expected.meanAveragePrecisionAtR, 12);
    expect(figures.recallAt1.value).toBeCloseTo(expected.precisionAt1, 12);
    expect(figures.eer.estimate).toBe(equalErrorRate(operatingPoints(sortScores(compareTemplates(templates)))).rate);
    expect([mated, nonMated, searches]).toEqual([11, 55, 11]);
  });

  it('are on each resample what the drawn subjects give, counted one by one', () => {
    const templates = noisyTemplates(2);
    const { figures } = figuresOf(templates);
    const random = seededRandom(5);
    let withBoth = 0;
    for (let replicate = 0; replicate < 40; replicate++) {
      const weights = drawSubjects(5, random);
      const eer = eerOf(templates, weights);
      if (eer !== null) expect(figures.eer.drawn[withBoth++]![0]).toBeCloseTo(eer, 12);
      const map = mapOf(templates, weights);
      if (map === null) expect(figures.meanAveragePrecisionAtR.resamples[replicate]).toBeNull();
      else expect(figures.meanAveragePrecisionAtR.resamples[replicate]).toBeCloseTo(map, 12);
    }
    expect(figures.eer.drawn).toHaveLength(withBoth);
  });

  it('draw the same subjects for every run, whatever its scores', () => {
    const [one, other] = [noisyTemplates(3), noisyTemplates(4)];
    // Where nobody who searches is drawn depends on the subjects alone, and so does where a kind of comparison is missing.
    const gaps = (templates: TemplateSet): unknown => {
      const { meanAveragePrecisionAtR, eer } = figuresOf(templates, 4000).figures;
      return [meanAveragePrecisionAtR.resamples.map((value) => value === null), eer.drawn.length];
    };
    expect(gaps(one)).not.toEqual([Array<boolean>(4000).fill(false), 4000]);
    expect(gaps(one)).toEqual(gaps(other));
  });

  it('give the equal error rate the interval of an evaluation', () => {
    const templates = noisyTemplates(1);
    const { lower, upper } = resampledLimits(figuresOf(templates, 2000).figures.eer, 0.95);
    const { eer } = bootstrapIntervals(compareTemplates(templates), { eer: equalErrorFigure }, { replicates: 2000, confidence: 0.95, random: seededRandom(5) });
    // The subjects are drawn in another order, so the resamples are others.
    expect(lower).toBeCloseTo(eer.lower, 1);
    expect(upper).toBeCloseTo(eer.upper, 1);
  });

  it('do not exist for an embedding without direction', () => {
    const templates = noisyTemplates(1);
    templates.embeddings.fill(0, 0, templates.dimension);
    expect(() => figuresOf(templates)).toThrow('length 0');
  });
});
