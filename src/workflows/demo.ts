import { basename, resolve } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import { percentWords } from '../evaluation/number-words.ts';
import type { DatasetSample } from '../store/dataset-samples.ts';
import { listDatasetSamples } from '../store/dataset-samples.ts';
import type { DatasetRecord } from '../store/datasets.ts';
import { findDemoDataset, insertDataset, setDatasetPath, setDatasetSplit, setDatasetState } from '../store/datasets.ts';
import { findEvaluation, removeDemoEvaluations } from '../store/evaluations.ts';
import type { ModelRecord } from '../store/models.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { rootOf } from './dataset-layout.ts';
import { emptyDataset, knownDataset } from './datasets.ts';
import type { DemoResources } from './demo-resources.ts';
import { readDemo } from './demo-resources.ts';
import { enrolPictures } from './enrol-pictures.ts';
import { newIdentifier } from './identifiers.ts';
import { importDataset } from './import-dataset.ts';
import type { RunningJob } from './jobs.ts';
import { modelInUse, setModelInUse } from './models.ts';
import { catchUpTemplates } from './re-embed.ts';
import { runEvaluation } from './run-evaluation.ts';
import { placeShippedModel } from './shipped-models.ts';
import { smallestSupportedTarget } from './smallest-target.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import { chooseOfferedThreshold } from './thresholds.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

const stateKey = 'demo-state';
/** So many pictures of each test identity are enrolled; the others are left to try as probes. */
const enrolledPerPerson = 5;
const enrolBatch = 10;

export function demoHandlers(workbench: Workbench): Pick<Handlers, 'demo.reset'> {
  return {
    'demo.reset': async () => {
      const demo = await readDemo(workbench.resources);
      if (demo === null) throw new RequestError('not-found', 'This installation ships without the demo.');
      if (isBeingMade(workbench)) throw new RequestError('conflict', 'The demo is being made right now. Wait until its job has ended.');
      await workbench.store.gallery.deleteDemo(Date.now());
      workbench.renderings.forgetAll('');
      removeDemoEvaluations(workbench.store.database);
      announce(workbench, 'subjects', 'evaluations', 'thresholds', 'desk');
      return { jobId: await makeDemo(workbench, demo) };
    },
  };
}

/** Makes the demo on an empty desk, and goes on with one that was interrupted. Resolves with the job, or null. */
export async function openDemo(workbench: Workbench, isDeskEmpty: boolean): Promise<string | null> {
  const demo = await readDemo(workbench.resources);
  if (demo === null) return null;
  const dataset = findDemoDataset(workbench.store.database);
  // The product may lie elsewhere since the last start.
  if (dataset !== undefined) setDatasetPath(workbench.store.database, dataset.id, demo.manifest);
  const isUnfinished = readSetting(workbench.store.database, stateKey) === 'making' && !isBeingMade(workbench);
  return isDeskEmpty || isUnfinished ? await makeDemo(workbench, demo) : null;
}

function isBeingMade({ jobs }: Workbench): boolean {
  return jobs.findOpen('demo') !== undefined;
}

/** Dataset and model stand there at once; everything else is computed by the job, nothing is canned. */
async function makeDemo(workbench: Workbench, demo: DemoResources): Promise<string> {
  const { database } = workbench.store;
  writeSetting(database, stateKey, 'making');
  const model = await placeShippedModel(workbench, demo);
  const dataset = placeDataset(workbench, demo);
  if (modelInUse(database) === undefined) setModelInUse(workbench, model.id);
  const job = workbench.jobs.start({
    kind: 'demo', title: 'Make the demo', subjectId: dataset.id, unit: 'images', isBatch: true,
    work: (running) => fillDemo(workbench, { dataset, model }, running),
  });
  announce(workbench, 'datasets', 'models', 'desk');
  return job.id;
}

function placeDataset({ store: { database } }: Workbench, demo: DemoResources): DatasetRecord {
  const known = findDemoDataset(database);
  if (known !== undefined) {
    setDatasetSplit(database, known.id, demo.dataset.split);
    setDatasetState(database, known.id, 'importing');
    return knownDataset(database, known.id);
  }
  const dataset: DatasetRecord = {
    ...emptyDataset(), id: newIdentifier('dataset'), name: demo.dataset.name, modality: 'face', layout: 'csv', path: demo.manifest,
    split: demo.dataset.split, isDemo: true, credit: demo.credit, createdAt: Date.now(),
  };
  insertDataset(database, dataset);
  return dataset;
}

interface Demo {
  dataset: DatasetRecord;
  model: ModelRecord;
}

async function fillDemo(workbench: Workbench, demo: Demo, job: RunningJob): Promise<string> {
  const { database } = workbench.store;
  job.log(await importDataset(workbench, demo.dataset, job));
  await enrolGallery(workbench, demo, job);
  removeDemoEvaluations(database);
  const evaluationId = newIdentifier('evaluation');
  const order = { ...demo, evaluationId, part: 'test' as const, baselines: true, corrected: false, transform: 'none' as const, isDemo: true };
  job.log(await runEvaluation(workbench, order, job));
  const { report } = findEvaluation(database, evaluationId)!;
  const target = smallestSupportedTarget(report);
  if (target !== null) chooseOfferedThreshold(workbench, { evaluationId, targetFmr: target });
  writeSetting(database, stateKey, 'made');
  await catchUpTemplates(workbench, demo.model);
  return `The demo is ready: ${report.counts.subjects} people enrolled, ${report.systems.map(({ name, eer }) => `${name} EER ${percentWords(eer.value, report.counts.mated)}`).join(', ')}.`;
}

async function enrolGallery(workbench: Workbench, { dataset, model }: Demo, job: RunningJob): Promise<void> {
  const chosen = firstOfEach(listDatasetSamples(workbench.store.database, dataset.id, 'test'));
  for (let start = 0; start < chosen.length; start += enrolBatch) {
    job.progress({ done: start, total: chosen.length, message: 'Enrolling the people of the demo.' });
    const candidates = chosen.slice(start, start + enrolBatch).map(({ path, subject }) => ({
      subject: { name: subject, note: 'From the demo' },
      fileName: basename(path),
      source: { kind: 'file' as const, path: resolve(rootOf(dataset), path) },
    }));
    const plan = { model, lane: 'batch' as const, several: 'one' as const, isDemo: true, signal: job.signal };
    await surviveOneLoss(job, () => enrolPictures(workbench, candidates, plan));
    announce(workbench, 'subjects', 'desk');
  }
}

function firstOfEach(samples: DatasetSample[]): DatasetSample[] {
  const counts = new Map<string, number>();
  return samples.filter(({ subject }) => {
    const count = (counts.get(subject) ?? 0) + 1;
    counts.set(subject, count);
    return count <= enrolledPerPerson;
  });
}
