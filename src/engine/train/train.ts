import { join } from 'node:path';
import type { TrainOutcome, TrainProgress, TrainRequest } from '../../contract/engine-port.ts';
import type { GraphBackbone } from '../../learning/backbones/graph-model.ts';
import { countLearnt } from '../../learning/parameters.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { measureDevice } from '../device/measure-device.ts';
import { openBackboneGraph } from '../graph-model/backbone-graph.ts';
import { graphOfRun } from '../graph-model/graph-file.ts';
import type { Work } from '../process/serve.ts';
import { trainEpoch } from './train-epoch.ts';
import { finishEpoch } from './finish-epoch.ts';
import { guideByText } from './guide-by-text.ts';
import { areFeaturesFixed, computeFixedFeatures } from './fixed-features.ts';
import { keepStart } from './keep-start.ts';
import { mineWhenDue } from './mine-offline.ts';
import { openPictures } from './pictures.ts';
import type { Pictures } from './pictures.ts';
import { readNewestCheckpoint, removeCheckpoints } from './run-checkpoint.ts';
import { beginRun, endRun } from './run.ts';
import type { Run, RunMaterial } from './run.ts';
import { restoreRun } from './save-run.ts';

export type TrainWork = Work<TrainProgress>;

const NAMED_FAILURES = 5;

/** Trains a recipe to its end, or until it is cancelled; a checkpoint after each epoch. */
export async function train(request: TrainRequest, work: TrainWork): Promise<TrainOutcome> {
  await loadTensorflow();
  const device = await measureDevice(false);
  const material = await gather(request, work);
  if (work.signal.aborted) return { state: 'cancelled', epochs: 0, best: null };
  noteFailures([material.train, material.validation], work);
  const run = beginRun(request, material);
  try {
    await resume(run, work);
    if (!(await fixFeatures(run, work))) return outcomeOf(run, 'cancelled');
    const parameters = countLearnt(run.learner.network.parameters);
    work.report({ type: 'device', label: device.label, parameters, stepsPerEpoch: run.stepsPerEpoch });
    await keepStart(run, work);
    return await trainToTheEnd(run, work);
  } finally {
    endRun(run);
  }
}

async function gather(request: TrainRequest, work: TrainWork): Promise<RunMaterial> {
  const options = { input: request.recipe.input, signal: work.signal, ...(request.caches && { caches: request.caches }) };
  const graph = await openGraphOfRun(request);
  const train = await openPictures(request.train, options);
  const validation = await openPictures(request.validation, options);
  return { train, validation, textSimilarity: await guideByText(request, work), graph };
}

async function openGraphOfRun(request: TrainRequest): Promise<GraphBackbone | null> {
  const file = await graphOfRun(request);
  return file && openBackboneGraph(file, request.recipe, true);
}

/** False when cancelled meanwhile. */
async function fixFeatures(run: Run, { report, signal }: TrainWork): Promise<boolean> {
  const { request: { recipe }, learner: { network } } = run;
  if (!areFeaturesFixed(recipe)) return true;
  report({ type: 'note', message: `The backbone does not learn: the features of ${run.train.samples.length + run.validation.samples.length} pictures are computed once.` });
  const train = await computeFixedFeatures(network, recipe, { pictures: run.train, signal });
  const validation = train && (await computeFixedFeatures(network, recipe, { pictures: run.validation, signal }));
  if (validation) run.fixed = { train: train!, validation };
  return validation !== null;
}

async function trainToTheEnd(run: Run, work: TrainWork): Promise<TrainOutcome> {
  while (run.state.epochs.length < run.request.recipe.epochs && !run.state.stopped) {
    const startedAt = performance.now();
    const trained = (await mineWhenDue(run, work)) ? await trainEpoch(run, work) : null;
    if (trained === null) return outcomeOf(run, 'cancelled');
    await finishEpoch(run, { ...trained, startedAt }, work);
  }
  return outcomeOf(run, 'done');
}

function outcomeOf({ state, request }: Run, how: TrainOutcome['state']): TrainOutcome {
  const { best } = state;
  const kept = best && { path: join(request.folder, best.file), epoch: best.epoch, validationEer: best.validationEer, weightsHash: best.weightsHash };
  return { state: how, epochs: state.epochs.length, best: kept };
}

async function resume(run: Run, { report }: TrainWork): Promise<void> {
  const { folder, resume: wanted } = run.request;
  if (!wanted) return removeCheckpoints(folder);
  const found = await readNewestCheckpoint(folder);
  if (!found) {
    report({ type: 'note', message: 'There is no checkpoint yet; the run begins at its first epoch.' });
    return;
  }
  for (const message of found.passedOver) report({ type: 'note', message: `The checkpoint ${message}; the one before it is used.` });
  restoreRun(run, found);
}

function noteFailures(sets: Pictures[], { report }: TrainWork): void {
  const failures = sets.flatMap((set) => set.failures);
  for (const { path, reason } of failures.slice(0, NAMED_FAILURES)) report({ type: 'note', message: `${path} is left out: ${reason}.` });
  const more = failures.length - NAMED_FAILURES;
  if (more > 0) report({ type: 'note', message: `${more} more pictures are left out because they cannot be read.` });
}
