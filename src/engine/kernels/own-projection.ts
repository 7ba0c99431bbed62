import * as tf from '@tensorflow/tfjs-core';
import { portableKernels } from '../../learning/kernels.ts';
import { runMany, runOne } from './native-operations.ts';

/** Floats in a register. */
const LANES = 16;

/** The products of a whole layer, its bias and all its gradients in two operations of native/project.h, where the sizes fit its registers. */
export function project(features: tf.Tensor2D, matrix: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  if (matrix.shape.some((side) => side % LANES !== 0)) return portableKernels.project(features, matrix, bias);
  const run = tf.customGrad((...given) => {
    const [x, weights, shift, save] = given as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([x, weights]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => runMany('LikenessProjectGradient', [], { inputs: [dy, ...saved], outputs: 3 });
    return { value: runOne('LikenessProject', [], [x, weights, shift]), gradFunc };
  });
  return run(features, matrix, bias) as tf.Tensor2D;
}
