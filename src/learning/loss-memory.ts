import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';

/** Embeddings of earlier batches and their labels, oldest first. They take no gradient. */
export interface Memory {
  readonly embeddings: Tensor2D;
  readonly labels: Int32Array;
}

/**
 * The memory after one more batch: the latest `size` rows (Wang et al., CVPR 2020). Call it after the step with the
 * embeddings the step computed; the loss always sees the present batch besides the memory, so no row meets itself.
 * The new tensor outlives tf.tidy, the old one is disposed of: `memory` must not be used again.
 */
export function remember(memory: Memory | null, { embeddings, labels }: Memory, size: number): Memory {
  const latest = tf.keep(tf.tidy(() => {
    const all = memory ? tf.concat([memory.embeddings, embeddings]) : embeddings;
    const surplus = Math.max(0, all.shape[0] - size);
    return tf.clone(tf.slice2d(all, [surplus, 0], [all.shape[0] - surplus, all.shape[1]]));
  }));
  memory?.embeddings.dispose();
  const allLabels = Int32Array.from([...(memory?.labels ?? []), ...labels]);
  return { embeddings: latest, labels: allLabels.slice(Math.max(0, allLabels.length - size)) };
}
