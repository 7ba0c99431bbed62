import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { portableKernels } from '../../learning/kernels.ts';
import type { Kernels } from '../../learning/kernels.ts';
import { portableOptimizers } from '../../learning/optimizers/optimizers.ts';
import type { Optimizer } from '../../learning/optimizers/optimizer.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { speedUpLargeSums } from './large-sums.ts';
import { createNativeAdam } from './native-adam.ts';
import { nativeKernels } from './native-kernels.ts';
import { createOwnAdam } from './own-adam.ts';
import { createOwnKernels } from './own-kernels.ts';
import { loadOwnOperations } from './own-operations.ts';

const { name: backend } = await loadTensorflow();
const isNative = backend === 'tensorflow';
const own = isNative ? loadOwnOperations() : { refusal: 'TensorFlow is not here' };
const hasOwn = !('refusal' in own);
if (!hasOwn) console.log(`Our own operations are not tested: ${own.refusal}`);
else if (!own.hasWideRegisters) console.log('Our own convolutions are not tested: this processor has no AVX-512.');
const ownKernels = hasOwn ? createOwnKernels(own) : nativeKernels;

const images = (seed: number, shape: [number, number, number, number] = [4, 6, 6, 3]): tf.Tensor4D => tf.randomNormal(shape, 0.3, 1.2, 'float32', seed);

