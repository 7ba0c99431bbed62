import * as tf from '@tensorflow/tfjs-core';
import { NORMALIZATION_EPSILON, STATISTICS_MOMENTUM } from '../../learning/kernels.ts';
import type { Kernels, MovedStatistics, Normalization, Normalized, NormalizeOptions } from '../../learning/kernels.ts';
import { nativeKernels } from './native-kernels.ts';
import { attribute, runMany, runOne } from './native-operations.ts';
import { convolve } from './own-convolution.ts';
import type { OwnOperations } from './own-operations.ts';
import { project } from './own-projection.ts';

/** The operations of a network on those of native/: what follows a normalisation is one pass over memory with it. */
export function createOwnKernels({ hasWideRegisters }: OwnOperations): Kernels {
  return { ...nativeKernels, name: 'own', ...(hasWideRegisters ? { convolve, project } : {}), normalize, everyNth, maxPool };
}

/** As native/normalize.h counts them. */
const ACTIVATIONS = { none: 0, relu: 1, prelu: 2 } as const;

function normalize(images: tf.Tensor4D, by: Normalization, options: NormalizeOptions): Normalized {
  if (!options.byBatch) return nativeKernels.normalize(images, by, options);
  const { shortcut, activation } = options;
  const slope = typeof activation === 'string' ? undefined : activation.slope;
  const code = ACTIVATIONS[typeof activation === 'string' ? activation : 'prelu'];
  let moved: MovedStatistics | null = null;
  const run = tf.customGrad((...given) => {
    const [x, scale, offset, ...more] = given.slice(0, -1) as [tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]];
    const save = given.at(-1) as tf.GradSaveFunc;
    const inputs = [x, scale, offset, by.mean, by.variance, slope ? more[0]! : none(), shortcut ? more[0]! : none()];
    const [value, nextMean, nextVariance, mean, inverse] = runMany('LikenessNormalize', [
      attribute.float('epsilon', NORMALIZATION_EPSILON),
      attribute.float('share', 1 - STATISTICS_MOMENTUM),
      attribute.integer('activation', code),
    ], { inputs, outputs: 5 });
    moved = { mean: tf.keep(nextMean as tf.Tensor1D), variance: tf.keep(nextVariance as tf.Tensor1D) };
    save([x, value!, scale, offset, mean!, inverse!, ...(slope ? more : [])]);
    return { value: value!, gradFunc: (gradient: tf.Tensor, saved: tf.Tensor[]) => gradients(gradient, saved, { code, adds: shortcut !== undefined }) };
  });
  const output = run(images, by.scale, by.offset, ...(slope ? [slope] : []), ...(shortcut ? [shortcut] : [])) as tf.Tensor4D;
  return { output, moved };
}

let empty: tf.Tensor | null = null;

/** What stands for an input that is not given. Made once: a tensor costs as much as a small operation. */
function none(): tf.Tensor {
  if (empty === null || empty.isDisposed) empty = tf.keep(tf.zeros([0]));
  return empty;
}

function gradients(gradient: tf.Tensor, saved: tf.Tensor[], { code, adds }: { code: number; adds: boolean }): tf.Tensor[] {
  const [x, value, scale, offset, mean, inverse, slope] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor?];
  const inputs = [gradient, x, value, scale, offset, mean, inverse, slope ?? none()];
  const attributes = [attribute.integer('activation', code), attribute.integer('adds', Number(adds))];
  const [dx, dScale, dOffset, dSlope, dShortcut] = runMany('LikenessNormalizeGradient', attributes, { inputs, outputs: 5 });
  // A shortcut with nothing after it is given the gradient as it came.
  const ofShortcut = code === ACTIVATIONS.none ? tf.clone(gradient) : dShortcut!;
  return [dx!, dScale!, dOffset!, ...(slope ? [dSlope!] : []), ...(adds ? [ofShortcut] : [])];
}

function everyNth(images: tf.Tensor4D, stride: number): tf.Tensor4D {
  const attributes = [attribute.integer('stride', stride)];
  const run = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor]);
    const value = runOne('LikenessEveryNth', attributes, [x as tf.Tensor]);
    return { value, gradFunc: (gradient: tf.Tensor, saved: tf.Tensor[]) => runOne('LikenessEveryNthGradient', attributes, [...saved, gradient]) };
  });
  return run(images) as tf.Tensor4D;
}

function maxPool(images: tf.Tensor4D, { size, stride }: { size: number; stride: number }): tf.Tensor4D {
  const run = tf.customGrad((x, save) => {
    const value = tf.maxPool(x as tf.Tensor4D, size, stride, 'same');
    (save as tf.GradSaveFunc)([x as tf.Tensor, value]);
    const attributes = [attribute.integer('size', size), attribute.integer('stride', stride)];
    return { value, gradFunc: (gradient: tf.Tensor, saved: tf.Tensor[]) => runOne('LikenessMaxPoolGradient', attributes, [...saved, gradient]) };
  });
  return run(images) as tf.Tensor4D;
}
