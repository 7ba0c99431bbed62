import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Optimizer as OptimizerRecipe } from '../../contract/recipe/training.ts';
import { clipGradients } from './clip-gradients.ts';
import { portableOptimizers } from './optimizers.ts';

beforeAll(() => tf.setBackend('cpu'));

const moments = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, proxyRate: 1 };
const defaults = {
  adam: { name: 'adam', ...moments },
  adamw: { name: 'adamw', ...moments },
  sgd: { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0, proxyRate: 1 },
  rmsprop: { name: 'rmsprop', learningRate: 0.1, decay: 0.99, momentum: 0, epsilon: 1e-8, weightDecay: 0, proxyRate: 1 },
} satisfies Record<string, OptimizerRecipe>;

/** The path of one value under constant learning rate 0.1 and these gradients. */
function path({ name, ...options }: Partial<OptimizerRecipe> & Pick<OptimizerRecipe, 'name'>, gradients: number[], decays = true): number[] {
  const optimizer = portableOptimizers({ ...defaults[name], ...options } as OptimizerRecipe);
  const variable = tf.variable(tf.scalar(1));
  return gradients.map((value) => {
    optimizer.apply([{ name: 'x', variable, gradient: tf.scalar(value), learningRate: 0.1, decays }]);
    return variable.dataSync()[0]!;
  });
}

const expectPath = (actual: number[], expected: number[]): void => {
  actual.forEach((value, index) => { expect(value).toBeCloseTo(expected[index]!, 5); });
};

const gradients = [1, -2, 0.5];

describe('an optimiser follows the formula of its paper:', () => {
  test('Adam', () => {
    let [m, v, x] = [0, 0, 1];
    const expected = gradients.map((g, index) => {
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const [mHat, vHat] = [m / (1 - 0.9 ** (index + 1)), v / (1 - 0.999 ** (index + 1))];
      return (x -= (0.1 * mHat) / (Math.sqrt(vHat) + 1e-8));
    });
    expectPath(path({ name: 'adam' }, gradients), expected);
  });

  test('Adam with epsilon 1 takes steps that grow with the gradient', () => {
    const [small] = path({ name: 'adam', epsilon: 1 }, [0.01]);
    const [large] = path({ name: 'adam', epsilon: 1 }, [0.1]);
    expect((1 - large!) / (1 - small!)).toBeCloseTo(9.18, 1);
  });

  test('AdamW, which shrinks the value apart from the gradient', () => {
    const [adam] = path({ name: 'adam' }, [1]);
    const [adamw] = path({ name: 'adamw', weightDecay: 0.5 }, [1]);
    expect(adamw).toBeCloseTo(adam! - 0.1 * 0.5, 5);
  });

  test('SGD with momentum, and Nesterov\'s', () => {
    expectPath(path({ name: 'sgd', momentum: 0.9, weightDecay: 0 }, gradients), [0.9, 1.01, 1.059]);
    expectPath(path({ name: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 }, gradients), [0.81, 1.109, 1.1031]);
  });

  test('RMSProp', () => {
    expectPath(path({ name: 'rmsprop' }, [1]), [1 - 0.1 / (Math.sqrt(0.01) + 1e-8)]);
  });

  test('weight decay leaves what does not decay alone', () => {
    expect(path({ name: 'sgd', momentum: 0, weightDecay: 0.5 }, [0])).toEqual([expect.closeTo(0.95, 6)]);
    expect(path({ name: 'sgd', momentum: 0, weightDecay: 0.5 }, [0], false)).toEqual([1]);
  });
});

describe('clipping', () => {
  test('by value, then by the common norm', () => {
    const clipped = clipGradients([tf.tensor1d([3, -9]), tf.tensor1d([4])], { value: 4, norm: null });
    expect(clipped.map((gradient) => [...gradient.dataSync()])).toEqual([[3, -4], [4]]);
    const [first, second] = clipGradients([tf.tensor1d([3]), tf.tensor1d([4])], { value: null, norm: 1 });
    expect(first!.dataSync()[0]).toBeCloseTo(0.6, 5);
    expect(second!.dataSync()[0]).toBeCloseTo(0.8, 5);
  });

  test('leaves short gradients as they are, and no tensor behind', () => {
    const before = tf.memory().numTensors;
    const clipped = clipGradients([tf.tensor1d([0.3]), tf.tensor1d([0.4])], { value: 1, norm: 1 });
    expect(clipped[0]!.dataSync()[0]).toBeCloseTo(0.3, 6);
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose(clipped);
  });
});
