import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../contract/requests/evaluations.ts';
import { equalErrorRate } from '../evaluation/equal-error-rate.ts';
import { operatingPoints } from '../evaluation/error-rates.ts';
import { sortScores } from '../evaluation/score-set.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, refusal, smallRecipe, trainModel } from './test-support/laboratory.ts';

let laboratory: Laboratory;
let trained: Awaited<ReturnType<typeof trainModel>>;
beforeEach(async () => {
  laboratory = await openLaboratory();
  trained = await trainModel(laboratory);
});
afterEach(() => laboratory.leave());

async function evaluate(options: { part?: 'train' | 'validation' | 'test'; baselines?: boolean } = {}): Promise<EvaluationReport> {
  const { ask, finished } = laboratory;
  const { evaluationId, jobId } = await ask('evaluations.start', { modelId: trained.modelId, datasetId: trained.datasetId, ...options });
  const job = await finished(jobId);
  expect(job).toMatchObject({ state: 'done', subjectId: evaluationId });
  return ask('evaluations.get', { evaluationId });
}

describe('an evaluation', () => {
  it('compares all pairs of the part, with curve and histogram, and without intervals of four people', async () => {
    const report = await evaluate();
    const { subjects, samples, mated, nonMated } = report.counts;
    expect([subjects, samples]).toEqual([4, 16]);
    expect([mated, nonMated]).toEqual([4 * 6, (16 * 15) / 2 - 4 * 6]);
    const [model] = report.systems;
    expect(model!.auc.value).toBeGreaterThan(0.9);
    expect(model!.rank1!.value).toBeGreaterThan(0.9);
    expect(model!.retrieval).toMatchObject({ precisionAt1: model!.rank1, queries: 16, excluded: 0, clustering: { clusters: 4 } });
    expect(model!.retrieval!.meanAveragePrecisionAtR.value).toBeLessThanOrEqual(model!.retrieval!.rPrecision.value);
    expect(model!.histogram.mated.reduce((sum, count) => sum + count, 0)).toBe(mated);
    expect(model!.histogram.nonMated.reduce((sum, count) => sum + count, 0)).toBe(nonMated);
    expect(model!.fnmrAtFmr.map(({ target, support }) => [target, support])).toEqual([[0.1, 'weak'], [0.01, 'unsupported'], [0.001, 'unsupported'], [0.0001, 'unsupported']]);
    expect(model!.fnmrAtFmr[1]!.reason).toMatch(/needs at least 100 non-mated comparisons; there are 96/);
    expect([model!.dPrimeLimits, model!.eer.low, model!.auc.low, model!.rank1!.low, model!.detail!.identification.closedSet!.cmc[0]!.rate.low]).toEqual([null, null, null, null, null]);
    expect(model!.curve.every(({ fmr, low }) => fmr > 0 && low === null)).toBe(true);
    expect(report.device).toBe('CPU, 1 GFLOP/s');
    expect(report.protocol).toMatch(/All pairs of the test images/);
    expect((await laboratory.ask('evaluations.list', {}))[0]).toMatchObject({ id: report.id, eer: model!.eer });
  });

  it('has intervals of five people, and none that says a figure is certain', async () => {
    laboratory = await laboratory.leave().then(() => openLaboratory());
    trained = await trainModel(laboratory, 15);
    const [model] = (await evaluate()).systems;
    const { eer, fnmrAtFmr, rank1, retrieval, curve, detail } = model!;
    const { closedSet, openSet } = detail!.identification;
    const [raw] = detail!.normalization.rows;
    const rates = [eer, fnmrAtFmr[0]!.fnmr!, rank1!, retrieval!.meanAveragePrecisionAtR, closedSet!.cmc[4]!.rate, openSet!.points[0]!.fnir, openSet!.points[0]!.dir, raw!.fnmrAtFmr[0]!.fnmr];
    for (const { value, low, high } of rates) {
      expect(low!).toBeLessThanOrEqual(value);
      expect(high!).toBeGreaterThanOrEqual(value);
      expect(high! - low!).toBeGreaterThan(0);
    }
    expect(raw!.fnmrAtFmr[0]!.fnmr, 'the same scores have the same interval in every table').toEqual(fnmrAtFmr[0]!.fnmr);
    for (const { fnmr, low, high } of curve) expect([low! <= fnmr + 1e-9, high! >= fnmr - 1e-9, high! > low!]).toEqual([true, true, true]);
  });

  it('counts what else there is: costs, calibration and normalisation by other people, searches, failures as rejections', async () => {
    const { ask, home } = laboratory;
    const { subjects } = await ask('datasets.subjects', { datasetId: trained.datasetId, part: 'test' });
    for (const { path } of subjects[0]!.images) writeFileSync(join(home, 'pictures', path), 'overwritten');
    const detail = (await evaluate()).systems[0]!.detail!;
    expect(detail.figures.map(({ key, value }) => [key, value !== null])).toEqual([
      ['fmr100', false], ['fmr1000', false], ['fmr10000', false], ['zeroFmr', true], ['zeroFnmr', true],
      ['minimumCost', true], ['actualCost', true], ['minimumCllr', true], ['cllr', true],
    ]);
    expect(detail.figures[0]!.reason).toMatch(/needs at least 100 non-mated comparisons/);
    const { transactions, calibration, normalization, identification } = detail;
    expect(transactions).toMatchObject({ attempts: 16, failedAttempts: 4, fta: 0.25, enrolments: 4, failedEnrolments: 1, fte: 0.25 });
    const { fmr, fnmr, gfar, gfrr } = transactions.rows[0]!;
    expect(gfar).toBeCloseTo(fmr * 0.75 * 0.75, 12);
    expect(gfrr).toBeCloseTo(0.25 + 0.75 * (0.25 + 0.75 * fnmr), 12);
    expect(calibration).toMatchObject({ refusal: null, fittedOn: { mated: 24, nonMated: 96 } });
    expect(calibration.maps.map(({ kind }) => kind)).toEqual(['logistic', 'isotonic']);
    expect(calibration.maps[0]!.after!.cllr!).toBeLessThan(calibration.before!.cllr!);
    expect(calibration.maps[0]!.after!.minimumCllr).toBeCloseTo(calibration.before!.minimumCllr, 12);
    expect(normalization).toMatchObject({ refusal: null, cohort: { subjects: 4, samples: 4 } });
    expect(normalization.rows.map(({ kind }) => kind)).toEqual(['none', 'z', 't', 's']);
    expect(identification.closedSet).toMatchObject({ enrolled: 3, searches: 9 });
    expect(identification.closedSet!.cmc.at(-1)).toMatchObject({ rank: 3, rate: { value: 1 } });
    expect(identification.openSet).toMatchObject({ enrolled: 2, matedSearches: 6, nonMatedSearches: 4 });
    const [point] = identification.openSet!.points;
    expect(point!.dir.value).toBeCloseTo(1 - point!.fnir.value, 12);
  });

  it('has no calibration and no normalisation where nobody else is there to fit them on', async () => {
    const { calibration, normalization } = (await evaluate({ part: 'validation' })).systems[0]!.detail!;
    expect([calibration.refusal, normalization.refusal]).toEqual([expect.stringMatching(/needs other identities/), expect.stringMatching(/needs other identities/)]);
  });

  it('gives the same report for the same data', async () => {
    const [one, other] = [await evaluate(), await evaluate()];
    expect({ ...other, id: one.id, createdAt: one.createdAt }).toEqual(one);
  });

  it('says why there is no untrained network beside a graph model that was fine-tuned', async () => {
    const { ask, finished } = laboratory;
    const recipe = { ...smallRecipe(1), backbone: { name: 'graph-model', folder: '/graph', fineTune: true } as const };
    const { runId, jobId } = await ask('runs.start', { datasetId: trained.datasetId, recipe });
    await finished(jobId);
    trained = { ...trained, modelId: (await ask('runs.get', { runId })).run.modelId! };
    const { systems, warnings } = await evaluate({ baselines: true });
    expect(systems.map(({ kind }) => kind)).toEqual(['model', 'raw-pixels']);
    expect(warnings[0]).toMatch(/no untrained network beside Small: its backbone is a graph model that was fine-tuned/);
  });

  it('has the untrained network and the raw pixels beside the model when asked', async () => {
    const { systems } = await evaluate({ baselines: true });
    expect(systems.map(({ kind }) => kind)).toEqual(['model', 'untrained', 'raw-pixels']);
    expect(systems[0]!.eer.value).toBeLessThan(systems[1]!.eer.value);
  });

  it('chooses thresholds on the validation people, judges them on these, and refuses where the data are too few', async () => {
    const { thresholds, id } = await evaluate();
    expect(thresholds.map(({ target, threshold }) => [target, threshold === null])).toEqual([[0.1, false], [0.01, true], [0.001, true], [0.0001, true]]);
    expect(thresholds[0]).toMatchObject({ refusal: null, developmentFmr: expect.any(Number), fmr: { value: expect.any(Number) } });
    expect(thresholds[0]!.developmentFmr!).toBeLessThanOrEqual(0.1);
    expect(thresholds[1]!.refusal).toMatch(/needs at least 100 non-mated comparisons/);
    const { ask } = laboratory;
    expect(await refusal(ask('thresholds.choose', { evaluationId: id, targetFmr: 0.01 }))).toMatchObject({ code: 'too-little-data', message: thresholds[1]!.refusal });
    expect(await refusal(ask('thresholds.choose', { evaluationId: id, targetFmr: 0.5 }))).toMatchObject({ code: 'invalid-input' });
    const chosen = await ask('thresholds.choose', { evaluationId: id, targetFmr: 0.1 });
    expect(chosen).toMatchObject({ threshold: thresholds[0]!.threshold, fmr: thresholds[0]!.fmr, datasetName: 'People', nonMatedComparisons: 96 });
    expect(await ask('thresholds.get', {})).toEqual(chosen);
    expect((await ask('desk.state', {})).threshold).toEqual(chosen);
    await ask('evaluations.remove', { evaluationId: id });
    expect(await ask('thresholds.get', {})).toEqual({ ...chosen, evaluationId: null });
  });

  it('offers no threshold on the people it would be chosen on', async () => {
    const { thresholds } = await evaluate({ part: 'validation' });
    expect(thresholds.map(({ threshold }) => threshold)).toEqual([null, null, null, null]);
    expect(thresholds[0]!.refusal).toMatch(/Evaluate the test part/);
  });

  it('warns of people the model has learned from, and of weak support', async () => {
    expect((await evaluate({ part: 'train' })).warnings[0]).toMatch(/was trained on 4 of these subjects \(p\d+, p\d+, p\d+\.\.\.\)/);
    const { warnings } = await evaluate();
    expect(warnings.join()).not.toMatch(/was trained on/);
    expect(warnings.join()).toMatch(/too few comparisons for a firm figure at an FMR of 1e-1/);
  });

  it('counts the pictures that gave no template, and names one', async () => {
    const { ask, home } = laboratory;
    const { subjects } = await ask('datasets.subjects', { datasetId: trained.datasetId, part: 'test' });
    writeFileSync(join(home, 'pictures', subjects[0]!.images[0]!.path), 'overwritten');
    const report = await evaluate();
    expect(report.counts).toMatchObject({ samples: 15, failedToAcquire: 1 });
    expect(report.warnings.at(-1)).toMatch(new RegExp(`1 image gave no template .*${subjects[0]!.images[0]!.path}: It is not a picture`));
  });

  it('is refused in words where no error rate exists', async () => {
    const { ask, finished } = laboratory;
    await ask('datasets.resplit', { datasetId: trained.datasetId, split: { train: 0.9, validation: 0, test: 0.1 } });
    const { evaluationId, jobId } = await ask('evaluations.start', { modelId: trained.modelId, datasetId: trained.datasetId });
    expect(await finished(jobId)).toMatchObject({ state: 'failed', error: { code: 'too-little-data', message: expect.stringMatching(/has no two subjects, so no error rate exists/) } });
    expect((await refusal(ask('evaluations.get', { evaluationId }))).code).toBe('not-found');
  });

  it('goes on when the engine dies in the middle', async () => {
    laboratory.engines.at('embed', 1, () => laboratory.engines.crash('batch'));
    expect((await evaluate()).counts.samples).toBe(16);
  });
});

