import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { coincident } from '../distances/distance.ts';
import type { FullProxyInput, ProxyInput, ProxyOutcome } from '../loss-proxies.ts';
import { softmaxOverProxies } from './softmax-over-proxies.ts';

type Recipe = LossOf<'soft-triple'>;

/**
 * SoftTriple (Qian et al., ICCV 2019, eq. 7-8): S'_ic = Σ_k softmax_k(S_ick / γ) S_ick, the cross-entropy of λ S'_ic
 * with λ (S'_iy − δ) for the own class, plus τ / (C K (K − 1)) Σ_c Σ_{k<l} ‖w_ck − w_cl‖, which merges centres.
 */
export function softTriple(input: FullProxyInput, recipe: Recipe): ProxyOutcome {
  const main = relaxed(input, recipe);
  if (recipe.tau === 0 || recipe.subProxies === 1) return main;
  const spread = centreSpread(input.proxies, recipe);
  return { ...main, value: tf.add(main.value, spread.value), proxyGradient: spread.gradient };
}

function relaxed(input: ProxyInput, { subProxies, lambda, gamma, delta }: Recipe): ProxyOutcome {
  const [batch, columns] = input.similarity.shape;
  const toCentres = tf.reshape(input.similarity, [batch, columns / subProxies, subProxies]) as Tensor3D; // S_ick
  const sharpened = tf.div(toCentres, gamma); // S_ick / γ
  const choice = tf.softmax(sharpened); // q_ick, [batch, classes, centres]
  const toClasses = tf.sum(tf.mul(choice, toCentres), 2) as Tensor2D; // S'_ic
  const own = (similarity: number) => ({ logit: lambda * (similarity - delta), slope: lambda });
  const outcome = softmaxOverProxies({ similarity: toClasses, labels: input.labels }, { scale: lambda, own });
  // ∂S'_ic / ∂S_ick = q_ick (1 + (S_ick − S'_ic) / γ), what has one value a class put together first
  const lead = tf.expandDims(tf.sub(1, tf.div(toClasses, gamma)), 2);
  const gradient = tf.mul(tf.mul(choice, tf.expandDims(outcome.gradient, 2)), tf.add(sharpened, lead));
  return { ...outcome, gradient: tf.reshape(gradient, [batch, columns]) };
}

/** τ / (C K (K − 1)) Σ_c Σ_{k<l} ‖w_ck − w_cl‖ and its gradient; coincident centres take none. */
function centreSpread(proxies: Tensor2D, { subProxies, tau }: Recipe): { value: Scalar; gradient: Tensor2D } {
  const [rows, width] = proxies.shape;
  const centres = tf.reshape(proxies, [rows / subProxies, subProxies, width]);
  const squared = tf.sub(2, tf.mul(tf.matMul(centres, centres, false, true), 2)); // D², [classes, centres, centres]
  const isApart = tf.cast(tf.greater(squared, coincident), 'float32');
  const inverse = tf.mul(isApart, tf.rsqrt(tf.maximum(squared, coincident))); // 1 / D
  const distance = tf.mul(tf.maximum(squared, coincident), inverse);
  const weight = tau / (2 * rows * (subProxies - 1)); // every unordered pair stands twice in the matrix
  // ∂D/∂(w_k·w_l) = −1/D, and each w stands on both sides of the symmetric product.
  const gradient = tf.mul(tf.matMul(inverse, centres), -2 * weight);
  return { value: tf.mul(tf.sum(distance), weight), gradient: tf.reshape(gradient, [rows, width]) };
}
