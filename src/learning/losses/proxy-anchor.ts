import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { ownEntries, withOwn } from '../loss-proxies.ts';
import type { ProxyInput, ProxyOutcome } from '../loss-proxies.ts';
import { logSumExp, softplus } from './log-sum-exp.ts';

/**
 * Proxy Anchor loss (Kim et al., CVPR 2020, eq. 4; survey eq. 18 with 1/|P| over all classes):
 * 1/|P⁺| Σ_{c in batch} log[1 + Σ_{y=c} e^{−α(S_ic − δ)}] + 1/C Σ_c log[1 + Σ_{y≠c} e^{α(S_ic + δ)}].
 * Every proxy is an anchor for the rows of the batch. A row costs what its own pull alone would.
 */
export function proxyAnchor({ similarity, labels }: ProxyInput, { alpha, delta }: LossOf<'proxy-anchor'>): ProxyOutcome {
  const [batch, classes] = similarity.shape;
  const pull = ownEntries(similarity, labels).map((own) => -alpha * (own - delta)); // −α(S_iy − δ), [batch]
  const pulled = pullByClass(pull, labels);

  const all: Tensor2D = tf.mul(tf.add(similarity, delta), alpha); // α(S_ic + δ)
  const push = withOwn(all, labels, new Float32Array(batch).fill(-1e30)); // own entries out, [batch, classes]
  const largest = tf.relu(tf.max(push, 0)); // [classes]
  const weights = tf.exp(tf.sub(push, largest)); // [batch, classes]
  const sum = tf.sum(weights, 0); // [classes]
  const pushed = tf.add(largest, tf.log1p(tf.add(sum, tf.expm1(tf.neg(largest))))); // LSE₀, [classes]
  const share = tf.div(alpha / classes, tf.add(sum, tf.exp(tf.neg(largest)))); // [classes]

  return {
    value: tf.add(tf.mean(pushed), pulled.value),
    gradient: withOwn(tf.mul(weights, share), labels, pulled.slope.map((slope) => -alpha * slope)),
    rowLoss: Float64Array.from(pull, (exponent) => softplus(exponent) / batch),
  };
}

/** 1/|P⁺| Σ_c LSE₀ over the rows of class c, and its derivative with respect to each exponent. */
function pullByClass(pull: Float32Array, labels: Int32Array): { value: number; slope: Float64Array } {
  const rowsOf = Map.groupBy(labels.keys(), (row) => labels[row]!);
  const slope = new Float64Array(labels.length);
  let value = 0;
  for (const rows of rowsOf.values()) {
    const exponents = Float64Array.from(rows, (row) => pull[row]!);
    const sum = logSumExp(exponents, rows.length, true);
    value += sum / rowsOf.size;
    rows.forEach((row) => { slope[row] = Math.exp(pull[row]! - sum) / rowsOf.size; });
  }
  return { value, slope };
}
