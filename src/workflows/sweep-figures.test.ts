import { describe, expect, it } from 'vitest';
import { compareTemplates } from '../evaluation/compare-templates.ts';
import { equalErrorRate } from '../evaluation/equal-error-rate.ts';
import { operatingPoints } from '../evaluation/error-rates.ts';
import { mateRanks } from '../evaluation/mate-ranks.ts';
import { averagePrecisionAtR } from '../evaluation/mean-average-precision-at-r.ts';
import { seededRandom } from '../evaluation/random.ts';
import { drawSubjects } from '../evaluation/resample-subjects.ts';
import { retrievalFigures } from '../evaluation/retrieval.ts';
import { sortScores } from '../evaluation/score-set.ts';
import { finish } from '../evaluation/steps.ts';
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
    expect(figures.eer.value).toBe(equalErrorRate(operatingPoints(sortScores(compareTemplates(templates)))).rate);
    expect([mated, nonMated, searches]).toEqual([11, 55, 11]);
  });

  it('are on each resample what the drawn subjects give, counted one by one', () => {
    const templates = noisyTemplates(2);
    const { figures } = figuresOf(templates);
    const random = seededRandom(5);
    for (let replicate = 0; replicate < 40; replicate++) {
      const weights = drawSubjects(5, random);
      const eer = eerOf(templates, weights);
      if (eer === null) expect(figures.eer.resamples[replicate]).toBeNull();
      else expect(figures.eer.resamples[replicate]).toBeCloseTo(eer, 12);
      const map = mapOf(templates, weights);
      if (map === null) expect(figures.meanAveragePrecisionAtR.resamples[replicate]).toBeNull();
      else expect(figures.meanAveragePrecisionAtR.resamples[replicate]).toBeCloseTo(map, 12);
    }
  });

  it('draw the same subjects for every run, whatever its scores', () => {
    const [one, other] = [noisyTemplates(3), noisyTemplates(4)];
    // Where no mated comparison is drawn depends on the subjects alone.
    const gaps = (templates: TemplateSet): boolean[] => figuresOf(templates, 400).figures.eer.resamples.map((value) => value === null);
    expect(gaps(one)).toContain(true);
    expect(gaps(one)).toEqual(gaps(other));
  });

  it('do not exist for an embedding without direction', () => {
    const templates = noisyTemplates(1);
    templates.embeddings.fill(0, 0, templates.dimension);
    expect(() => figuresOf(templates)).toThrow('length 0');
  });
});
