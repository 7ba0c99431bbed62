import * as tf from '@tensorflow/tfjs-core';
import type { Recipe } from '../contract/recipe/recipe.ts';
import type { MovedStatistics } from './kernels.ts';
import type { Network } from './network.ts';
import { clipGradients } from './optimizers/clip-gradients.ts';
import type { Optimizer, Update } from './optimizers/optimizer.ts';

/** A loss over one batch of raw embeddings [batch, size]. Runs on the gradient's tape. */
export type LossOfBatch = (embeddings: tf.Tensor2D) => tf.Scalar;

/** Everything that learns in a run. */
export interface Learner {
  recipe: Pick<Recipe, 'optimizer' | 'clipping' | 'freezeBatchNorm'>;
  network: Network;
  /** Proxies and other vectors that the loss owns and the optimiser moves, by name. */
  lossVariables: ReadonlyMap<string, tf.Variable>;
  optimizer: Optimizer;
}

export interface StepOptions {
  learningRate: number;
  /** Only the head and the loss's own vectors learn (warm-up). */
  backboneIsFrozen: boolean;
}

/** Pictures; or what a backbone that never learns has made of them, which leaves the head. */
export type Batch = { loss: LossOfBatch } & ({ images: tf.Tensor4D } | { features: tf.Tensor2D });

/** One step: forward, loss, gradients, clipping, update, running statistics. Gives the loss before the update. */
export function takeStep(learner: Learner, batch: Batch, options: StepOptions): number {
  const { network, recipe } = learner;
  const learning = learningParameters(learner, options);
  const moved = new Map<string, MovedStatistics>();
  const forward = (): tf.Scalar => {
    const keep = (name: string, statistics: MovedStatistics): unknown => moved.set(name, statistics);
    if ('features' in batch) return batch.loss(network.head(batch.features));
    return batch.loss(network.embed(batch.images, { training: !recipe.freezeBatchNorm, onStatistics: keep }));
  };
  const { value, grads } = tf.variableGrads(forward, learning.map(({ variable }) => variable));
  const reached = learning.filter(({ variable }) => grads[variable.name]);
  const gradients = clipGradients(reached.map(({ variable }) => grads[variable.name]!), recipe.clipping);
  learner.optimizer.apply(reached.map((parameter, index) => ({ ...parameter, gradient: gradients[index]! })));
  tf.dispose(gradients);
  moveStatistics(network, moved);
  const [loss] = value.dataSync();
  value.dispose();
  return loss!;
}

function learningParameters(learner: Learner, { learningRate, backboneIsFrozen }: StepOptions): Omit<Update, 'gradient'>[] {
  const { network, recipe, lossVariables } = learner;
  const ofNetwork = [...network.parameters.all.values()]
    .filter((parameter) => parameter.role !== 'statistic' && (!backboneIsFrozen || network.isHead(parameter)))
    .map(({ name, variable, role }) => ({ name, variable, learningRate, decays: role === 'weight' }));
  const proxyRate = learningRate * recipe.optimizer.proxyRate;
  const ofLoss = [...lossVariables].map(([name, variable]) => ({ name, variable, learningRate: proxyRate, decays: true }));
  return [...ofNetwork, ...ofLoss];
}

function moveStatistics(network: Network, moved: ReadonlyMap<string, MovedStatistics>): void {
  for (const [name, statistics] of moved) {
    network.parameters.all.get(`${name}/mean`)!.variable.assign(statistics.mean);
    network.parameters.all.get(`${name}/variance`)!.variable.assign(statistics.variance);
    tf.dispose([statistics.mean, statistics.variance]);
  }
}
