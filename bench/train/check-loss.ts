import * as tf from '@tensorflow/tfjs-core';
import type { Recipe } from '../../src/contract/recipe/recipe.ts';
import { createRunLoss } from '../../src/engine/train/run-loss.ts';
import type { TorchPeer } from './peer.ts';

const TOLERANCE = 1e-4;

/** Both sides minimise the same thing: value and gradient of the loss on the same embeddings. @throws Error when they differ. */
export async function checkLoss(recipe: Recipe, labels: Int32Array, peer: TorchPeer): Promise<void> {
  const runLoss = createRunLoss(recipe, { classes: labels.length, textSimilarity: null });
  const embeddings = tf.randomNormal<tf.Rank.R2>([labels.length, 16], 0, 1, 'float32', recipe.seed);
  const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => runLoss.forBatch({ labels, samples: labels }, 0).lossOf(x as tf.Tensor2D))(embeddings);
  const theirs = await peer.lossOf(embeddings.arraySync(), labels);
  const ours = { loss: value.dataSync()[0]!, gradient: grad.dataSync() };
  const worst = theirs.gradient.reduce((most, slope, index) => Math.max(most, Math.abs(slope - ours.gradient[index]!)), Math.abs(theirs.loss - ours.loss));
  tf.dispose([embeddings, value, grad]);
  runLoss.dispose();
  if (!(worst < TOLERANCE)) throw new Error(`The losses of both sides differ by ${worst}.`);
}
