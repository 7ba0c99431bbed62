import * as tf from '@tensorflow/tfjs-core';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { runOne } from './native-operations.ts';

/** Floats from which our own sum is the faster one (measured); smaller ones are a matter of calling. */
const FEWEST_FLOATS = 2 ** 16;

/** What is added. */
interface Terms {
  a: TensorInfo;
  b: TensorInfo;
}

let isDone = false;

/**
 * Where a network forks, tfjs adds the gradients of both ways, as large as the pictures: TensorFlow's own threads are asleep meanwhile, ours
 * are awake. From now on such sums go there, whoever asks.
 */
export function speedUpLargeSums(): void {
  if (isDone) return;
  isDone = true;
  const registered = tf.getKernel(tf.Add, 'tensorflow');
  tf.unregisterKernel(tf.Add, 'tensorflow');
  const kernelFunc: KernelFunc = (call) => {
    const { a, b } = call.inputs as unknown as Terms;
    return isLarge(a, b) ? runOne('LikenessAdd', [], [a, b] as tf.Tensor[]) : registered.kernelFunc(call);
  };
  tf.registerKernel({ ...registered, kernelFunc });
}

function isLarge(a: TensorInfo, b: TensorInfo): boolean {
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || a.shape.length !== b.shape.length) return false;
  return a.shape.every((side, axis) => side === b.shape[axis]) && tf.util.sizeFromShape(a.shape) >= FEWEST_FLOATS;
}
