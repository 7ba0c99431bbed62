import * as tf from '@tensorflow/tfjs-core';
import type { RunStep } from '../../contract/requests/runs.ts';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { entryOf } from '../../learning/catalogue.ts';
import { computeLoss } from '../../learning/loss-compute.ts';
import { initialProxies } from '../../learning/loss-proxies.ts';
import type { LossDiagnostics } from '../../learning/loss-report.ts';
import { randomStream } from '../../learning/random.ts';
import type { LossOfBatch } from '../../learning/step.ts';
import type { StoredTensor } from '../checkpoints/safetensors.ts';

export type StepDiagnostics = Pick<RunStep, 'activeShare' | 'positiveDistance' | 'negativeDistance' | 'skipped'>;

/** The loss of a recipe with everything it keeps from step to step. */
export interface RunLoss {
  /** Vectors the optimiser moves. */
  variables: ReadonlyMap<string, tf.Variable>;
  /** The loss of one batch; `diagnostics` may be asked for after it was computed. */
  forBatch(labels: Int32Array, batchNumber: number): { lossOf: LossOfBatch; diagnostics: () => StepDiagnostics };
  /** What it keeps besides its variables: nothing yet. */
  remember(): { tensors: Map<string, StoredTensor>; state: unknown };
  restore(memory: { tensors: ReadonlyMap<string, StoredTensor>; state: unknown }): void;
  dispose(): void;
}

const PROXIES = 'proxies';

/** The loss at the beginning of a run; proxies are drawn from the recipe's seed. */
export function createRunLoss(recipe: Recipe, classes: number): RunLoss {
  const { loss, miner, regularizers, seed } = recipe;
  const plan = { loss, miner, regularizers };
  const proxies = createProxies(recipe, classes);
  return {
    variables: new Map(proxies ? [[PROXIES, proxies]] : []),
    forBatch(labels, batchNumber) {
      let told: LossDiagnostics | null = null;
      const random = randomStream(seed, 'loss', batchNumber).uniform;
      const lossOf: LossOfBatch = (embeddings) => {
        const result = computeLoss(plan, { embeddings, labels, random, ...(proxies && { proxies: proxies as unknown as tf.Tensor2D }) });
        told = result.diagnostics;
        return result.loss;
      };
      return { lossOf, diagnostics: () => summarize(told!) };
    },
    remember: () => ({ tensors: new Map(), state: null }),
    restore: () => undefined,
    dispose: () => proxies?.dispose(),
  };
}

function createProxies({ loss, embeddingSize, seed }: Recipe, classes: number): tf.Variable | null {
  const entry = entryOf(loss);
  if (entry.kind !== 'proxies') return null;
  const plan = entry.proxies(loss, classes);
  const values = initialProxies(plan, embeddingSize, randomStream(seed, 'proxies').uniform);
  return tf.tidy(() => tf.variable(tf.tensor2d(values, [plan.rows, embeddingSize])));
}

function summarize({ activeShare, meanPositiveDistance, meanNegativeDistance, skipped }: LossDiagnostics): StepDiagnostics {
  return { activeShare, positiveDistance: meanPositiveDistance, negativeDistance: meanNegativeDistance, skipped: { ...skipped } };
}
