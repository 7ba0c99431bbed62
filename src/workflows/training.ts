import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { Recipe } from '../contract/recipe/recipe.ts';
import type { Handlers } from '../contract/requests.ts';
import type { RunCard } from '../contract/requests/runs.ts';
import type { DatasetRecord } from '../store/datasets.ts';
import { countRunSteps, findCostliest, listRunEpochs, listRunSteps } from '../store/run-progress.ts';
import type { RunRecord } from '../store/runs.ts';
import { findRun, insertRun, insertRunSample, listRuns, removeRun, setRunRunning } from '../store/runs.ts';
import { transaction } from '../store/statement.ts';
import { newIdentifier } from './identifiers.ts';
import { lintRecipe } from './lint-recipe.ts';
import { runPicturePrefix } from './run-pictures.ts';
import { chosenDatasets, samplesOfRun } from './run-datasets.ts';
import { trainRun } from './train-run.ts';
import { trainingSetOf } from './recipes.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type RunHandlers = Pick<Handlers, 'runs.list' | 'runs.get' | 'runs.start' | 'runs.resume' | 'runs.remove'>;

/** A live curve needs no more points than this; longer runs show every n-th step. */
const shownSteps = 4000;

export function trainingHandlers(workbench: Workbench): RunHandlers {
  const { database } = workbench.store;
  return {
    'runs.list': () => listRuns(database).map((run) => runCard(workbench, run)),
    'runs.get': ({ runId }) => {
      const run = knownRun(workbench, runId);
      const stride = Math.max(1, Math.ceil(countRunSteps(database, runId) / shownSteps));
      return { run: runCard(workbench, run), steps: listRunSteps(database, runId, stride), epochs: listRunEpochs(database, runId), costliest: findCostliest(database, runId) };
    },
    'runs.start': ({ recipe, ...chosen }) => {
      const datasets = chosenDatasets(database, chosen);
      const problem = lintRecipe(recipe, trainingSetOf(database, datasets.map(({ id }) => id))).find(({ severity }) => severity === 'error');
      if (problem !== undefined) throw new RequestError('bad-recipe', problem.message);
      const runId = writeRun(workbench, datasets, recipe);
      return startJob(workbench, knownRun(workbench, runId), false);
    },
    'runs.resume': ({ runId }) => {
      const run = knownRun(workbench, runId);
      if (!canResume(workbench, run)) {
        throw new RequestError('conflict', `"${run.name}" ${run.state === 'done' ? 'has ended' : 'is at work already'}; it cannot be resumed.`);
      }
      return startJob(workbench, run, true);
    },
    'runs.remove': async ({ runId }) => {
      const run = knownRun(workbench, runId);
      if (isAtWork(workbench, run)) throw new RequestError('conflict', `"${run.name}" is at work. Cancel its job first, then remove it.`);
      removeRun(database, runId);
      workbench.renderings.forgetAll(runPicturePrefix(runId));
      await rm(runFolder(workbench.home, runId), { recursive: true, force: true });
      announce(workbench, 'runs', 'models', 'desk');
      return { removed: true };
    },
  };
}

export function runFolder(home: string, runId: string): string {
  return join(home, 'runs', runId);
}

function runCard(workbench: Workbench, run: RunRecord): RunCard {
  return { ...run, canResume: canResume(workbench, run) };
}

function isAtWork({ jobs }: Workbench, { id }: RunRecord): boolean {
  return jobs.findOpen('train', id) !== undefined;
}

/** An interrupted run whose job is replacing the engine goes on by itself. */
function canResume(workbench: Workbench, run: RunRecord): boolean {
  return run.state !== 'done' && !isAtWork(workbench, run);
}

function knownRun({ store: { database } }: Workbench, runId: string): RunRecord {
  const run = findRun(database, runId);
  if (run === undefined) throw new RequestError('not-found', 'This run is not known (any more). Look at the list of runs.');
  return run;
}

/** Fixes what the run learns from: a resumed run sees the same samples, whatever happened to the dataset. */
function writeRun({ store: { database } }: Workbench, datasets: readonly DatasetRecord[], recipe: Recipe): string {
  const id = newIdentifier('run');
  const samples = samplesOfRun(database, { runId: id, datasets });
  const datasetName = datasets.map(({ name }) => name).join(' + ');
  transaction(database, () => {
    insertRun(database, { id, name: recipe.name, datasetId: datasets[0]!.id, datasetName, recipe, createdAt: Date.now() });
    for (const sample of samples) insertRunSample(database, sample);
  });
  return id;
}

function startJob(workbench: Workbench, run: RunRecord, isResumed: boolean): { runId: string; jobId: string } {
  const job = workbench.jobs.start({
    kind: 'train', title: `${isResumed ? 'Resume' : 'Train'} ${run.name}`, subjectId: run.id, unit: 'steps', isBatch: true,
    work: (running) => trainRun(workbench, { run, folder: runFolder(workbench.home, run.id), isResumed }, running),
  });
  setRunRunning(workbench.store.database, run.id, job.id);
  announce(workbench, 'runs', 'desk');
  return { runId: run.id, jobId: job.id };
}
