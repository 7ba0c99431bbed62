import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import type { EvaluationReport } from '../contract/requests/evaluations.ts';
import { insertDatasetSample, listDatasetSamples, listDatasetSubjects } from './dataset-samples.ts';
import { insertDataset, findDataset, removeDataset } from './datasets.ts';
import { findEvaluation, findScores, insertEvaluation, insertScores, removeEvaluation } from './evaluations.ts';
import { findJob, listCancelRequests, listJobs, removeOldJobs, requestCancel, saveJob } from './jobs.ts';
import { insertModel, insertModelTrainingSample, listSubjectsSeenInTraining } from './models.ts';
import { findCostliest, listRunEpochs, listRunSteps, removeUnfinishedSteps, saveCostliest, saveRunEpoch, saveRunStep, unkeepOtherEpochs } from './run-progress.ts';
import { findRun, insertRun } from './runs.ts';
import type { Database } from './statement.ts';
import type { Store } from './store.ts';
import { openStore } from './store.ts';
import { aJob, aModel } from './test-support/sample-rows.ts';
import { temporaryHome } from './test-support/temporary-home.ts';
import { findThreshold, saveThreshold } from './thresholds.ts';

const split = { seed: 1, train: 0.6, validation: 0.15, test: 0.25 };
const findings = { unreadable: [{ path: 'a', reason: 'b' }], duplicates: [], emptyFolders: ['c'], singletons: [], skippedFiles: 2 };
const dataset = {
  id: 'dataset-1', name: 'ORL', modality: 'face', layout: 'orl', path: '/orl', state: 'ready', split, columns: ['pose'], findings, isDemo: false,
  credit: 'somebody', createdAt: 3,
} as const;

function withDatabase(work: (database: Database, store: Store) => void): void {
  using home = temporaryHome();
  const store = openStore(home.path);
  work(store.database, store);
  store.close();
}

describe('datasets', () => {
  it('come back as they were kept, and take their samples along when they go', () =>
    withDatabase((database) => {
      insertDataset(database, { ...dataset, columns: [...dataset.columns] });
      const sample = (position: number, subject: string, part: 'train' | 'test') => ({
        id: `picture-${position}`, datasetId: 'dataset-1', position, path: `${subject}/${position}.png`, subject, part, sha256: 'x', pixelHash: 'y',
        width: 1, height: 1, metadata: { pose: 'left' },
      });
      const samples = [sample(0, 's2', 'train'), sample(1, 's10', 'test'), sample(2, 's10', 'test')];
      for (const one of samples) insertDatasetSample(database, one);
      expect(findDataset(database, 'dataset-1')).toEqual(dataset);
      expect(listDatasetSamples(database, 'dataset-1')).toEqual(samples);
      expect(listDatasetSubjects(database, { datasetId: 'dataset-1', part: null, offset: 0, limit: 10 }).map(({ subject }) => subject)).toEqual(['s2', 's10']);
      removeDataset(database, 'dataset-1');
      expect(listDatasetSamples(database, 'dataset-1')).toEqual([]);
    }));
});

describe('jobs', () => {
  it('keep their state, their newest log lines and the wish to be cancelled', () =>
    withDatabase((database, { jobLines }) => {
      saveJob(database, aJob('job-1'));
      for (const text of ['one', 'two', 'three']) jobLines.append({ jobId: 'job-1', text, about: null });
      expect(jobLines.list('job-1', 2)).toEqual(['two', 'three']);
      requestCancel(database, 'job-1');
      // The desk that works on the job goes on saving it; the wish stays.
      saveJob(database, { ...aJob('job-1'), done: 5 });
      expect(listCancelRequests(database, 'desk-1')).toEqual(['job-1']);
      expect(listCancelRequests(database, 'desk-2')).toEqual([]);
      const error = { code: 'bad-dataset', message: 'There is nothing there.' };
      saveJob(database, { ...aJob('job-1'), state: 'failed', error, endedAt: 9 });
      expect(findJob(database, 'job-1')).toMatchObject({ state: 'failed', error, endedAt: 9 });
    }));

  it('are forgotten with their logs, the oldest first, and never while they are open', () =>
    withDatabase((database, { jobLines }) => {
      for (let index = 0; index < 5; index++) saveJob(database, { ...aJob(`job-${index}`), createdAt: index, endedAt: index === 0 ? null : index });
      jobLines.append({ jobId: 'job-1', text: 'line', about: null });
      removeOldJobs(database, 2);
      expect(listJobs(database, 10).map(({ id }) => id)).toEqual(['job-4', 'job-3', 'job-0']);
      expect(jobLines.list('job-1', 10)).toEqual([]);
    }));
});

