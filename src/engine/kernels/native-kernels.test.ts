import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { portableKernels } from '../../learning/kernels.ts';
import type { Kernels } from '../../learning/kernels.ts';
import { portableOptimizers } from '../../learning/optimizers/optimizers.ts';
import type { Optimizer } from '../../learning/optimizers/optimizer.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { createNativeAdam } from './native-adam.ts';
import { nativeKernels } from './native-kernels.ts';

const { name: backend } = await loadTensorflow();
const isNative = backend === 'tensorflow';

const images = (seed: number, shape: [number, number, number, number] = [4, 6, 6, 3]): tf.Tensor4D => tf.randomNormal(shape, 0.3, 1.2, 'float32', seed);

/** Value and gradients of a weighted sum of an operation's output, as plain numbers. */
function valueAndGradients(run: (inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[]): number[][] {
  const weights = tf.randomNormal(run(inputs).shape, 0, 1, 'float32', 99);
  const { value, grads } = tf.valueAndGrads((...given: tf.Tensor[]) => tf.sum(tf.mul(run(given), weights)) as tf.Scalar)(inputs);
  return [value, ...grads].map((tensor) => [...tensor.dataSync()]);
}

function expectAlike(run: (kernels: Kernels, inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[]): void {
  const [native, portable] = [nativeKernels, portableKernels].map((kernels) => valueAndGradients((given) => run(kernels, given), inputs));
  native!.forEach((numbers, index) => { expectClose(numbers, portable![index]!); });
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  const scale = Math.max(1e-3, ...Array.from(expected, Math.abs));
  Array.from(actual).forEach((value, index) => { expect(Math.abs(value - expected[index]!) / scale).toBeLessThan(2e-5); });
}

describe.runIf(isNative)('the native kernels give what the portable ones give, gradients included:', () => {
  const normalization = () => ({ mean: tf.tensor1d([0.1, -0.2, 0.3]), variance: tf.tensor1d([0.9, 1.1, 2]) });

  test.each([
    [true, 'none'], [true, 'relu'], [false, 'none'], [false, 'relu'],
  ] as const)('normalisation, by the batch: %s, activation: %s', (byBatch, activation) => {
    const by = normalization();
    const run = (kernels: Kernels, [x, scale, offset]: tf.Tensor[]): tf.Tensor =>
      kernels.normalize(x as tf.Tensor4D, { scale: scale as tf.Tensor1D, offset: offset as tf.Tensor1D, ...by }, { byBatch, activation }).output;
    expectAlike(run, [images(1), tf.tensor1d([1, 0.5, -2]), tf.tensor1d([0, 1, -1])]);
  });

  test('the running statistics that a batch moves', () => {
    const by = { scale: tf.ones([3]) as tf.Tensor1D, offset: tf.zeros([3]) as tf.Tensor1D, ...normalization() };
    const [native, portable] = [nativeKernels, portableKernels].map((kernels) => kernels.normalize(images(2), by, { byBatch: true, activation: 'none' }).moved!);
    expectClose(native!.mean.dataSync(), portable!.mean.dataSync());
    expectClose(native!.variance.dataSync(), portable!.variance.dataSync());
  });

  test('the end of a residual block', () => {
    expectAlike((kernels, [a, b]) => kernels.addRelu(a as tf.Tensor4D, b as tf.Tensor4D), [images(3), images(4)]);
  });

  test('PReLU with a slope for each channel', () => {
    expectAlike((kernels, [x, slope]) => kernels.prelu(x as tf.Tensor4D, slope as tf.Tensor1D), [images(5), tf.tensor1d([0.25, -0.5, 1.5])]);
  });

  test('one filter a channel, strided and whole', () => {
    const filter = tf.randomNormal([3, 3, 3, 1], 0, 1, 'float32', 8);
    expectAlike((kernels, [x, f]) => kernels.convolveEach(x as tf.Tensor4D, f as tf.Tensor4D, { stride: 2, padding: 'same' }), [images(6), filter]);
    const whole = tf.randomNormal([6, 6, 3, 1], 0, 1, 'float32', 9);
    expectAlike((kernels, [x, f]) => kernels.convolveEach(x as tf.Tensor4D, f as tf.Tensor4D, { stride: 1, padding: 'valid' }), [images(7), whole]);
  });
});

describe.runIf(isNative)('Adam in one pass', () => {
  const gradients = [1, 2, 3, 4, 5].map((seed) => tf.randomNormal([5, 3], 0, 1, 'float32', seed));
  const run = (optimizer: Optimizer, from: tf.Tensor, steps: tf.Tensor[]): Float32Array => {
    const variable = tf.variable(from);
    for (const gradient of steps) optimizer.apply([{ name: 'w', variable, gradient, learningRate: 0.05, decays: true }]);
    const values = variable.dataSync<'float32'>().slice();
    variable.dispose();
    return values;
  };

  test.each([
    { name: 'adam', weightDecay: 0, epsilon: 1e-8 }, { name: 'adam', weightDecay: 0.1, epsilon: 1 }, { name: 'adamw', weightDecay: 0.1, epsilon: 1e-8 },
  ] as const)('moves as the portable one does: $name, weight decay $weightDecay, epsilon $epsilon', (options) => {
    const recipe = { learningRate: 0.05, beta1: 0.9, beta2: 0.999, proxyRate: 1, ...options };
    const start = tf.randomNormal([5, 3], 0, 1, 'float32', 7);
    expectClose(run(createNativeAdam(recipe), start, gradients), run(portableOptimizers(recipe), start, gradients));
  });

  test('goes on exactly from what it remembered, and frees everything', () => {
    const recipe = { name: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, proxyRate: 1 } as const;
    const start = tf.randomNormal([5, 3], 0, 1, 'float32', 7);
    const straight = run(createNativeAdam(recipe), start, gradients);
    const before = tf.memory().numTensors;
    const [first, second] = [createNativeAdam(recipe), createNativeAdam(recipe)];
    const half = tf.tensor(run(first, start, gradients.slice(0, 2)), [5, 3]);
    const memory = first.remember();
    second.restore(memory);
    expect(run(second, half, gradients.slice(2))).toEqual(straight);
    for (const { slots } of memory.values()) tf.dispose(slots);
    first.dispose();
    second.dispose();
    half.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
