import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { LossError } from '../loss-error.ts';
import type { ProxyKernel } from '../loss-kernels.ts';
import { meanOf } from '../loss-proxies.ts';
import type { FullProxyInput, ProxyInput, ProxyOutcome } from '../loss-proxies.ts';
import { valueOf } from '../proxy-story.ts';
import { logSumExp } from './log-sum-exp.ts';
import { nthLargest } from './nth-largest.ts';
import { softmaxOverProxies } from './softmax-over-proxies.ts';

type Recipe = LossOf<'proxy-gml'>;

/**
 * ProxyGML (Zhu et al., NeurIPS 2020; survey eq. 21-27 corrected): each row sees its K most similar sub-proxies, those
 * of its own class always among them; Z_ic = Σ_{seen j of c} S_ij; cross-entropy of the softmax of Z over the classes
 * seen. Plus λ times the same for the sub-proxies among themselves: Z'_jc = Σ_{k of c} q_j·q_k over all classes.
 *
 * @throws LossError top-k-too-small when K shows a row nothing but its own class.
 */
export function proxyGml(input: FullProxyInput, recipe: Recipe): ProxyOutcome {
  const seen = seenSubProxies(recipe, input.similarity.shape[1]);
  const main = neighbourhoods(input, { seen, perClass: recipe.subProxies });
  if (recipe.lambda === 0) return main;
  const among = amongSubProxies(input, recipe.subProxies);
  return {
    ...main,
    value: tf.add(main.value, tf.mul(among.value, recipe.lambda)),
    proxyGradient: tf.mul(among.gradient, recipe.lambda),
  };
}

/** The regulariser: Z'_jc is q_j times the sum of the sub-proxies of c, so no matrix of all pairs is needed. */
function amongSubProxies({ proxies, kernels }: FullProxyInput, perClass: number): { value: Scalar; gradient: Tensor2D } {
  const [rows, width] = proxies.shape;
  const classes = rows / perClass;
  const classSums: Tensor2D = tf.sum(tf.reshape(proxies, [classes, perClass, width]), 1);
  const labels = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / perClass));
  const fast = kernels?.proxies(asItIs);
  const { value, ofRows, ofProxies } = fast ? withKernel(fast, { proxies, classSums, labels }) : withProducts({ proxies, classSums, labels });
  // Each member of a class gets the row of its sum.
  const spread = tf.reshape(tf.tile(tf.expandDims(ofProxies, 1), [1, perClass, 1]), [rows, width]);
  return { value, gradient: tf.add(ofRows, spread) };
}

/** The cross-entropy of 2 S / T, which is S. */
const asItIs: LossOf<'proxy-nca-plus-plus'> = { name: 'proxy-nca-plus-plus', temperature: 2 };

interface Members {
  readonly proxies: Tensor2D;
  readonly classSums: Tensor2D;
  /** Class of each sub-proxy. */
  readonly labels: Int32Array;
}

function withKernel(kernel: ProxyKernel, { proxies, classSums, labels }: Members) {
  const { story, ...gradients } = kernel({ rows: proxies, proxies: classSums, labels: tf.tensor1d(Float32Array.from(labels)) });
  return { value: tf.scalar(valueOf(story)), ...gradients };
}

function withProducts({ proxies, classSums, labels }: Members) {
  const toClasses: Tensor2D = tf.matMul(proxies, classSums, false, true); // Z'_jc, [sub-proxies, classes]
  const { value, gradient } = softmaxOverProxies({ similarity: toClasses, labels }, { scale: 1 });
  const ofProxies: Tensor2D = tf.matMul(gradient, proxies, true, false);
  return { value, ofRows: tf.matMul(gradient, classSums) as Tensor2D, ofProxies };
}

/** K = ⌈ratio × all⌉, but never so few that other classes are out of sight; or the K that was asked for. */
function seenSubProxies({ topK, ratio, subProxies }: Recipe, all: number): number {
  if (topK === null) return Math.min(all, Math.max(Math.ceil(ratio * all), subProxies + 1));
  if (topK <= subProxies && all > subProxies) {
    throw new LossError('top-k-too-small', `topK ${topK} shows a row only the ${subProxies} sub-proxies of its own class: choose more than ${subProxies}.`);
  }
  return Math.min(all, topK);
}

function neighbourhoods(input: ProxyInput, { seen, perClass }: { seen: number; perClass: number }): ProxyOutcome {
  const [batch, columns] = input.similarity.shape;
  const similarity = input.similarity.dataSync();
  const gradient = new Float32Array(batch * columns);
  const rowLoss = new Float64Array(batch);
  const sums = new Float64Array(columns / perClass); // Z_ic
  const isSeen = new Uint8Array(columns);
  input.labels.forEach((label, row) => {
    const start = row * columns;
    const values = similarity.subarray(start, start + columns) as Float32Array;
    markSeen(values, { first: label * perClass, perClass, seen }, isSeen);
    sums.fill(-Infinity);
    for (let column = 0; column < columns; column++) {
      if (!isSeen[column]) continue;
      const c = Math.floor(column / perClass);
      sums[c] = (sums[c] === -Infinity ? 0 : sums[c]!) + values[column]!;
    }
    const all = logSumExp(sums, sums.length); // over the classes seen: the others are e^{−∞}
    rowLoss[row] = all - sums[label]!;
    for (let column = 0; column < columns; column++) {
      if (!isSeen[column]) continue;
      const c = Math.floor(column / perClass);
      gradient[start + column] = (Math.exp(sums[c]! - all) - Number(c === label)) / batch;
    }
  });
  return { value: meanOf(rowLoss), gradient: tf.tensor2d(gradient, [batch, columns]), rowLoss };
}

/** Marks the own sub-proxies and the most similar others, `seen` in all; equal ones in the order of their index. */
function markSeen(values: Float32Array, own: { first: number; perClass: number; seen: number }, isSeen: Uint8Array): void {
  const { first, perClass, seen } = own;
  isSeen.fill(0);
  isSeen.fill(1, first, first + perClass);
  const others = new Float32Array(values.length - perClass);
  others.set(values.subarray(0, first));
  others.set(values.subarray(first + perClass), first);
  let left = seen - perClass;
  if (left <= 0) return;
  const limit = nthLargest(others, left);
  for (let column = 0; column < values.length; column++) {
    if (isSeen[column] || !(values[column]! > limit)) continue;
    isSeen[column] = 1;
    left--;
  }
  for (let column = 0; column < values.length && left > 0; column++) {
    if (isSeen[column] || values[column] !== limit) continue;
    isSeen[column] = 1;
    left--;
  }
}
