import { describe, expect, it } from 'vitest';
import { equalErrorRate } from '../../evaluation/equal-error-rate.ts';
import { fnmrAtFmr } from '../../evaluation/fnmr-at-fmr.ts';
import { nearestRows } from '../../evaluation/nearest-rows.ts';
import { surveyPairs } from '../../evaluation/pairs-survey.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { cosineTiles } from '../../evaluation/score-tiles.ts';
import { finish } from '../../evaluation/steps.ts';
import { nearestTemplates, surveyTemplates } from './survey-templates.ts';

const [count, dimension] = [700, 16];
const random = seededRandom(8);
const centres = Float32Array.from({ length: 140 * dimension }, () => random() - 0.5);
const templates = {
  embeddings: Float32Array.from({ length: count * dimension }, (_, at) => centres[Math.floor(at / dimension / 5) * dimension + (at % dimension)]! + 0.7 * (random() - 0.5)),
  dimension, subjects: Int32Array.from({ length: count }, (_, row) => Math.floor(row / 5)),
};
const plan = { targets: [0.01, 0], sample: { mated: 500, nonMated: 5000, highest: 100 } };

describe('the survey of all comparisons in the engine', () => {
  it('finds by the matrix product what float64 finds, and keeps the same pairs', async () => {
    const progress: { done: number; total: number }[] = [];
    const ours = await surveyTemplates({ templates, ...plan }, { report: (now) => progress.push(now), signal: new AbortController().signal });
    const exact = finish(surveyPairs(cosineTiles(templates), plan));
    expect(ours.area).toBeCloseTo(exact.area, 6);
    expect(equalErrorRate(ours.points).rate).toBeCloseTo(equalErrorRate(exact.points).rate, 5);
    for (const target of plan.targets) expect(fnmrAtFmr(ours.points, target).fnmr).toBeCloseTo(fnmrAtFmr(exact.points, target).fnmr, 2);
    expect(ours.ranks).toHaveLength(count);
    const { mated, drawn } = ours.sample;
    expect([mated, drawn]).toEqual([exact.sample.mated, exact.sample.drawn]);
    const pairsOf = ({ first, second }: typeof ours.sample): Set<string> => new Set(Array.from(first.subarray(0, mated + drawn), (one, at) => `${one} ${second[at]!}`));
    expect(pairsOf(ours.sample)).toEqual(pairsOf(exact.sample));
    expect(progress.at(-1)).toEqual({ done: count * (count - 1), total: count * (count - 1) });
  });

  it('finds the neighbours that float64 finds', async () => {
    const ours = await nearestTemplates({ templates, count: 5 }, { report: () => undefined, signal: new AbortController().signal });
    const exact = finish(nearestRows(cosineTiles(templates), 5));
    expect(ours.rows).toEqual(exact.rows);
    ours.products.forEach((product, at) => expect(product).toBeCloseTo(exact.products[at]!, 5));
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(surveyTemplates({ templates, ...plan }, { report: () => undefined, signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
