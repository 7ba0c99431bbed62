import * as tf from '@tensorflow/tfjs-core';
import { RequestError } from '../../contract/request-error.ts';
import { LossError } from '../../learning/loss-error.ts';
import { learningRateShare } from '../../learning/schedules/schedules.ts';
import { takeStep } from '../../learning/step.ts';
import { takeTurns } from '../process/take-turns.ts';
import { createCostlyList } from './costly-list.ts';
import { toFeatures } from './fixed-features.ts';
import { toAugmentedImages } from './make-batch.ts';
import type { Run } from './run.ts';
import type { TrainWork } from './train.ts';

export interface TrainedEpoch {
  meanLoss: number;
  learningRate: number;
}

/** How much the newest step counts in the rate that is shown. */
const RATE_SMOOTHING = 0.2;

/** The costliest comparisons are told so often within an epoch, and at its end. */
const COSTLIEST_EVERY_MS = 2000;

/** The steps of one epoch; null when cancelled between two of them. */
export async function trainEpoch(run: Run, { report, signal }: TrainWork): Promise<TrainedEpoch | null> {
  const { state, stepsPerEpoch, sampler } = run;
  const epoch = state.epochs.length;
  let sum = 0;
  let learningRate = 0;
  let imagesPerSecond: number | null = null;
  const costly = createCostlyList();
  let toldAt = performance.now();
  const tellCostliest = (number: number): void => {
    report({ type: 'costliest', epoch, step: number, items: [...costly.items] });
    toldAt = performance.now();
  };
  for (let index = 0; index < stepsPerEpoch; index++) {
    await takeTurns();
    if (signal.aborted) return null;
    const startedAt = performance.now();
    const number = epoch * stepsPerEpoch + index;
    learningRate = learningRateAt(run, number);
    const { loss, diagnostics, costliest } = await step(run, { number, learningRate });
    sum += loss;
    const rate = (1000 * sampler.batchSize) / (performance.now() - startedAt);
    imagesPerSecond = imagesPerSecond === null ? rate : imagesPerSecond + RATE_SMOOTHING * (rate - imagesPerSecond);
    const alarm = run.watch(diagnostics.meanCosine);
    report({ type: 'step', step: { step: number, epoch, loss, learningRate, ...diagnostics, imagesPerSecond, alarm } });
    if (!Number.isFinite(loss)) throw diverged(learningRate, number);
    if (alarm !== null) report({ type: 'note', message: `Step ${number}: ${alarm}` });
    costly.take(costliest);
    if (index === stepsPerEpoch - 1 || performance.now() - toldAt >= COSTLIEST_EVERY_MS) tellCostliest(number);
  }
  return { meanLoss: sum / stepsPerEpoch, learningRate };
}

async function step(run: Run, { number, learningRate }: { number: number; learningRate: number }) {
  const { request, batches, train, learner, stepsPerEpoch } = run;
  const rows = batches.batch(number);
  const seen = await batchOf(run, rows, number);
  const labels = Int32Array.from(rows, (row) => train.samples[row]!.label);
  const samples = rows.map((row) => train.places[row]!);
  const { lossOf, finish } = run.loss.forBatch({ labels, samples }, number);
  const backboneIsFrozen = number < request.recipe.warmUpEpochs * stepsPerEpoch;
  try {
    const loss = takeStep(learner, { ...seen, loss: lossOf }, { learningRate, backboneIsFrozen });
    return { loss, ...finish() };
  } catch (error) {
    throw error instanceof LossError ? explain(error, { learningRate, number }) : error;
  } finally {
    tf.dispose(Object.values(seen));
  }
}

async function batchOf({ request: { recipe }, train, fixed }: Run, rows: ArrayLike<number>, batchNumber: number): Promise<{ features: tf.Tensor2D } | { images: tf.Tensor4D }> {
  if (fixed) return { features: toFeatures(fixed.train, rows, { recipe, batchNumber }) };
  return { images: toAugmentedImages(await train.get(rows), recipe, batchNumber) };
}

/** What a loss refuses is a matter of the recipe: embeddings that are no numbers, or terms that do not go together. */
function explain(error: LossError, { learningRate, number }: { learningRate: number; number: number }): RequestError {
  return error.code === 'not-finite' ? diverged(learningRate, number) : new RequestError('bad-recipe', `Step ${number} could not be taken: ${error.message}`);
}

function learningRateAt({ request, state, stepsPerEpoch }: Run, step: number): number {
  const { recipe } = request;
  const history = state.epochs.map(({ validationEer, meanLoss }) => validationEer ?? meanLoss);
  const moment = { step, totalSteps: recipe.epochs * stepsPerEpoch, epoch: state.epochs.length, history };
  return recipe.optimizer.learningRate * learningRateShare(recipe.schedule, moment);
}

const diverged = (learningRate: number, step: number): RequestError =>
  new RequestError('bad-recipe', `Training has diverged: the loss of step ${step} is not a finite number. Use a learning rate well below ${learningRate}, or clip the gradients.`);
