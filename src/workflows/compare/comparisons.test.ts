import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComparisonReport, SystemReference } from '../../contract/requests/comparisons.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { openLaboratory, refusal, trainModel } from '../test-support/laboratory.ts';

let laboratory: Laboratory;
let evaluation: SystemReference;
let folder: string;
beforeAll(async () => {
  laboratory = await openLaboratory();
  const { modelId, datasetId } = await trainModel(laboratory, 15);
  const { evaluationId, jobId } = await laboratory.ask('evaluations.start', { modelId, datasetId, baselines: true });
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done' });
  evaluation = { kind: 'evaluation', id: evaluationId, system: 'model' };
  ({ folder } = await laboratory.ask('evaluations.export', { evaluationId }));
});
afterAll(() => laboratory.leave());

async function importScores(path: string, name: string | null = null): Promise<SystemReference> {
  const { scoresId, jobId } = await laboratory.ask('scores.import', { path, name, plan: { replicates: 50 } });
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done', subjectId: scoresId });
  return { kind: 'scores', id: scoresId };
}

async function compare(...systems: SystemReference[]): Promise<ComparisonReport> {
  const { jobId } = await laboratory.ask('comparisons.start', { systems });
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done' });
  return laboratory.ask('comparisons.get', { jobId });
}

describe('comparing', () => {
  it('lays an imported score file over the evaluation that wrote it: curve, histogram and figures are the same', async () => {
    const imported = await importScores(join(folder, 'scores.csv'), 'Written scores');
    const { figures, systems } = await laboratory.ask('comparisons.overlay', { systems: [evaluation, imported] });
    const [one, other] = systems;
    expect(figures.map(({ key }) => key)).toEqual(['eer', 'fnmr at 0.1', 'fnmr at 0.01', 'fnmr at 0.001', 'fnmr at 0.0001', 'auc', 'dPrime']);
    expect(other).toMatchObject({ name: 'Written scores', detail: join(folder, 'scores.csv'), mated: one!.mated, nonMated: one!.nonMated, histogram: one!.histogram });
    expect(other!.values.map((value) => value?.value)).toEqual(one!.values.map((value) => value?.value));
    expect(other!.curve.length).toBeGreaterThan(2);
    const listed = await laboratory.ask('comparisons.systems', {});
    expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(['Written scores', 'Small', 'Untrained network', 'Raw pixels']));
    expect(await laboratory.ask('scores.list', {})).toMatchObject([{ name: 'Written scores', eer: other!.eer }]);
  });

  it('tells by a paired bootstrap which of two is better, and that a system does not differ from itself', async () => {
    const guesses = join(laboratory.home, 'guesses.csv');
    writeFileSync(guesses, readFileSync(join(folder, 'scores.csv'), 'utf8').replace(/^[-\d.e]+(?=,)/gm, (score) => score.slice(-3)));
    const untrainedSystem = { kind: 'evaluation', id: evaluation.id, system: 'untrained' } as const;
    const { differences } = await compare(evaluation, untrainedSystem, await importScores(join(folder, 'scores.csv')), await importScores(guesses));
    const [untrained, itself, guessing] = differences;
    expect(untrained).toMatchObject({ system: 1, minus: 0, refusal: null });
    const eer = untrained!.differences[0]!;
    expect(eer.value).toBeGreaterThan(0);
    expect(eer.low).toBeLessThanOrEqual(eer.high);
    expect(guessing!.differences[5]).toMatchObject({ verdict: 'worse' });
    expect(untrained!.differences[3]).toBeNull(); // no FNMR at an FMR of 0.001 with 160 non-mated comparisons
    expect(itself!.differences[0]).toEqual({ value: 0, low: 0, high: 0, verdict: 'undecided' });
  });

  it('gives no difference, and says why, where the comparisons are not the same, subjects are not named, or the file has changed', async () => {
    const lines = readFileSync(join(folder, 'scores.csv'), 'utf8').trim().split('\n');
    const write = (name: string, rows: readonly string[]): string => {
      writeFileSync(join(laboratory.home, name), rows.join('\n'));
      return join(laboratory.home, name);
    };
    const fewer = await importScores(write('fewer.csv', lines.slice(0, -3)));
    const nameless = await importScores(write('nameless.csv', lines.map((line) => line.split(',').slice(0, 2).join(','))));
    const strangers = await importScores(write('strangers.csv', lines.map((line) => line.replaceAll(',p', ',q'))));
    copyFileSync(join(folder, 'scores.csv'), join(laboratory.home, 'changing.csv'));
    const changed = await importScores(join(laboratory.home, 'changing.csv'));
    write('changing.csv', lines.slice(0, -1));
    const { differences } = await compare(evaluation, fewer, nameless, strangers, changed);
    expect(differences.map(({ refusal: reason }) => reason)).toEqual([
      expect.stringMatching(/did not compare the same: there are \d+ and \d+ (non-)?mated comparisons/),
      expect.stringMatching(/nameless.csv names no subjects/),
      expect.stringMatching(/did not compare the same: there are subjects that only one of them knows/),
      expect.stringMatching(/changing.csv is not the file it was/),
    ]);
    expect(differences.every(({ differences: none }) => none.every((one) => one === null))).toBe(true);
  });

  it('is refused for what is not there, and forgets scores that are removed', async () => {
    const imported = await importScores(join(folder, 'scores.csv'));
    expect(await laboratory.ask('scores.imported', { scoresId: imported.id })).toMatchObject({ name: 'scores.csv', report: { guards: [] } });
    await laboratory.ask('scores.remove', { scoresId: imported.id });
    expect((await refusal(laboratory.ask('comparisons.overlay', { systems: [imported] }))).code).toBe('not-found');
    expect((await refusal(laboratory.ask('comparisons.get', { jobId: 'job-none' }))).code).toBe('not-found');
  });
});