describe('the export of an evaluation', () => {
  it('holds report, curves, charts and every score, from which the figures follow again', async () => {
    const report = await evaluate({ baselines: true });
    const { folder, files } = await laboratory.ask('evaluations.export', { evaluationId: report.id });
    expect(folder.startsWith(join(laboratory.home, 'exports'))).toBe(true);
    expect([...files].sort()).toEqual([
      'cmc.csv', 'cmc.svg', 'det-log.svg', 'det.svg', 'histogram.csv', 'histogram.svg', 'manifest.json', 'open-set.csv', 'open-set.svg', 'report.html', 'report.json', 'report.md', 'report.pdf', 'retrieval.csv', 'roc.csv', 'roc.svg',
      'scores-raw-pixels.csv', 'scores-untrained.csv', 'scores.csv', 'zoo.csv', 'zoo.svg',
    ]);
    expect(files.every((file) => existsSync(join(folder, file)))).toBe(true);
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
    expect(JSON.parse(read('report.json'))).toEqual(report);
    const titles = ['System under test', 'Test population and data', 'Protocol', 'Failures to enrol and to acquire', 'Verification', 'Thresholds', 'Operating points and costs', 'Calibration', 'Score normalisation', 'Identification', 'Retrieval', 'People', 'What a naive script would report', 'Limits', 'To repeat it'];
    expect([...read('report.md').matchAll(/^## \d+\. (.*)$/gm)].map(([, title]) => title)).toEqual(titles);
    const captions = [...read('report.md').matchAll(/^!\[(.*)\]\(.*\)\n\n\*(.*)\*$/gm)].map(([, file, caption]) => [file, caption!] as const);
    expect(captions.map(([file]) => file)).toEqual([...read('report.md').matchAll(/^!\[(.*)\]/gm)].map(([, file]) => file));
    captions.forEach(([, caption], at) => expect(caption).toMatch(new RegExp(`^Figure ${at + 1}\\. .*\\d`)));
    expect(captions[0]![1]).toContain('of 24 mated and 96 non-mated comparisons');
    expect(read('report.md')).toMatch(/compares 16 samples with themselves: it would report an EER of [\d.]+ % instead of/);
    expect(read('report.html').match(/<svg /g)).toHaveLength(6);
    expect(read('report.html')).not.toMatch(/<script|src=|href="http/);
    expect(read('report.pdf').startsWith('%PDF-')).toBe(true);
    const { figures, ...manifest } = JSON.parse(read('manifest.json')) as { figures: unknown };
    expect(manifest).toEqual(report.manifest);
    expect(figures).toEqual({ systems: report.systems, thresholds: report.thresholds });
    expect(read('roc.svg')).toMatch(/^<\?xml[^]*<svg [^]*<path[^]*<\/svg>\s*$/);
    const rows = read('scores.csv').trim().split('\n').slice(1).map((line) => line.split(','));
    expect(rows).toHaveLength(report.counts.mated + report.counts.nonMated);
    const scoresOf = (mated: string): Float64Array => Float64Array.from(rows.filter((row) => row[1] === mated), (row) => Number(row[0]));
    const points = operatingPoints(sortScores({ mated: scoresOf('1'), nonMated: scoresOf('0') }));
    expect(equalErrorRate(points).rate).toBe(report.systems[0]!.eer.value);
    expect(rows.every(([, mated, one, other]) => (one === other) === (mated === '1'))).toBe(true);
  });

  it('is repeated from its manifest, with the same figures; refused where the model or the data are others', async () => {
    const { ask, finished } = laboratory;
    const report = await evaluate();
    const manifest = report.manifest!;
    const { evaluationId, jobId } = await ask('evaluations.repeat', { manifest });
    expect(await finished(jobId)).toMatchObject({ state: 'done' });
    const again = await ask('evaluations.get', { evaluationId });
    expect([again.systems, again.thresholds, again.manifest]).toEqual([report.systems, report.thresholds, manifest]);
    const strange = { ...manifest, model: { ...manifest.model, weightsHash: 'other' } };
    expect(await refusal(ask('evaluations.repeat', { manifest: strange }))).toMatchObject({ code: 'no-model', message: expect.stringMatching(/No model here has the weights of Small \(other\)/) });
    await ask('datasets.resplit', { datasetId: trained.datasetId, split: { train: 0.5, validation: 0.25, test: 0.25 } });
    expect(await refusal(ask('evaluations.repeat', { manifest }))).toMatchObject({ code: 'not-found', message: expect.stringMatching(/There is a dataset People, but its samples, subjects or split are others/) });
  });

  it('goes into a new folder below the one that is asked for, or says why not', async () => {
    const { ask, home } = laboratory;
    const { id } = await evaluate();
    const { folder } = await ask('evaluations.export', { evaluationId: id, folder: join(home, 'mine') });
    expect(folder.startsWith(join(home, 'mine', 'small-on-people-'))).toBe(true);
    writeFileSync(join(home, 'file'), '');
    expect(await refusal(ask('evaluations.export', { evaluationId: id, folder: join(home, 'file') }))).toMatchObject({ code: 'storage', message: expect.stringMatching(/choose another folder/) });
  });
});