describe('runs', () => {
  const run = { id: 'run-1', name: 'Faces', datasetId: 'dataset-1', datasetName: 'ORL', recipe: recipeSchema.parse({ loss: { name: 'triplet' } }), createdAt: 4 };
  const step = (number: number) => ({
    step: number, epoch: Math.floor(number / 4), loss: 1 / (number + 1), learningRate: 0.1, activeShare: 0.5, positiveDistance: null, negativeDistance: 1.2,
    skipped: { 'no positive': 2 }, imagesPerSecond: 30, meanNorm: 3.5, meanCosine: 0.1, alarm: null,
  });
  const epoch = (number: number, kept: boolean) => ({
    epoch: number, step: number * 4 + 3, meanLoss: 0.5, validationEer: 0.2 - number / 100, learningRate: 0.1, alarm: null, kept, durationMs: 10,
  });

  it('come back with what their epochs say, and survive their dataset', () =>
    withDatabase((database) => {
      insertDataset(database, { ...dataset, columns: [] });
      insertRun(database, run);
      saveRunEpoch(database, 'run-1', epoch(0, true));
      saveRunEpoch(database, 'run-1', epoch(1, true));
      unkeepOtherEpochs(database, 'run-1', 1);
      saveRunEpoch(database, 'run-1', epoch(2, false));
      // The error of the epoch that was kept, though a later one was lower.
      expect(findRun(database, 'run-1')).toMatchObject({ ...run, state: 'running', epoch: 3, bestValidationEer: 0.19, modelId: null });
      expect(listRunEpochs(database, 'run-1').map(({ kept }) => kept)).toEqual([false, true, false]);
      removeDataset(database, 'dataset-1');
      expect(findRun(database, 'run-1')).toMatchObject({ datasetId: null, datasetName: 'ORL' });
    }));

  it('say of a run whose epochs were all worse that its model is the network as it began, with its error', () =>
    withDatabase((database) => {
      insertDataset(database, { ...dataset, columns: [] });
      insertRun(database, run);
      saveRunEpoch(database, 'run-1', epoch(0, false));
      expect(findRun(database, 'run-1')).toMatchObject({ keptEpoch: null, bestValidationEer: null });
      insertModel(database, { ...aModel(), id: 'model-of-run', runId: 'run-1', epoch: -1, validationEer: 0.04 });
      expect(findRun(database, 'run-1')).toMatchObject({ keptEpoch: -1, bestValidationEer: 0.04, modelId: 'model-of-run' });
    }));

  it('keep the costliest comparisons of their newest epoch only', () =>
    withDatabase((database) => {
      insertDataset(database, { ...dataset, columns: [] });
      insertRun(database, run);
      expect(findCostliest(database, 'run-1')).toBeNull();
      const told = (newest: number) => ({
        epoch: newest, step: 4 * newest, items: [{ cost: 0.5, step: 3, anchor: { subject: 'Ann', imageId: 'run-1.0' }, positive: null, negative: null }],
      });
      saveCostliest(database, 'run-1', told(0));
      saveCostliest(database, 'run-1', told(1));
      expect(findCostliest(database, 'run-1')).toEqual(told(1));
    }));

  it('forget the steps of an unfinished epoch, and take repeated ones once', () =>
    withDatabase((database) => {
      insertDataset(database, { ...dataset, columns: [] });
      insertRun(database, run);
      for (let number = 0; number < 6; number++) saveRunStep(database, 'run-1', step(number));
      saveRunEpoch(database, 'run-1', epoch(0, true));
      removeUnfinishedSteps(database, 'run-1');
      expect(listRunSteps(database, 'run-1', 1)).toEqual([0, 1, 2, 3].map(step));
      saveRunStep(database, 'run-1', { ...step(3), loss: 7 });
      expect(listRunSteps(database, 'run-1', 2).map(({ step: number, loss }) => [number, loss])).toEqual([[0, 1], [2, 1 / 3], [3, 7]]);
    }));
});

describe('evaluations and thresholds', () => {
  it('keep every score to the last bit, and the threshold outlives the evaluation', () =>
    withDatabase((database) => {
      insertModel(database, aModel());
      const report = { id: 'evaluation-1', modelId: 'model-1', datasetId: 'dataset-1', createdAt: 8 } as EvaluationReport;
      insertEvaluation(database, { report, samples: [{ path: 'a', subject: 'b' }], isDemo: false });
      const scores = Float64Array.of(1 / 3, -Math.PI / 4, 5e-324);
      insertScores(database, { evaluationId: 'evaluation-1', system: 'model', scores });
      expect(findScores(database, 'evaluation-1', 'model')).toEqual(scores);
      expect(findEvaluation(database, 'evaluation-1')).toEqual({ report, samples: [{ path: 'a', subject: 'b' }], isDemo: false });
      const estimate = { value: 0.1, low: null, high: 0.2 };
      const threshold = {
        modelId: 'model-1', transform: 'none' as const, threshold: 1 / 7, targetFmr: 0.01, fmr: estimate, fnmr: estimate, nonMatedComparisons: 4500, datasetName: 'ORL',
        evaluationId: 'evaluation-1', chosenAt: 9,
      };
      saveThreshold(database, threshold);
      expect(findThreshold(database, { modelId: 'model-1', transform: 'none' })).toEqual(threshold);
      removeEvaluation(database, 'evaluation-1');
      expect(findScores(database, 'evaluation-1', 'model')).toBeUndefined();
      expect(findThreshold(database, { modelId: 'model-1', transform: 'none' })).toEqual({ ...threshold, evaluationId: null });
    }));

  it('know the people a model learned from by their pictures, in whichever dataset', () =>
    withDatabase((database) => {
      insertModel(database, aModel());
      insertModelTrainingSample(database, { modelId: 'model-1', pixelHash: 'pixels-1', subject: 'anna' });
      insertDataset(database, { ...dataset, columns: [] });
      for (const [position, pixelHash] of ['pixels-1', 'pixels-2'].entries()) {
        insertDatasetSample(database, {
          id: `picture-${position}`, datasetId: 'dataset-1', position, path: `${position}.png`, subject: `s${position}`, part: 'test', sha256: 'x',
          pixelHash, width: 1, height: 1, metadata: {},
        });
      }
      const question = { modelId: 'model-1', datasetId: 'dataset-1', part: 'test' };
      expect(listSubjectsSeenInTraining(database, question)).toEqual(['s0']);
      expect(listSubjectsSeenInTraining(database, { ...question, part: 'train' })).toEqual([]);
    }));
});
