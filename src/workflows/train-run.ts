import { copyFile } from 'node:fs/promises';
import type { EngineOperations, TrainOutcome, TrainProgress } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import { percentWords } from '../evaluation/number-words.ts';
import { insertModel, insertModelTrainingSample } from '../store/models.ts';
import { removeUnfinishedSteps } from '../store/run-progress.ts';
import type { RunRecord, RunSample } from '../store/runs.ts';
import { endRun, listRunSamples, setRunDevice, setRunRunning } from '../store/runs.ts';
import { transaction } from '../store/statement.ts';
import { counted } from './counted.ts';
import { newIdentifier } from './identifiers.ts';
import { isClosing } from './job-ending.ts';
import type { RunningJob } from './jobs.ts';
import { labelSamples } from './label-samples.ts';
import { modelInUse, placeForWeights, setModelInUse } from './models.ts';
import { cacheOfPicture } from './picture-cache.ts';
import { costliestOf } from './run-pictures.ts';
import { RunRecorder } from './run-recorder.ts';
import { isEngineLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

export interface TrainOrder {
  run: RunRecord;
  folder: string;
  isResumed: boolean;
}

/**
 * Trains, or goes on training, one run. Each ending leaves the run in a state that says the truth: done with a model,
 * cancelled or interrupted with the checkpoints to resume from, failed with the reason.
 */
export async function trainRun(workbench: Workbench, order: TrainOrder, job: RunningJob): Promise<string> {
  const { run } = order;
  const { database } = workbench.store;
  const end = (state: RunRecord['state'], error: string | null): void => {
    endRun(database, { id: run.id, state, error, endedAt: Date.now() });
    announce(workbench, 'runs', 'desk');
  };
  try {
    if (job.signal.aborted) throw new RequestError('cancelled', 'It was cancelled before it began.');
    const samples = listRunSamples(database, run.id);
    const outcome = await trainThroughOneLoss(workbench, { order, samples }, job);
    if (outcome.state === 'cancelled') throw new RequestError('cancelled', 'Training was cancelled.');
    const modelId = await makeModel(workbench, { run, samples, outcome });
    end('done', null);
    await useFirstModel(workbench, modelId, job);
    return closingSentence(outcome);
  } catch (error) {
    if (job.signal.aborted) end(isClosing(job.signal) ? 'interrupted' : 'cancelled', null);
    else if (isEngineLoss(error)) end('interrupted', error.message);
    else end('failed', error instanceof RequestError ? error.message : 'Something went wrong inside Likeness. The log has the details.');
    throw error;
  }
}

/** An engine that ends in the middle is replaced once, and the run goes on from its last checkpoint. */
async function trainThroughOneLoss(
  workbench: Workbench,
  work: { order: TrainOrder; samples: RunSample[] },
  job: RunningJob,
): Promise<TrainOutcome> {
  const { run, isResumed } = work.order;
  const { database } = workbench.store;
  try {
    return await train(workbench, { ...work, isResumed }, job);
  } catch (error) {
    if (!isEngineLoss(error) || job.signal.aborted) throw error;
    job.log(`${error.message} The run goes on from its last checkpoint.`);
    endRun(database, { id: run.id, state: 'interrupted', error: error.message, endedAt: Date.now() });
    announce(workbench, 'runs');
    return await train(workbench, { ...work, isResumed: true }, job);
  }
}

async function train(
  workbench: Workbench,
  { order, samples, isResumed }: { order: TrainOrder; samples: RunSample[]; isResumed: boolean },
  job: RunningJob,
): Promise<TrainOutcome> {
  const { run, folder } = order;
  const { database } = workbench.store;
  if (isResumed) removeUnfinishedSteps(database, run.id);
  const recorder = new RunRecorder({ database, runId: run.id, emit: workbench.emit });
  const caches = cachesOf(workbench, samples);
  const request = { ...trainRequest(run, samples), folder, resume: isResumed, caches };
  const known = { samples: samples.filter(({ part }) => part === 'train'), classNames: request.classNames };
  const onProgress = (progress: TrainProgress): void => {
    if (progress.type === 'step') {
      recorder.step(progress.step);
      job.progress({ done: progress.step.step + 1 });
    } else if (progress.type === 'epoch') {
      recorder.epoch(progress.epoch);
      job.progress({ message: epochSentence(run, progress.epoch) });
      announce(workbench, 'runs');
    } else if (progress.type === 'costliest') {
      recorder.costliest(costliestOf(progress, known));
    } else if (progress.type === 'device') {
      setRunRunning(database, run.id, job.id);
      setRunDevice(database, { id: run.id, device: progress.label, parameters: progress.parameters });
      job.progress({ total: progress.stepsPerEpoch * run.recipe.epochs });
      job.log(`Training on ${progress.label}: ${progress.parameters} parameters.`);
      announce(workbench, 'runs');
    } else {
      job.log(progress.message);
    }
  };
  try {
    return await workbench.engine.call('train', request, { lane: 'batch', signal: job.signal, onProgress });
  } finally {
    recorder.flush();
  }
}

/** Of each dataset of the run, by its number in the samples. */
function cachesOf(workbench: Workbench, samples: readonly RunSample[]): (string | null)[] {
  const caches: (string | null)[] = [];
  for (const { dataset, path } of samples) if (!(dataset in caches)) caches[dataset] = cacheOfPicture(workbench, path);
  return caches;
}

/** What the engine is asked: labels count the identities of each part, dataset by dataset. */
export function trainRequest(run: RunRecord, samples: RunSample[]): Omit<EngineOperations['train']['input'], 'folder' | 'resume'> {
  const of = (part: RunSample['part']): RunSample[] => samples.filter((sample) => sample.part === part);
  const { classNames, samples: train } = labelSamples(of('train'));
  return { recipe: run.recipe, train, validation: labelSamples(of('validation')).samples, classNames };
}

/** What was trained here is the user's; what it began from may be somebody else's. */
function licenceOf({ backbone }: RunRecord['recipe']): string {
  return backbone.name === 'pretrained-face' ? 'your own, on pretrained weights (MobileFaceNet) whose licence is not stated' : 'your own';
}

/** The best checkpoint becomes a model of its own, which outlives the run. */
async function makeModel(
  { home, store: { database } }: Workbench,
  { run, samples, outcome }: { run: RunRecord; samples: RunSample[]; outcome: TrainOutcome },
): Promise<string> {
  const { best } = outcome;
  if (best === null) throw new RequestError('too-little-data', 'The run ended without a single finished epoch, so there is no model.');
  const modelId = newIdentifier('model');
  await copyFile(best.path, await placeForWeights(home, modelId));
  transaction(database, () => {
    insertModel(database, {
      id: modelId, name: run.name, source: 'trained-here', runId: run.id, recipe: run.recipe, embeddingSize: run.recipe.embeddingSize,
      trainedOn: run.datasetName, licence: licenceOf(run.recipe), epoch: best.epoch, validationEer: best.validationEer,
      weightsHash: best.weightsHash, createdAt: Date.now(),
    });
    for (const { part, pixelHash, subject } of samples) {
      if (part === 'train') insertModelTrainingSample(database, { modelId, pixelHash, subject });
    }
  });
  return modelId;
}

/** Somebody without any model wants the first one they train. */
async function useFirstModel(workbench: Workbench, modelId: string, job: RunningJob): Promise<void> {
  announce(workbench, 'models', 'desk');
  if (modelInUse(workbench.store.database) !== undefined) return;
  setModelInUse(workbench, modelId);
  job.log('It is the first model here, so it is in use from now on.');
}

function epochSentence(run: RunRecord, { epoch, meanLoss, validationEer }: { epoch: number; meanLoss: number; validationEer: number | null }): string {
  const eer = validationEer === null ? '' : `, validation EER ${percentWords(validationEer)}`;
  return `Epoch ${epoch + 1} of ${run.recipe.epochs}: loss ${meanLoss.toFixed(4)}${eer}.`;
}

function closingSentence({ epochs, best }: TrainOutcome): string {
  const eer = best?.validationEer;
  if (best && best.epoch < 0) return `${counted(epochs, 'epoch')}; none was better on the validation people than the embedder that the run began with, which stays the model.`;
  const found = eer === null || eer === undefined ? '' : ` with a validation EER of ${percentWords(eer)}`;
  return `${counted(epochs, 'epoch')}; the model is epoch ${(best?.epoch ?? 0) + 1}${found}.`;
}
