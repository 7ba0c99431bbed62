import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { meanOf, ownEntries, withOwn } from '../loss-proxies.ts';
import type { ProxyInput, ProxyOutcome } from '../loss-proxies.ts';

/** How similarities become logits. */
export interface Logits {
  /** Logit of every other proxy: scale × S_ic. */
  readonly scale: number;
  /** Logit of the own proxy as a function of S_iy, and its derivative; scale × S_iy when left out. */
  readonly own?: (similarity: number) => { readonly logit: number; readonly slope: number };
}

/** Probabilities below this are near the end of float32: their logarithm is taken from the logits instead. */
const faint = 1e-30;

/** A loss below this cannot be told from the rounding of a probability of 1: it is none. */
const nothing = 2 ** -23;

/** Mean cross-entropy of the softmax over all proxies, the own one with its own logit (ArcFace eq. 1 and its kin). */
export function softmaxOverProxies({ similarity, labels }: ProxyInput, { scale, own }: Logits): ProxyOutcome {
  const batch = labels.length;
  const ownSimilarity = ownEntries(similarity, labels);
  const target = Array.from(ownSimilarity, (s) => own?.(s) ?? { logit: scale * s, slope: scale });
  const scaled: Tensor2D = tf.mul(similarity, scale);
  const logits = own ? withOwn(scaled, labels, target.map(({ logit }) => logit)) : scaled;
  const probability = tf.softmax(logits); // [batch, classes]
  const ownProbability = ownEntries(probability, labels);
  const rowLoss = minusLogOwn(logits, probability, { labels, ownProbability });
  // ∂L/∂S_ic = scale p_ic / B, and slope (p_iy − 1) / B for the own proxy.
  const ownGradient = target.map(({ slope }, i) => (slope * (ownProbability[i]! - 1)) / batch);
  return {
    value: meanOf(rowLoss),
    gradient: withOwn(tf.mul(probability, scale / batch), labels, ownGradient),
    rowLoss,
  };
}

/** −log p_iy; where p_iy is too faint for float32, log Σ e^logit − logit_y. */
export function minusLogOwn(
  logits: Tensor2D, probability: Tensor2D, own: { labels: Int32Array; ownProbability: Float32Array },
): Float64Array {
  const loss = Float64Array.from(own.ownProbability, (p) => (-Math.log(p) < nothing ? 0 : -Math.log(p)));
  if (own.ownProbability.every((p) => p > faint)) return loss;
  const largest = tf.max(logits, 1).dataSync();
  const likeliest = tf.max(probability, 1).dataSync();
  const ownLogit = ownEntries(logits, own.labels);
  return loss.map((usual, i) =>
    (own.ownProbability[i]! > faint ? usual : largest[i]! - Math.log(likeliest[i]!) - ownLogit[i]!));
}
