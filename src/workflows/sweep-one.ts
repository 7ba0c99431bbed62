import { copyFile, readdir } from 'node:fs/promises';
import type { EmbedderSource, TrainProgress } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import { percentWords } from '../evaluation/number-words.ts';
import { counted } from './counted.ts';
import { embedDataset } from './embed-dataset.ts';
import type { RunningJob } from './jobs.ts';
import { labelSamples } from './label-samples.ts';
import { runInThread } from './run-in-thread.ts';
import { isEngineLoss } from './survive-one-loss.ts';
import type { SweepMeter } from './sweep-meter.ts';
import type { PlannedRun, SweepPlan } from './sweep-plan.ts';
import { batchOf } from './sweep-plan.ts';
import type { FinishedRun } from './sweep-runs.ts';
import { sweepPlaces, writeFinishedRun } from './sweep-runs.ts';
import type { Workbench } from './workbench.ts';

export interface SweepWork {
  folder: string;
  /** Where the crops of the dataset's pictures are kept. A model of a sweep embeds them once, so its embeddings are not. */
  cache: string;
  plan: SweepPlan;
  meter: SweepMeter;
}

/** Pictures that a run learns from or embeds. */
export function imagesOf({ kind, recipe }: PlannedRun, { samples }: SweepPlan): number {
  return (kind === 'loss' ? recipe.epochs * (recipe.batchesPerEpoch ?? 0) * batchOf(recipe.sampler) : 0) + samples.test.length;
}

/** Resamples are the same ones for every run: their figures can be subtracted. */
const resamplingSeed = 1;

/** Trains where there is something to train, measures on the test people, and writes what came of it. */
export async function sweepOne(workbench: Workbench, { run, work }: OneRun, job: RunningJob): Promise<FinishedRun> {
  const startedAt = performance.now();
  work.meter.enter(imagesOf(run, work.plan));
  const trained = run.kind === 'loss' ? await trainOne(workbench, { run, work }, job) : null;
  const embedder: EmbedderSource = trained?.embedder ?? { kind: run.kind === 'raw-pixels' ? 'raw-pixels' : 'untrained', recipe: run.recipe };
  const { figures, mated, nonMated, searches } = await measure(workbench, { embedder, run, work }, job);
  const { label } = await workbench.device.current();
  const finished: FinishedRun = {
    format: 'likeness-sweep-run-3', key: run.key, item: run.item, kind: run.kind, seed: run.seed, figures, mated, nonMated, searches,
    training: trained?.training ?? null, device: label, durationMs: performance.now() - startedAt, endedAt: Date.now(),
  };
  await writeFinishedRun(work.folder, finished);
  work.meter.leave();
  return finished;
}

interface Trained {
  embedder: EmbedderSource;
  training: NonNullable<FinishedRun['training']>;
}

interface OneRun {
  run: PlannedRun;
  work: SweepWork;
}

/** From its newest checkpoint, if it has one; an engine that ends under it is replaced once. */
async function trainOne(workbench: Workbench, { run, work }: OneRun, job: RunningJob): Promise<Trained> {
  try {
    return await trainThrough(workbench, { run, work }, job);
  } catch (error) {
    if (!isEngineLoss(error) || job.signal.aborted) throw error;
    job.log(`${error.message} ${run.key} goes on from its last checkpoint.`);
    return await trainThrough(workbench, { run, work }, job);
  }
}

async function trainThrough(workbench: Workbench, { run, work }: OneRun, job: RunningJob): Promise<Trained> {
  const { folder, plan } = work;
  const follower = new TrainingFollower({ run, work }, job);
  const { classNames, samples: train } = labelSamples(plan.samples.train);
  const place = sweepPlaces.training(folder, run.key);
  const hasBegun = (await readdir(place).catch(() => [])).length > 0;
  const validation = labelSamples(plan.samples.validation).samples;
  const request = { recipe: run.recipe, train, validation, classNames, folder: place, resume: hasBegun, caches: [work.cache] };
  const onProgress = (progress: TrainProgress): void => follower.follow(progress);
  const { state, epochs, best } = await workbench.engine.call('train', request, { lane: 'batch', signal: job.signal, onProgress });
  if (state === 'cancelled') throw new RequestError('cancelled', 'The sweep was cancelled.');
  if (best === null) throw new RequestError('too-little-data', 'Not one epoch could be finished, so there is no model to measure.');
  const path = sweepPlaces.model(folder, run.key);
  await copyFile(best.path, path);
  return {
    embedder: { kind: 'checkpoint', path, weightsHash: best.weightsHash, recipe: run.recipe },
    training: {
      keptEpoch: best.epoch, epochs, validationEer: best.validationEer, weightsHash: best.weightsHash,
      parameters: follower.parameters, durationMs: hasBegun ? null : follower.durationMs,
    },
  };
}

/** Turns what one training says into progress of the whole. */
class TrainingFollower {
  parameters = 0;
  /** Of the epochs that it saw. */
  durationMs = 0;
  readonly #order: OneRun;
  readonly #job: RunningJob;
  readonly #batch: number;
  #isFirst = true;

  constructor(order: OneRun, job: RunningJob) {
    this.#order = order;
    this.#job = job;
    this.#batch = batchOf(order.run.recipe.sampler);
  }

  follow(progress: TrainProgress): void {
    const { run } = this.#order;
    if (progress.type === 'device') this.parameters = progress.parameters;
    else if (progress.type === 'step') this.#step(progress.step.step);
    else if (progress.type === 'epoch') this.#epoch(progress.epoch);
    else if (progress.type === 'note') this.#job.log(`${run.key}: ${progress.message}`);
  }

  #step(step: number): void {
    const { meter } = this.#order.work;
    if (this.#isFirst && step > 0) meter.spare(step * this.#batch);
    this.#isFirst = false;
    meter.reach((step + 1) * this.#batch);
  }

  #epoch({ epoch, validationEer, durationMs }: Extract<TrainProgress, { type: 'epoch' }>['epoch']): void {
    const { run } = this.#order;
    this.durationMs += durationMs;
    const eer = validationEer === null ? '' : `, validation EER ${percentWords(validationEer)}`;
    this.#job.progress({ message: `${run.key}: epoch ${epoch + 1} of ${run.recipe.epochs}${eer}.` });
  }
}

async function measure(
  workbench: Workbench,
  { embedder, run, work }: OneRun & { embedder: EmbedderSource },
  job: RunningJob,
): Promise<Pick<FinishedRun, 'figures' | 'mated' | 'nonMated' | 'searches'>> {
  const samples = work.plan.samples.test;
  let reached = imagesOf(run, work.plan) - samples.length;
  const onDone = (count: number): void => work.meter.reach((reached += count));
  const { templates, failures } = await embedDataset(workbench, { embedder, root: '', cache: { folder: work.cache, embeddings: false }, samples, onDone }, job);
  const [first] = failures;
  // Fewer pictures than the others were judged on would be another comparison.
  if (first !== undefined) throw new RequestError('bad-image', `${counted(failures.length, 'test picture')} gave no template; for example ${first.path}: ${first.reason}`);
  const order = { templates, replicates: work.plan.manifest.replicates, seed: resamplingSeed };
  return runInThread('sweep-run', order, { signal: job.signal, onProgress: () => undefined });
}
