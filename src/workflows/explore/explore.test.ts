import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../../contract/requests/evaluations.ts';
import { findEvaluation, findScores } from '../../store/evaluations.ts';
import { openStore } from '../../store/store.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { openLaboratory, refusal, smallRecipe, writePeople } from '../test-support/laboratory.ts';

let laboratory: Laboratory;
let datasetId: string;
let modelId: string;
let report: EvaluationReport;

/** Twelve people of four pictures, two of them indoors; the last person's column is empty. */
async function addPeopleWithPlaces({ ask, finished, home }: Laboratory): Promise<string> {
  const folder = writePeople(join(home, 'pictures'), 12, 4);
  const rows = Array.from({ length: 48 }, (_, at) => {
    const [who, which] = [Math.floor(at / 4) + 1, (at % 4) + 1];
    return `p${who}/${which}.png,p${who},${which <= 2 ? 'indoors' : 'outdoors'},${who % 2 === 0 ? 'even' : ''},${10 * which + who}`;
  });
  writeFileSync(join(folder, 'people.csv'), ['path,subject,place,parity,sharpness', ...rows].join('\n'));
  const split = { seed: 1, train: 0.34, validation: 0.16, test: 0.5 };
  const added = await ask('datasets.add', { name: 'Places', path: join(folder, 'people.csv'), split });
  expect(await finished(added.jobId)).toMatchObject({ state: 'done' });
  return added.datasetId;
}

async function evaluate(corrected = false): Promise<EvaluationReport> {
  const { ask, finished } = laboratory;
  const { evaluationId, jobId } = await ask('evaluations.start', { modelId, datasetId, corrected });
  expect(await finished(jobId)).toMatchObject({ state: 'done' });
  return ask('evaluations.get', { evaluationId });
}

beforeAll(async () => {
  laboratory = await openLaboratory();
  datasetId = await addPeopleWithPlaces(laboratory);
  const { runId, jobId } = await laboratory.ask('runs.start', { datasetId, recipe: smallRecipe(1) });
  await laboratory.finished(jobId);
  modelId = (await laboratory.ask('runs.get', { runId })).run.modelId!;
  report = await evaluate();
});
afterAll(() => laboratory.leave());

/** Every pair with its score, read from the database as it lies there. */
function everyPair(): { first: number; second: number; score: number; isMated: boolean }[] {
  const store = openStore(laboratory.home);
  const scores = findScores(store.database, report.id, 'model')!;
  const { samples } = findEvaluation(store.database, report.id)!;
  store.close();
  let place = 0;
  return samples.flatMap((one, first) => samples.slice(first + 1).map((other, after) => (
    { first, second: first + 1 + after, score: scores[place++]!, isMated: one.subject === other.subject })));
}

describe('the export of an evaluation with columns', () => {
  it('holds the groups of each, and errors by the column of numbers, as figures too', async () => {
    const { ask } = laboratory;
    const { folder, files } = await ask('evaluations.export', { evaluationId: report.id });
    expect(files).toEqual(expect.arrayContaining(['groups-place.csv', 'discard-sharpness.csv', 'discard-sharpness.svg']));
    expect(files).not.toContain('groups-sharpness.csv');
    const [header, first] = readFileSync(join(folder, 'discard-sharpness.csv'), 'utf8').split('\r\n');
    expect(header).toBe('quality,discarded,fnmr');
    const { steps } = await ask('explore.discard', { evaluationId: report.id, column: 'sharpness', threshold: thresholdOf(report) });
    expect(first).toBe(`sharpness,0,${steps[0]!.error}`);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toMatch(/Error versus discard by sharpness[^]*discard-sharpness\.svg/);
  });
});

/** The threshold that a report's studies stand at. */
const thresholdOf = ({ thresholds, systems }: EvaluationReport): number =>
  (thresholds.findLast(({ threshold }) => threshold !== null) ?? systems[0]!.fnmrAtFmr.findLast(({ threshold }) => threshold !== null))!.threshold!;

