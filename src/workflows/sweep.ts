import { createHash } from 'node:crypto';
import { RequestError } from '../contract/request-error.ts';
import type { RequestErrorCode } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { SweepResults } from '../contract/requests/sweeps.ts';
import { percentWords } from '../evaluation/number-words.ts';
import { counted } from './counted.ts';
import { readyDataset } from './datasets.ts';
import type { RunningJob } from './jobs.ts';
import { cacheOfDataset } from './picture-cache.ts';
import { claimFolder, readManifest } from './sweep-manifest.ts';
import type { SweepManifest } from './sweep-manifest.ts';
import { SweepMeter } from './sweep-meter.ts';
import { imagesOf, sweepOne } from './sweep-one.ts';
import { sweepPage } from './sweep-page.ts';
import type { PlannedRun, SweepPlan } from './sweep-plan.ts';
import { planSweep, runKeys } from './sweep-plan.ts';
import { sweepResults } from './sweep-results.ts';
import type { FinishedRun } from './sweep-runs.ts';
import { makePlaces, readAsked, readFailedRuns, readFinishedRuns, sweepPlaces, writeAsked, writeFailedRun } from './sweep-runs.ts';
import type { Workbench } from './workbench.ts';
import { writeWholeFile } from './write-whole-file.ts';

/** About a training and its evaluation: between two trainings nothing is counted for some seconds. */
const smoothingMs = 60_000;

/** The fair sweep: several losses, one split, one budget, several seeds, and honest figures of what came of it. */
export function sweepHandlers(workbench: Workbench): Pick<Handlers, 'sweeps.start' | 'sweeps.results'> {
  const { database } = workbench.store;
  return {
    'sweeps.start': async (order) => {
      const dataset = readyDataset(database, order.datasetId);
      const { versions } = await workbench.device.current();
      const plan = planSweep(database, { order, dataset, versions: { likeness: workbench.version, ...versions } });
      const { folder } = order;
      const subjectId = `sweep-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
      if (workbench.jobs.findOpen('sweep', subjectId) !== undefined) throw new RequestError('conflict', `A sweep is at work in ${folder} already.`);
      await claimFolder(folder, plan.manifest);
      await makePlaces(folder);
      await writeAsked(folder, order);
      const job = workbench.jobs.start({
        kind: 'sweep', title: `Sweep of ${counted(plan.manifest.items.length, 'loss', 'losses')} on ${dataset.name}`, subjectId, unit: 'images', isBatch: true, smoothingMs,
        work: (running) => runSweep(workbench, { folder, plan, cache: cacheOfDataset(workbench.home, dataset.id) }, running),
      });
      return { jobId: job.id };
    },
    'sweeps.results': async ({ folder }) => {
      const manifest = await readManifest(folder);
      if (manifest === null) throw new RequestError('not-found', `There is no sweep in ${folder}.`);
      const results = await resultsOf(folder, manifest);
      return { results, page: sweepPage(results) };
    },
  };
}

interface Sweep {
  folder: string;
  plan: SweepPlan;
  cache: string;
}

/** Does what is not done yet, one run after the other. Resolves with the closing sentence. */
async function runSweep(workbench: Workbench, { folder, plan, cache }: Sweep, job: RunningJob): Promise<string> {
  const { runs } = plan;
  const finished = new Set((await readFinishedRuns(folder, runs)).map(({ key }) => key));
  const pending = runs.filter(({ key }) => !finished.has(key));
  for (const remark of plan.remarks) job.log(`Note: ${remark}`);
  if (finished.size > 0) job.log(`${finished.size} of ${runs.length} runs are done already.`);
  const meter = new SweepMeter(job, pending.reduce((sum, run) => sum + imagesOf(run, plan), 0));
  let failed = 0;
  for (const run of pending) {
    const place = `${runs.indexOf(run) + 1} of ${runs.length}`;
    job.progress({ message: `Run ${place}: ${run.key}.` });
    try {
      job.log(`${place}, ${sentenceOf(await sweepOne(workbench, { run, work: { folder, plan, cache, meter } }, job))}`);
    } catch (error) {
      if (job.signal.aborted || !isOfTheRun(error)) throw error;
      failed++;
      await writeFailedRun(folder, { key: run.key, reason: error.message });
      job.log(`${place}, ${run.key}: failed. ${error.message}`);
      meter.leave();
    }
    await writeResults(folder, plan.manifest);
  }
  await writeResults(folder, plan.manifest);
  return `${runs.length - failed} of ${counted(runs.length, 'run')} are done${failed === 0 ? '' : `, ${failed} failed; asked again they are tried again`}. The results are in ${sweepPlaces.page(folder)}.`;
}

/** What one run can fail with while the others go on: its own recipe, its own collapse. */
const ownCodes: readonly RequestErrorCode[] = ['invalid-input', 'bad-image', 'bad-recipe', 'bad-dataset', 'no-model', 'too-little-data'];

function isOfTheRun(error: unknown): error is RequestError {
  return error instanceof RequestError && ownCodes.includes(error.code);
}

function sentenceOf({ key, figures, training }: FinishedRun): string {
  const kept = training === null ? '' : `, epoch ${training.keptEpoch + 1} of ${training.epochs} kept`;
  return `${key}: MAP@R ${percentWords(figures.meanAveragePrecisionAtR.value)}, EER ${percentWords(figures.eer.estimate)}${kept}.`;
}

async function resultsOf(folder: string, manifest: SweepManifest): Promise<SweepResults> {
  const runs: Pick<PlannedRun, 'key' | 'item'>[] = runKeys(manifest.items.map(({ key }) => key), manifest.seeds);
  const [finished, failed] = [await readFinishedRuns(folder, runs), await readFailedRuns(folder, runs)];
  return sweepResults({ manifest, planned: runs.length, finished, failed, asked: await readAsked(folder) });
}

async function writeResults(folder: string, manifest: SweepManifest): Promise<void> {
  const results = await resultsOf(folder, manifest);
  await writeWholeFile(sweepPlaces.results(folder), `${JSON.stringify(results, null, 2)}\n`);
  await writeWholeFile(sweepPlaces.page(folder), sweepPage(results));
}