/** An operation's output, and the gradients of a weighted sum of it, as plain numbers. */
function valueAndGradients(run: (inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[]): number[][] {
  const output = run(inputs);
  const weights = tf.randomNormal(output.shape, 0, 1, 'float32', 99);
  const { grads } = tf.valueAndGrads((...given: tf.Tensor[]) => tf.sum(tf.mul(run(given), weights)) as tf.Scalar)(inputs);
  return [output, ...grads].map((tensor) => [...tensor.dataSync()]);
}

function expectAlike(kernels: Kernels, run: (kernels: Kernels, inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[]): void {
  const [fast, portable] = [kernels, portableKernels].map((each) => valueAndGradients((given) => run(each, given), inputs));
  fast!.forEach((numbers, index) => { expectClose(numbers, portable![index]!); });
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  const scale = Math.max(1e-3, ...Array.from(expected, Math.abs));
  Array.from(actual).forEach((value, index) => { expect(Math.abs(value - expected[index]!) / scale).toBeLessThan(2e-5); });
}

const sets = [{ ofSet: 'TensorFlow\'s', kernels: nativeKernels, isHere: isNative }, { ofSet: 'our own', kernels: ownKernels, isHere: hasOwn }];

describe.each(sets)('$ofSet kernels give what the portable ones give, gradients included:', ({ kernels, isHere }) => {
  const normalization = () => ({ mean: tf.tensor1d([0.1, -0.2, 0.3]), variance: tf.tensor1d([0.9, 1.1, 2]) });

  test.runIf(isHere).each([true, false].flatMap((byBatch) => (['none', 'relu', 'prelu', 'none, shortcut', 'relu, shortcut'] as const).map((after) => ({ byBatch, after }))))(
    'normalisation, by the batch: $byBatch, then: $after',
    ({ byBatch, after }) => {
      const by = normalization();
      const run = (each: Kernels, [x, scale, offset, more]: tf.Tensor[]): tf.Tensor => {
        const activation = after === 'prelu' ? { slope: more as tf.Tensor1D } : after.startsWith('relu') ? 'relu' : 'none';
        const following = { activation, ...(after.endsWith('shortcut') ? { shortcut: more as tf.Tensor4D } : {}) } as const;
        return each.normalize(x as tf.Tensor4D, { scale: scale as tf.Tensor1D, offset: offset as tf.Tensor1D, ...by }, { byBatch, ...following }).output;
      };
      const more = after === 'prelu' ? [tf.tensor1d([0.25, -0.5, 1.5])] : after.endsWith('shortcut') ? [images(4)] : [];
      expectAlike(kernels, run, [images(1), tf.tensor1d([1, 0.5, -2]), tf.tensor1d([0, 1, -1]), ...more]);
    },
  );

  test.runIf(isHere)('a batch of many rows, more than a piece, far from zero', () => {
    const x = tf.add<tf.Tensor4D>(tf.randomNormal<tf.Rank.R4>([2, 130, 130, 4], 0, 0.5, 'float32', 11), 40);
    const by = { mean: tf.zeros([4]) as tf.Tensor1D, variance: tf.ones([4]) as tf.Tensor1D, scale: tf.ones([4]) as tf.Tensor1D, offset: tf.zeros([4]) as tf.Tensor1D };
    const { output, moved } = kernels.normalize(x, by, { byBatch: true, activation: 'none' });
    const { mean, variance } = tf.moments(output, [0, 1, 2]);
    [...mean.dataSync()].forEach((value) => { expect(Math.abs(value)).toBeLessThan(1e-3); });
    [...variance.dataSync()].forEach((value) => { expect(value).toBeCloseTo(1, 3); });
    [...moved!.mean.dataSync()].forEach((value) => { expect(value).toBeCloseTo(4, 2); });
  });

  test.runIf(isHere)('the running statistics that a batch moves', () => {
    const by = { scale: tf.ones([3]) as tf.Tensor1D, offset: tf.zeros([3]) as tf.Tensor1D, ...normalization() };
    const [fast, portable] = [kernels, portableKernels].map((each) => each.normalize(images(2), by, { byBatch: true, activation: 'none' }).moved!);
    expectClose(fast!.mean.dataSync(), portable!.mean.dataSync());
    expectClose(fast!.variance.dataSync(), portable!.variance.dataSync());
  });

  test.runIf(isHere).each([{ side: 6, size: 3, stride: 2 }, { side: 7, size: 3, stride: 2 }, { side: 5, size: 2, stride: 1 }])(
    'the maximum of windows: $size x $size, stride $stride, of $side pixels',
    ({ side, size, stride }) => {
      expectAlike(kernels, (each, [x]) => each.maxPool(x as tf.Tensor4D, { size, stride }), [images(5, [2, side, side, 3])]);
    },
  );

  test.runIf(isHere).each([
    { size: 3, stride: 1, inputs: 16, outputs: 16, side: 9 }, { size: 3, stride: 1, inputs: 32, outputs: 64, side: 6 },
    { size: 3, stride: 2, inputs: 16, outputs: 48, side: 8 }, { size: 3, stride: 2, inputs: 48, outputs: 32, side: 7 },
    { size: 5, stride: 2, inputs: 32, outputs: 16, side: 9 }, { size: 3, stride: 3, inputs: 16, outputs: 16, side: 8 },
    { size: 1, stride: 1, inputs: 16, outputs: 32, side: 5 }, { size: 3, stride: 2, inputs: 3, outputs: 16, side: 30 },
    { size: 3, stride: 1, inputs: 5, outputs: 7, side: 6 }, { size: 3, stride: 1, inputs: 80, outputs: 16, side: 4 },
    { size: 3, stride: 1, inputs: 96, outputs: 112, side: 7 }, { size: 3, stride: 1, inputs: 16, outputs: 16, side: 3 },
  ])('a filter of $size x $size x $inputs x $outputs, stride $stride, over $side pixels', ({ size, stride, inputs, outputs, side }) => {
    const filter = tf.randomNormal([size, size, inputs, outputs], 0, 1, 'float32', 12);
    expectAlike(kernels, (each, [x, f]) => each.convolve(x as tf.Tensor4D, f as tf.Tensor4D, { stride, fromPictures: false }), [images(13, [3, side, side + 1, inputs]), filter]);
    const pictures = images(14, [3, side, side + 1, inputs]);
    expectAlike(kernels, (each, [f]) => each.convolve(pictures, f as tf.Tensor4D, { stride, fromPictures: true }), [filter]);
  });

  test.runIf(isHere).each([[5, 48, 16], [32, 560, 96], [1, 272, 32], [3, 20, 7]])('a layer of %i rows, %i inputs and %i outputs', (rows, inputs, outputs) => {
    const [x, matrix] = [tf.randomNormal([rows, inputs], 0, 1, 'float32', 17), tf.randomNormal([inputs, outputs], 0, 1, 'float32', 18)];
    const run = (each: Kernels, [features, weights, bias]: tf.Tensor[]) => each.project(features as tf.Tensor2D, weights as tf.Tensor2D, bias as tf.Tensor1D);
    expectAlike(kernels, run, [x, matrix, tf.randomNormal([outputs], 0, 1, 'float32', 19)]);
  });

  test.runIf(isHere).each([7, 8])('every second pixel, of %i', (side) => {
    expectAlike(kernels, (each, [x]) => each.everyNth(x as tf.Tensor4D, 2), [images(10, [2, side, side + 1, 5])]);
  });

  test.runIf(isHere)('one filter a channel, strided and whole', () => {
    const filter = tf.randomNormal([3, 3, 3, 1], 0, 1, 'float32', 8);
    expectAlike(kernels, (each, [x, f]) => each.convolveEach(x as tf.Tensor4D, f as tf.Tensor4D, { stride: 2, padding: 'same' }), [images(6), filter]);
    const whole = tf.randomNormal([6, 6, 3, 1], 0, 1, 'float32', 9);
    expectAlike(kernels, (each, [x, f]) => each.convolveEach(x as tf.Tensor4D, f as tf.Tensor4D, { stride: 1, padding: 'valid' }), [images(7), whole]);
  });
});

test.runIf(isNative).each([[false, false], [true, false], [false, true], [true, true]])('small products are what large ones are, transposed: %s, %s', (first, second) => {
  const [a, b] = [tf.randomNormal(first ? [7, 3] : [3, 7], 0, 1, 'float32', 15), tf.randomNormal(second ? [4, 7] : [7, 4], 0, 1, 'float32', 16)];
  const asBatch = (x: tf.Tensor) => tf.expandDims<tf.Tensor3D>(x, 0);
  const gradients = (run: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor) => valueAndGradients(([x, y]) => run(x!, y!), [a, b]);
  const small = gradients((x, y) => tf.matMul(x, y, first, second));
  const large = gradients((x, y) => tf.squeeze(tf.matMul(asBatch(x), asBatch(y), first, second), [0]));
  small.forEach((numbers, index) => { expectClose(numbers, large[index]!); });
});

test.runIf(hasOwn)('large sums are what small ones are, and what is spread over a shape goes on as before', () => {
  speedUpLargeSums();
  const [a, b] = [tf.randomNormal([70_001], 0, 1, 'float32', 20), tf.randomNormal([70_001], 0, 1, 'float32', 21)];
  const [numbers, others] = [a.dataSync(), b.dataSync()];
  expect(tf.add(a, b).dataSync()).toEqual(numbers.map((value, index) => value + others[index]!));
  expect(tf.add(a, 1).dataSync()).toEqual(numbers.map((value) => value + 1));
  expect(tf.add(tf.fill([70_001], 2, 'int32'), tf.fill([70_001], 3, 'int32')).dataSync()[70_000]).toBe(5);
});

test.runIf(hasOwn)('our own operations refuse what does not fit, in words', () => {
  const by = { mean: tf.zeros([3]) as tf.Tensor1D, variance: tf.ones([3]) as tf.Tensor1D, scale: tf.ones([2]) as tf.Tensor1D, offset: tf.zeros([3]) as tf.Tensor1D };
  expect(() => ownKernels.normalize(images(1), by, { byBatch: true, activation: 'none' })).toThrow(/must have one value for each/);
  const fitting = { ...by, scale: tf.ones([3]) as tf.Tensor1D };
  expect(() => ownKernels.normalize(images(1), fitting, { byBatch: true, activation: 'none', shortcut: images(1, [1, 6, 6, 3]) })).toThrow(/as large as x/);
});

const adams = [{ how: 'a parameter at a time', createAdam: createNativeAdam, isHere: isNative }, { how: 'all parameters at once', createAdam: createOwnAdam, isHere: hasOwn }];

describe.each(adams)('Adam in one pass, $how', ({ createAdam, isHere }) => {
  const gradients = [1, 2, 3, 4, 5].map((seed) => tf.randomNormal([5, 3], 0, 1, 'float32', seed));
  const run = (optimizer: Optimizer, from: tf.Tensor, steps: tf.Tensor[]): Float32Array => {
    const variable = tf.variable(from);
    for (const gradient of steps) optimizer.apply([{ name: 'w', variable, gradient, learningRate: 0.05, decays: true }]);
    const values = variable.dataSync<'float32'>().slice();
    variable.dispose();
    return values;
  };

  test.runIf(isHere).each([
    { name: 'adam', weightDecay: 0, epsilon: 1e-8 }, { name: 'adam', weightDecay: 0.1, epsilon: 1 }, { name: 'adamw', weightDecay: 0.1, epsilon: 1e-8 },
  ] as const)('moves as the portable one does: $name, weight decay $weightDecay, epsilon $epsilon', (options) => {
    const recipe = { learningRate: 0.05, beta1: 0.9, beta2: 0.999, proxyRate: 1, ...options };
    const start = tf.randomNormal([5, 3], 0, 1, 'float32', 7);
    expectClose(run(createAdam(recipe), start, gradients), run(portableOptimizers(recipe), start, gradients));
  });

  test.runIf(isHere)('leaves alone what others still read: the first values, a copy, a memory', () => {
    const recipe = { name: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, proxyRate: 1 } as const;
    const optimizer = createAdam(recipe);
    const first = new Float32Array(15).fill(0.5);
    const variable = tf.variable(tf.tensor(first, [5, 3]));
    const takeStep = (step: number): void => { optimizer.apply([{ name: 'w', variable, gradient: gradients[step]!, learningRate: 0.05, decays: true }]); };
    [0, 1].forEach(takeStep);
    const kept = [tf.clone(variable), ...Object.values(optimizer.remember().get('w')!.slots)];
    const before = kept.map((tensor) => tensor.dataSync().slice());
    [2, 3, 4].forEach(takeStep);
    expect(kept.map((tensor) => tensor.dataSync())).toEqual(before);
    expect([...first]).toEqual(new Array(15).fill(0.5));
    expectClose(variable.dataSync(), run(portableOptimizers(recipe), tf.fill([5, 3], 0.5), gradients));
    tf.dispose([...kept, variable]);
    optimizer.dispose();
  });

  test.runIf(isHere)('goes on exactly from what it remembered, and frees everything', () => {
    const recipe = { name: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, proxyRate: 1 } as const;
    const start = tf.randomNormal([5, 3], 0, 1, 'float32', 7);
    const straight = run(createAdam(recipe), start, gradients);
    const before = tf.memory().numTensors;
    const [first, second] = [createAdam(recipe), createAdam(recipe)];
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
