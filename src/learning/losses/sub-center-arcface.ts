import * as tf from '@tensorflow/tfjs-core';
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
  const { similarities, cells } = nearestCentres(input.similarity.dataSync() as Float32Array, subProxies);
  const similarity = tf.tensor2d(similarities, [batch, columns / subProxies]); // to classes
  const outcome = arcface({ similarity, labels: input.labels }, { scale, margin, gradient: 'exact' });
  const toClasses = outcome.gradient.dataSync();
  const gradient = new Float32Array(batch * columns); // only the nearest centres take one
  for (let k = 0; k < cells.length; k++) gradient[cells[k]!] = toClasses[k]!;
  return { ...outcome, gradient: tf.tensor2d(gradient, [batch, columns]), toClasses: similarity };
}

/** The largest of every `count` values, and its cell. By hand, as TensorFlow's argMax over few values takes five times as long. */
function nearestCentres(values: Float32Array, count: number): { similarities: Float32Array; cells: Int32Array } {
  const similarities = new Float32Array(values.length / count);
  const cells = new Int32Array(values.length / count);
  for (let k = 0, first = 0; k < cells.length; k++, first += count) {
    let nearest = first;
    for (let cell = first + 1; cell < first + count; cell++) if (values[cell]! > values[nearest]!) nearest = cell;
    similarities[k] = values[nearest]!;
    cells[k] = nearest;
  }
  return { similarities, cells };
}
