import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { meanOf, ownEntries, withOwn } from '../loss-proxies.ts';
import type { FullProxyInput, ProxyInput, ProxyOutcome } from '../loss-proxies.ts';
import { proxyDirections } from '../regularizers/proxy-direction.ts';
import { softmaxOverProxies } from './softmax-over-proxies.ts';

type Recipe = LossOf<'proxy-nca'>;

/**
 * ProxyNCA. Paper (Movshovitz-Attias et al., ICCV 2017, eq. 4; survey eq. 16):
 * −mean_i log( e^{−s² D²(f_i, p_y)} / Σ_{c≠y} e^{−s² D²(f_i, p_c)} ), which may be negative. With direction
 * regularisation the exponents of the denominator become −s² D² − γ c(f; p_y; p_c) (survey eq. 35). Code
 * (dichotomies/proxy-nca): the own proxy is in the denominator, and labels are smoothed.
 * One class only: nothing to tell apart, 0. On the sphere −D² = 2S − 2, and the constant cancels.
 */
export function proxyNca(input: FullProxyInput, recipe: Recipe): ProxyOutcome {
  const { similarity, labels, direction } = input;
  if (recipe.variant === 'code') return smoothed(input, recipe);
  const slope = 2 * recipe.scale ** 2;
  const logits: Tensor2D = tf.mul(similarity, slope); // −s² D² + const, [batch, classes]
  if (direction === 0) {
    const outcome = ownLeftOut({ similarity: logits, labels });
    return { ...outcome, gradient: tf.mul(outcome.gradient, slope) };
  }
  const { cosine, backward } = proxyDirections(input);
  const outcome = ownLeftOut({ similarity: tf.sub(logits, tf.mul(cosine, direction)), labels });
  const turned = backward(tf.mul(outcome.gradient, -direction));
  return {
    ...outcome,
    gradient: tf.add(tf.mul(outcome.gradient, slope), turned.gradient),
    proxyGradient: turned.proxyGradient,
  };
}

/** mean_i [ log Σ_{c≠y} e^{l_ic} − l_iy ] of logits l, which are used up. */
function ownLeftOut({ similarity: logits, labels }: ProxyInput): ProxyOutcome {
  const [batch, classes] = logits.shape;
  if (classes === 1) return { value: tf.scalar(0), gradient: tf.zerosLike(logits), rowLoss: new Float64Array(batch) };
  const own = ownEntries(logits, labels);
  const others = withOwn(logits, labels, new Float32Array(batch).fill(-1e30));
  const probability = tf.softmax(others); // own entry 0, [batch, classes]
  const largest = tf.max(others, 1).dataSync();
  const likeliest = tf.max(probability, 1).dataSync();
  const rowLoss = Float64Array.from(own, (logit, i) => largest[i]! - Math.log(likeliest[i]!) - logit);
  const gradient = withOwn(tf.div(probability, batch), labels, own.map(() => -1 / batch));
  return { value: meanOf(rowLoss), gradient, rowLoss };
}

/** Cross-entropy against 1 − ε for the own class and ε / (C − 1) for each other. */
function smoothed(input: ProxyInput, { scale, smoothing }: Recipe): ProxyOutcome {
  const slope = 2 * scale ** 2;
  const sharp = softmaxOverProxies(input, { scale: slope });
  const [batch, classes] = input.similarity.shape;
  if (smoothing === 0 || classes === 1) return sharp;
  const share = smoothing / (classes - 1);
  const own = ownEntries(input.similarity, input.labels);
  const sum = tf.sum(input.similarity, 1).dataSync(); // Σ_c S_ic
  const rowLoss = sharp.rowLoss.map((loss, i) => loss + slope * share * (classes * own[i]! - sum[i]!));
  const spread: Tensor2D = tf.sub(sharp.gradient, (slope * share) / batch);
  const ownGradient = ownEntries(spread, input.labels).map((entry) => entry + (slope * share * classes) / batch);
  const gradient = withOwn(spread, input.labels, ownGradient);
  return { value: meanOf(rowLoss), gradient, rowLoss };
}
