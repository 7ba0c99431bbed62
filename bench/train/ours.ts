import * as tf from '@tensorflow/tfjs-core';
import type { Recipe } from '../../src/contract/recipe/recipe.ts';
import { kernelsOfBackend } from '../../src/engine/kernels/kernels-of-backend.ts';
import { createRunLoss } from '../../src/engine/train/run-loss.ts';
import { createNetwork } from '../../src/learning/network.ts';
import { countLearnt } from '../../src/learning/parameters.ts';
import { takeStep } from '../../src/learning/step.ts';
import type { Learner } from '../../src/learning/step.ts';

export interface OurTrainer {
  parameters: number;
  /** Takes the steps; seconds. */
  run(steps: number): number;
  dispose(): void;
}

/** Our training step as src/engine/train takes it, on random images that are in memory already. */
export function createOurTrainer(recipe: Recipe, labels: Int32Array): OurTrainer {
  const { kernels, optimizers } = kernelsOfBackend();
  const network = createNetwork(recipe, kernels);
  const runLoss = createRunLoss(recipe, { classes: labels.length, textSimilarity: null });
  const learner: Learner = { recipe, network, lossVariables: runLoss.variables, optimizer: optimizers(recipe.optimizer) };
  const { height, width, channels } = recipe.input;
  const images = tf.randomNormal<tf.Rank.R4>([labels.length, height, width, channels], 0, 1, 'float32', recipe.seed);
  const { learningRate } = recipe.optimizer;
  let stepsTaken = 0;
  const step = (): void => {
    const { lossOf, finish } = runLoss.forBatch({ labels, samples: labels }, stepsTaken++);
    const loss = takeStep(learner, { images, loss: lossOf }, { learningRate, backboneIsFrozen: false });
    finish();
    if (!Number.isFinite(loss)) throw new Error(`The loss of step ${stepsTaken} is ${loss}.`);
  };
  return {
    parameters: countLearnt(network.parameters),
    run(steps) {
      const begun = performance.now();
      for (let index = 0; index < steps; index++) step();
      return (performance.now() - begun) / 1000;
    },
    dispose() {
      images.dispose();
      network.parameters.dispose();
      learner.optimizer.dispose();
      runLoss.dispose();
    },
  };
}
