import * as tf from '@tensorflow/tfjs-core';
import { NORMALIZATION_EPSILON, portableKernels, STATISTICS_MOMENTUM } from '../../learning/kernels.ts';
import type { Kernels, MovedStatistics, Normalization, Normalized, NormalizeOptions } from '../../learning/kernels.ts';
import { attribute, runMany, runOne } from './native-operations.ts';
import type { Attribute } from './native-operations.ts';

/** The operations of a network on TensorFlow's fused kernels: about twice as fast as the portable ones. */
export const nativeKernels: Kernels = {
  ...portableKernels,
  name: 'tensorflow',
  normalize,
};

const addRelu = tf.customGrad((a, b, save) => {
  const value = tf.relu(tf.add(a as tf.Tensor, b as tf.Tensor));
  (save as tf.GradSaveFunc)([value]);
  return {
    value,
    gradFunc: (gradient: tf.Tensor, [output]: tf.Tensor[]) => {
      const through = reluGradient(gradient, output!);
      return [through, tf.clone(through)];
    },
  };
}) as (a: tf.Tensor4D, b: tf.Tensor4D) => tf.Tensor4D;

function normalize(images: tf.Tensor4D, by: Normalization, { shortcut, activation, byBatch }: NormalizeOptions): Normalized {
  const { output, moved } = normalizeAndActivate(images, by, { byBatch, activation: shortcut || activation !== 'relu' ? 'none' : 'relu' });
  if (shortcut) return { output: activation === 'relu' ? addRelu(output, shortcut) : tf.add(output, shortcut), moved };
  return { output: typeof activation === 'string' ? output : tf.prelu(output, tf.reshape(activation.slope, [1, 1, 1, -1]) as tf.Tensor4D), moved };
}

/** What TensorFlow's own kernels do in one. */
interface FusedOptions {
  byBatch: boolean;
  activation: 'none' | 'relu';
}

function normalizeAndActivate(images: tf.Tensor4D, by: Normalization, options: FusedOptions): Normalized {
  let moved: MovedStatistics | null = null;
  const run = tf.customGrad((...given) => {
    const [x, scale, offset] = given as tf.Tensor[];
    const save = given[3] as tf.GradSaveFunc;
    const inputs = [x, scale, offset, by.mean, by.variance] as tf.Tensor[];
    const [normalized, mean, variance, ...reserved] = runMany('FusedBatchNormV3', forwardAttributes(options), { inputs, outputs: 6 });
    if (options.byBatch) moved = { mean: tf.keep(mean as tf.Tensor1D), variance: tf.keep(variance as tf.Tensor1D) };
    const value = options.activation === 'relu' ? tf.relu(normalized!) : normalized!;
    // Without the batch's statistics TensorFlow leaves the first two that it reserves unwritten, unless oneDNN is at work.
    save([x!, scale!, value, ...(options.byBatch ? reserved : [by.mean, by.variance, reserved[2]!])]);
    const gradFunc = (gradient: tf.Tensor, saved: tf.Tensor[]) => normalizeGradient(gradient, saved, options);
    return { value, gradFunc };
  });
  const output = run(images, by.scale, by.offset) as tf.Tensor4D;
  return { output, moved };
}

function normalizeGradient(gradient: tf.Tensor, saved: tf.Tensor[], options: FusedOptions): tf.Tensor[] {
  const [x, scale, value, mean, variance, reserved] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const through = options.activation === 'relu' ? reluGradient(gradient, value) : gradient;
  const inputs = [through, x, scale, mean, variance, reserved];
  const [dx, dScale, dOffset, ...unused] = runMany('FusedBatchNormGradV3', sharedAttributes(options), { inputs, outputs: 5 });
  tf.dispose(unused);
  if (through !== gradient) through.dispose();
  return [dx!, dScale!, dOffset!];
}

function reluGradient(gradient: tf.Tensor, output: tf.Tensor): tf.Tensor {
  return runOne('ReluGrad', [attribute.float32('T')], [gradient, output]);
}

/** TensorFlow's factor is the share that the new batch has in the running statistics. */
function forwardAttributes(options: FusedOptions): Attribute[] {
  return [...sharedAttributes(options), attribute.float('exponential_avg_factor', options.byBatch ? 1 - STATISTICS_MOMENTUM : 1)];
}

function sharedAttributes({ byBatch }: FusedOptions): Attribute[] {
  return [
    attribute.float32('T'),
    attribute.float32('U'),
    attribute.float('epsilon', NORMALIZATION_EPSILON),
    attribute.text('data_format', 'NHWC'),
    attribute.flag('is_training', byBatch),
  ];
}
