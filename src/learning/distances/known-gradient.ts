import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** A value, and the tensors its gradient needs. */
export interface Forward<Kept extends readonly Tensor[]> {
  readonly value: Tensor;
  readonly kept: Kept;
}

/**
 * One node on the tape with a gradient we know better than autograd does: fewer operations, and nothing asked of tfjs's
 * registry of gradients, which tfjs-core alone leaves empty. First order only.
 *
 * @param backward ∂L/∂inputs, in their order, from ∂L/∂value and what `forward` kept.
 */
export function knownGradient<Kept extends readonly Tensor[]>(
  inputs: readonly Tensor[], forward: () => Forward<Kept>, backward: (upstream: Tensor, kept: Kept) => Tensor[],
): Tensor {
  const node = tf.customGrad((...all: (Tensor | tf.GradSaveFunc)[]) => {
    const save = all[all.length - 1] as tf.GradSaveFunc;
    const { value, kept } = forward();
    save([...kept]);
    return { value, gradFunc: (upstream: Tensor, saved: Tensor[]) => backward(upstream, saved as unknown as Kept) };
  });
  return node(...inputs);
}
