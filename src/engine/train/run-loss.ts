import * as tf from '@tensorflow/tfjs-core';
import type { CostlyComparison, CostlyCounterpart } from '../../contract/engine-port.ts';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import type { RunStep } from '../../contract/requests/runs.ts';
import { entryOf } from '../../learning/catalogue.ts';
import { computeLoss } from '../../learning/loss-compute.ts';
import { initialProxies } from '../../learning/loss-proxies.ts';
import type { LossDiagnostics, MeasuredItem } from '../../learning/loss-report.ts';
import { meanCosine } from '../../learning/mean-cosine.ts';
import { randomStream } from '../../learning/random.ts';
import type { TextSimilarity } from '../../learning/regularizers/language-guidance.ts';
import type { LossOfBatch } from '../../learning/step.ts';
import type { StoredTensor } from '../checkpoints/safetensors.ts';
import { lossKernelsOfBackend } from '../kernels/own-losses.ts';
import { createRunMemory } from './run-memory.ts';
import type { RunMemory, SampledRow } from './run-memory.ts';

export type StepDiagnostics = Pick<RunStep, 'activeShare' | 'positiveDistance' | 'negativeDistance' | 'skipped' | 'meanNorm' | 'meanCosine'>;

export interface SampledLabels {
  /** Classes of the rows, and which sample of the request each of them is. */
  labels: Int32Array;
  samples: Int32Array;
}

export interface BatchLoss {
  /** Once, inside the step. */
  lossOf: LossOfBatch;
  /** After the step: what the loss told. The batch enters the memory. */
  finish(): { diagnostics: StepDiagnostics; costliest: CostlyComparison[] };
}

/** The loss of a recipe with everything it keeps from step to step. */
export interface RunLoss {
  /** Vectors the optimiser moves. */
  variables: ReadonlyMap<string, tf.Variable>;
  forBatch(batch: SampledLabels, batchNumber: number): BatchLoss;
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
  const constant = { kernels: lossKernelsOfBackend(), ...(proxies && { proxies: proxies as unknown as tf.Tensor2D }), ...(textSimilarity && { textSimilarity }) };
  return {
    variables: new Map(proxies ? [[PROXIES, proxies]] : []),
    forBatch(batch, batchNumber) {
      const { labels } = batch;
      let told: LossDiagnostics | null = null;
      let cosine: number | null = null;
      let latest: tf.Tensor2D | null = null;
      const random = randomStream(seed, 'loss', batchNumber).uniform;
      const lossOf: LossOfBatch = (embeddings) => {
        if (memory) latest = tf.keep(tf.clone(embeddings));
        const result = computeLoss(plan, { ...constant, embeddings, labels, random, memory: memory?.recall(batchNumber) ?? null });
        told = result.diagnostics;
        cosine = meanCosine(embeddings.dataSync<'float32'>(), embeddings.shape[1]);
        return result.loss;
      };
      const finish: BatchLoss['finish'] = () => {
        const costliest = told!.costliest.map((item) => comparisonOf(item, { ...batch, memory, step: batchNumber }));
        if (memory && latest) {
          memory.push({ embeddings: latest, ...batch });
          latest.dispose();
        }
        return { diagnostics: { ...summarize(told!), meanCosine: cosine }, costliest };
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

function summarize({ activeShare, meanPositiveDistance, meanNegativeDistance, skipped, meanNorm }: LossDiagnostics): Omit<StepDiagnostics, 'meanCosine'> {
  return { activeShare, positiveDistance: meanPositiveDistance, negativeDistance: meanNegativeDistance, skipped: { ...skipped }, meanNorm };
}

/** An item of the loss with the samples that its rows are. With proxies, both sides are proxies: of the own class and of the rival. */
function comparisonOf(item: MeasuredItem, batch: SampledLabels & { memory: RunMemory | null; step: number }): CostlyComparison {
  const { labels, samples, memory, step } = batch;
  const sampled = (row: number): SampledRow => (row < labels.length ? { sample: samples[row]!, label: labels[row]! } : memory!.sampleOf(row - labels.length));
  const anchor = sampled(item.anchor);
  const side = (row: number | null, label: number | null, cosine: number | null): CostlyCounterpart | null => {
    if (cosine === null) return null;
    if (row !== null) return { ...sampled(row), isProxy: false, cosine };
    return label === null ? null : { sample: null, label, isProxy: true, cosine };
  };
  return { cost: item.loss, step, anchor, positive: side(item.positive, anchor.label, item.positiveCosine), negative: side(item.negative, item.rival, item.negativeCosine) };
}
