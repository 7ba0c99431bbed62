import * as tf from '@tensorflow/tfjs-core';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import type { RunStep } from '../../contract/requests/runs.ts';
import { entryOf } from '../../learning/catalogue.ts';
import { computeLoss } from '../../learning/loss-compute.ts';
import { initialProxies } from '../../learning/loss-proxies.ts';
import type { LossDiagnostics } from '../../learning/loss-report.ts';
import { randomStream } from '../../learning/random.ts';
import type { TextSimilarity } from '../../learning/regularizers/language-guidance.ts';
import type { LossOfBatch } from '../../learning/step.ts';
import type { StoredTensor } from '../checkpoints/safetensors.ts';
import { createRunMemory } from './run-memory.ts';

export type StepDiagnostics = Pick<RunStep, 'activeShare' | 'positiveDistance' | 'negativeDistance' | 'skipped'>;

export interface BatchLoss {
  /** Once, inside the step. */
  lossOf: LossOfBatch;
  /** After the step: what the loss told. The batch enters the memory. */
  finish(): StepDiagnostics;
}

/** The loss of a recipe with everything it keeps from step to step. */
export interface RunLoss {
  /** Vectors the optimiser moves. */
  variables: ReadonlyMap<string, tf.Variable>;
  forBatch(labels: Int32Array, batchNumber: number): BatchLoss;
  /** What it keeps besides its variables. */
  store(): Map<string, StoredTensor>;
  restore(stored: ReadonlyMap<string, StoredTensor>): void;
  dispose(): void;
}

export interface LossContext {
  classes: number;
  /** For language guidance. */
  textSimilarity: TextSimilarity | null;
}

const PROXIES = 'proxies';

/** The loss at the beginning of a run; proxies are drawn from the recipe's seed. */
export function createRunLoss(recipe: Recipe, { classes, textSimilarity }: LossContext): RunLoss {
  const { loss, miner, regularizers, seed } = recipe;
  const plan = { loss, miner, regularizers };
  const proxies = createProxies(recipe, classes);
  const memory = recipe.memory && createRunMemory(recipe.memory);
  const constant = { ...(proxies && { proxies: proxies as unknown as tf.Tensor2D }), ...(textSimilarity && { textSimilarity }) };
  return {
    variables: new Map(proxies ? [[PROXIES, proxies]] : []),
    forBatch(labels, batchNumber) {
      let told: LossDiagnostics | null = null;
      let latest: tf.Tensor2D | null = null;
      const random = randomStream(seed, 'loss', batchNumber).uniform;
      const lossOf: LossOfBatch = (embeddings) => {
        if (memory) latest = tf.keep(tf.clone(embeddings));
        const result = computeLoss(plan, { ...constant, embeddings, labels, random, memory: memory?.recall(batchNumber) ?? null });
        told = result.diagnostics;
        return result.loss;
      };
      const finish = (): StepDiagnostics => {
        if (memory && latest) {
          memory.push({ embeddings: latest, labels });
          latest.dispose();
        }
        return summarize(told!);
      };
      return { lossOf, finish };
    },
    store: () => memory?.store() ?? new Map(),
    restore: (stored) => memory?.restore(stored),
    dispose() {
      proxies?.dispose();
      memory?.dispose();
    },
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
