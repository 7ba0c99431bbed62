import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../contract/requests/evaluations.ts';
import { findKeptPairs } from '../store/evaluation-pairs.ts';
import { findScores } from '../store/evaluations.ts';
import { openStore } from '../store/store.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, trainModel } from './test-support/laboratory.ts';

let laboratory: Laboratory;
let trained: Awaited<ReturnType<typeof trainModel>>;
beforeEach(async () => {
  laboratory = await openLaboratory();
  trained = await trainModel(laboratory, 15);
});
afterEach(() => laboratory.leave());

async function evaluate(): Promise<EvaluationReport> {
  const { evaluationId, jobId } = await laboratory.ask('evaluations.start', { modelId: trained.modelId, datasetId: trained.datasetId });
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done' });
  return laboratory.ask('evaluations.get', { evaluationId });
}

/** The same evaluation where all pairs are kept, and where they are too many. */
async function both(): Promise<[EvaluationReport, EvaluationReport]> {
  const whole = await evaluate();
  await laboratory.desk.close();
  laboratory = await openLaboratory({ home: laboratory.home, mostKeptPairs: 10 });
  return [whole, await evaluate()];
}

describe('an evaluation with more comparisons than are kept', () => {
  it('has the figures of all of them, and says of which the intervals are', async () => {
    const [whole, surveyed] = await both();
    const [one, other] = [whole.systems[0]!, surveyed.systems[0]!];
    for (const name of ['eer', 'fnmrAtFmr', 'auc', 'dPrime', 'rank1', 'histogram'] as const) expect(other[name], name).toEqual(one[name]);
    expect(surveyed.thresholds).toEqual(whole.thresholds);
    expect(surveyed.counts).toEqual(whole.counts);
    expect(other.detail).toEqual(one.detail);
    expect(surveyed.protocol).toMatch(/intervals, d', calibration and normalisation are of 30 mated and 160 non-mated ones drawn evenly/);
    expect(whole.protocol).not.toMatch(/drawn evenly/);
  });

  it('keeps a bounded number of scores, out of which it is explored, compared and exported', async () => {
    const [whole, surveyed] = await both();
    const { ask, finished, home } = laboratory;
    const { database, close } = openStore(home);
    expect(findScores(database, surveyed.id, 'model')).toBeUndefined();
    expect(findKeptPairs(database, surveyed.id)).toMatchObject({ mated: 30, drawn: 160 });
    close();
    const threshold = surveyed.systems[0]!.curve[3]!.threshold;
    for (const kind of ['mated', 'non-mated'] as const) {
      const asked = { kind, order: 'worst', threshold, limit: 10 } as const;
      const [all, some] = [await ask('explore.pairs', { evaluationId: whole.id, ...asked }), await ask('explore.pairs', { evaluationId: surveyed.id, ...asked })];
      expect(some.total).toBe(all.total);
      expect(some.pairs.map(({ score }) => score)).toEqual(all.pairs.map(({ score }) => score));
    }
    const neighbours = { sample: 3, limit: 5 };
    expect(await ask('explore.neighbours', { evaluationId: surveyed.id, ...neighbours })).toEqual(await ask('explore.neighbours', { evaluationId: whole.id, ...neighbours }));
    const [zoo, ofAll] = [await ask('explore.zoo', { evaluationId: surveyed.id }), await ask('explore.zoo', { evaluationId: whole.id })];
    expect(zoo.subjects.map(({ subject }) => subject).sort()).toEqual(ofAll.subjects.map(({ subject }) => subject).sort());
    const reference = (id: string) => ({ kind: 'evaluation' as const, id });
    const { jobId } = await ask('comparisons.start', { systems: [reference(whole.id), reference(surveyed.id)] });
    await finished(jobId);
    expect((await ask('comparisons.get', { jobId })).differences[0]).toMatchObject({ refusal: null, differences: expect.arrayContaining([{ value: 0, low: 0, high: 0, verdict: 'undecided' }]) });
    const { folder, files } = await ask('evaluations.export', { evaluationId: surveyed.id });
    expect(files).toContain('scores-sample.csv');
    expect(files).not.toContain('scores.csv');
    expect(existsSync(join(folder, 'scores-sample.csv'))).toBe(true);
  });
});
