import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { LossOf } from '../../contract/recipe/losses.ts';
import type { ProxyInput, ProxyOutcome } from '../loss-proxies.ts';
import { arcface } from './arcface.ts';

/**
 * Sub-center ArcFace (Deng et al., ECCV 2020, eq. 4): each class has several centres, its similarity is that of the
 * nearest one, and ArcFace follows. Ties go to the first centre.
 */
export function subCenterArcface(input: ProxyInput, { subProxies, scale, margin }: LossOf<'sub-center-arcface'>): ProxyOutcome {
  if (subProxies === 1) return arcface(input, { scale, margin, gradient: 'exact' });
  const [batch, columns] = input.similarity.shape;
  const perClass = tf.reshape(input.similarity, [batch, columns / subProxies, subProxies]) as Tensor3D;
  const nearest = tf.oneHot(tf.argMax(perClass, 2) as tf.Tensor2D, subProxies, 1, 0, 'float32'); // [batch, classes, centres]
  const similarity = tf.max(perClass, 2) as Tensor2D; // [batch, classes]
  const outcome = arcface({ similarity, labels: input.labels }, { scale, margin, gradient: 'exact' });
  const gradient = tf.mul(tf.expandDims(outcome.gradient, 2), nearest);
  return { ...outcome, gradient: tf.reshape(gradient, [batch, columns]) };
}
