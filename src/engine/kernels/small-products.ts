import * as tf from '@tensorflow/tfjs-core';
import type { BatchMatMulAttrs, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { attribute, runOne } from './native-operations.ts';

interface Factors {
  a: TensorInfo;
  b: TensorInfo;
}

/** Multiplications up to which a single product is the faster one (measured). */
const MOST_MULTIPLICATIONS = 2 ** 24;

let isDone = false;

/**
 * tfjs asks TensorFlow for a batch of products where there is only one. For small matrices, which a loss has by the dozen, TensorFlow's
 * single product takes half the time. From now on those go there, whoever asks.
 */
export function speedUpSmallProducts(): void {
  if (isDone) return;
  isDone = true;
  const registered = tf.getKernel(tf.BatchMatMul, 'tensorflow');
  tf.unregisterKernel(tf.BatchMatMul, 'tensorflow');
  const kernelFunc: KernelFunc = (call) => {
    const [{ a, b }, attributes] = [call.inputs as unknown as Factors, call.attrs as unknown as BatchMatMulAttrs];
    return isSmall(a, b, attributes.transposeB) ? product(a, b, attributes) : registered.kernelFunc(call);
  };
  tf.registerKernel({ ...registered, kernelFunc });
}

function isSmall(a: TensorInfo, b: TensorInfo, transposeB: boolean): boolean {
  if (a.shape.length !== 2 || b.shape.length !== 2 || a.dtype !== 'float32' || b.dtype !== 'float32') return false;
  const [rows, inner] = a.shape as [number, number];
  return rows * inner * b.shape[transposeB ? 0 : 1]! <= MOST_MULTIPLICATIONS;
}

function product(a: TensorInfo, b: TensorInfo, { transposeA, transposeB }: BatchMatMulAttrs): TensorInfo {
  const attributes = [attribute.float32('T'), attribute.flag('transpose_a', transposeA), attribute.flag('transpose_b', transposeB)];
  return runOne('MatMul', attributes, [a, b] as tf.Tensor[]);
}