describe('exploring an evaluation', () => {
  it('names its samples with their pictures and metadata', async () => {
    const { columns, samples } = await laboratory.ask('explore.samples', { evaluationId: report.id });
    expect(columns).toEqual(['place', 'parity', 'sharpness']);
    expect(samples).toHaveLength(report.counts.samples);
    for (const { imageId, path, subject, values } of samples) {
      expect(imageId).toMatch(/^picture-/);
      expect(path.startsWith(`${subject}/`)).toBe(true);
      expect(values[0]).toBe(/[12]\.png$/.test(path) ? 'indoors' : 'outdoors');
    }
  });

  it('shows the worst pairs of both kinds, and counts what a threshold gets wrong', async () => {
    const { ask } = laboratory;
    const pairs = everyPair();
    const threshold = [...pairs].sort((one, other) => one.score - other.score)[pairs.length >> 1]!.score;
    for (const kind of ['mated', 'non-mated'] as const) {
      const answer = await ask('explore.pairs', { evaluationId: report.id, kind, threshold, limit: 5 });
      const ofKind = pairs.filter(({ isMated }) => isMated === (kind === 'mated'));
      const wanted = ofKind.map(({ score }) => score).sort((one, other) => (kind === 'mated' ? one - other : other - one)).slice(0, 5);
      expect(answer.pairs.map(({ score }) => score)).toEqual(wanted);
      expect(answer.total).toBe(ofKind.filter(({ score }) => (kind === 'mated' ? score < threshold : score >= threshold)).length);
      for (const { first, second, score } of answer.pairs) expect(ofKind).toContainEqual({ first, second, score, isMated: kind === 'mated' });
    }
    const near = await ask('explore.pairs', { evaluationId: report.id, kind: 'non-mated', order: 'nearest', threshold, limit: 3 });
    const distances = pairs.filter(({ isMated }) => !isMated).map(({ score }) => Math.abs(score - threshold)).sort((one, other) => one - other);
    expect(near.pairs.map(({ score }) => Math.abs(score - threshold))).toEqual(distances.slice(0, 3));
  });

  it('finds the neighbours of a sample', async () => {
    const found = await laboratory.ask('explore.neighbours', { evaluationId: report.id, sample: 5, limit: 4 });
    const wanted = everyPair().filter(({ first, second }) => first === 5 || second === 5).map(({ score }) => score).sort((one, other) => other - one);
    expect(found.map(({ score }) => score)).toEqual(wanted.slice(0, 4));
    expect(await refusal(laboratory.ask('explore.neighbours', { evaluationId: report.id, sample: 999 }))).toMatchObject({ code: 'not-found', message: /there is no sample 1000/ });
  });

  it('places every person in the zoo by the means of their own scores', async () => {
    const zoo = await laboratory.ask('explore.zoo', { evaluationId: report.id });
    expect(zoo.subjects).toHaveLength(report.counts.subjects);
    const { samples } = await laboratory.ask('explore.samples', { evaluationId: report.id });
    const { subject, matedMean, matedCount } = zoo.subjects[0]!;
    const own = everyPair().filter(({ first, isMated }) => isMated && samples[first]!.subject === subject).map(({ score }) => score);
    expect(matedCount).toBe(own.length);
    expect(matedMean).toBeCloseTo(own.reduce((sum, score) => sum + score, 0) / own.length, 12);
    expect(zoo.corners.reduce((sum, { count }) => sum + count, 0)).toBe(zoo.subjects.filter(({ animal }) => animal !== null).length);
  });

  it('slices by a column at one threshold, and withholds what rests on too little', async () => {
    const { ask } = laboratory;
    const slices = await ask('explore.slices', { evaluationId: report.id, column: 'place', threshold: 0.5, minimumComparisons: 6, minimumSubjects: 5 });
    expect(slices.groups).toEqual([{ name: 'indoors', samples: 12, subjects: 6 }, { name: 'outdoors', samples: 12, subjects: 6 }]);
    const { samples } = await ask('explore.samples', { evaluationId: report.id });
    const indoors = everyPair().filter(({ first, second }) => [first, second].every((at) => samples[at]!.values[0] === 'indoors'));
    const wrong = indoors.filter(({ isMated, score }) => isMated && score < 0.5).length;
    expect(slices.fnmr[0]).toMatchObject({ comparisons: 6, subjects: 6, rate: { errors: wrong, value: wrong / 6 } });
    expect(slices.fmr[0]![0]).toMatchObject({ comparisons: indoors.filter(({ isMated }) => !isMated).length });
    expect(slices.fmr[0]![1]).toEqual(slices.fmr[1]![0]);
    // Of the six mated pairs of a person four have a picture of each place.
    expect(slices.mixedMated.comparisons).toBe(6 * 4);
    const parity = await ask('explore.slices', { evaluationId: report.id, column: 'parity', threshold: 0.5 });
    expect(parity.unknown).toBe(samples.filter(({ values }) => values[1] === '').length);
    expect(parity.fnmr[0]).toMatchObject({ rate: null, reason: expect.stringMatching(/at least (30|5) are needed/) });
    expect(await refusal(ask('explore.slices', { evaluationId: report.id, column: 'age', threshold: 0.5 }))).toMatchObject({ message: /no column age; they have place, parity/ });
  });

  it.each(['pca', 'umap'] as const)('draws the map (%s) once, in a job, the same each time', async (projection) => {
    const { ask, finished } = laboratory;
    const place = { evaluationId: report.id, projection };
    expect(await ask('explore.map', place)).toEqual({ points: null, explained: null });
    const { jobId } = await ask('explore.draw-map', place);
    expect(await finished(jobId)).toMatchObject({ state: 'done', kind: 'map', subjectId: report.id });
    const map = await ask('explore.map', place);
    expect(map.points).toHaveLength(2 * report.counts.samples);
    expect(map.points!.every(Number.isFinite)).toBe(true);
    if (projection === 'pca') expect(map.explained![0]).toBeGreaterThanOrEqual(map.explained![1]);
    await finished((await ask('explore.draw-map', place)).jobId);
    expect(await ask('explore.map', place)).toEqual(map);
  });

  it('says what to do about an evaluation that is gone', async () => {
    expect(await refusal(laboratory.ask('explore.zoo', { evaluationId: 'evaluation-gone' }))).toMatchObject({ code: 'not-found' });
  });
});

describe('a label marked as wrong', () => {
  it('is corrected or left out in an evaluation that says so, and nowhere else', async () => {
    const { ask } = laboratory;
    const { samples } = await ask('explore.samples', { evaluationId: report.id });
    const [wrong, bad] = [samples[0]!, samples[5]!];
    const other = samples.find(({ subject }) => subject !== wrong.subject)!.subject;
    await ask('labels.mark', { imageId: wrong.imageId!, subject: other });
    await ask('labels.mark', { imageId: bad.imageId!, subject: null });
    expect(await ask('labels.list', { datasetId })).toMatchObject([
      { imageId: wrong.imageId, path: wrong.path, labelled: wrong.subject, subject: other }, { path: bad.path, labelled: bad.subject, subject: null },
    ]);
    const as = await evaluate();
    expect([as.corrections, as.counts]).toEqual([[], report.counts]);
    const corrected = await evaluate(true);
    expect(corrected.counts.samples).toBe(report.counts.samples - 1);
    expect(corrected.corrections).toEqual([{ path: wrong.path, labelled: wrong.subject, subject: other }, { path: bad.path, labelled: bad.subject, subject: null }]);
    expect(corrected.warnings[0]).toMatch(/2 labels marked as wrong: 1 corrected, 1 left out.*without corrections as well/);
    expect(corrected.systems[0]!.eer.value).not.toBe(report.systems[0]!.eer.value);
    const after = await ask('explore.samples', { evaluationId: corrected.id });
    expect(after.samples.find(({ path }) => path === wrong.path)!.subject).toBe(other);
    for (const { path } of [wrong, bad]) await ask('labels.unmark', { datasetId, path });
    expect(await ask('labels.list', { datasetId })).toEqual([]);
    expect((await evaluate(true)).systems).toEqual(report.systems);
  });

  it('cannot bring a person into two parts, nor say what is said already', async () => {
    const { ask } = laboratory;
    const { samples: [sample] } = await ask('explore.samples', { evaluationId: report.id });
    const { subjects: [learnt] } = await ask('datasets.subjects', { datasetId, part: 'train' });
    expect(await refusal(ask('labels.mark', { imageId: sample!.imageId!, subject: learnt!.name }))).toMatchObject({ code: 'conflict', message: /train part.*would leak.*Leave the sample out/ });
    expect(await refusal(ask('labels.mark', { imageId: sample!.imageId!, subject: sample!.subject }))).toMatchObject({ code: 'invalid-input' });
    expect(await refusal(ask('labels.mark', { imageId: 'picture-gone', subject: null }))).toMatchObject({ code: 'not-found' });
    expect(await ask('labels.list', { datasetId })).toEqual([]);
  });
});
