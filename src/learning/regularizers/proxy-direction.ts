import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { coincident } from '../distances/distance.ts';
import { ownMask } from '../loss-proxies.ts';
import type { FullProxyInput } from '../loss-proxies.ts';

/** The cosines, and their gradients with respect to S and to P (besides what goes through S). */
interface ProxyDirections {
  /** c(f_i; p_y; p_c), 0 for the own class, [batch, classes]. */
  readonly cosine: Tensor2D;
  readonly backward: (upstream: Tensor2D) => { readonly gradient: Tensor2D; readonly proxyGradient: Tensor2D };
}

/**
 * c(f; p_y; p_c) = cos(p_c − f, p_y − f) for every other class (Mohan et al., CVPRW 2020; survey eq. 35):
 * (p_c·p_y − S_c − S_y + 1) / (D_c D_y). 0 with gradient 0 where f lies on either proxy.
 */
export function proxyDirections({ similarity, labels, proxies }: Omit<FullProxyInput, 'direction'>): ProxyDirections {
  const classes = similarity.shape[1];
  const isOwn = ownMask(labels, classes, { own: 1, other: 0 });
  const ownProxies: Tensor2D = tf.matMul(isOwn, proxies); // p_y, [batch, width]
  const own = tf.sum(tf.mul(similarity, isOwn), 1, true); // S_y, [batch, 1]
  const between = tf.matMul(ownProxies, proxies, false, true); // p_y·p_c, [batch, classes]
  const toOther = inverseDistance(similarity); // 1/D_c, [batch, classes]
  const toOwn = inverseDistance(own); // 1/D_y, [batch, 1]
  const inverse = tf.mul(tf.mul(toOther, toOwn), tf.sub(1, isOwn)); // 1/(D_c D_y), own class out
  const cosine: Tensor2D = tf.mul(tf.add(tf.sub(tf.sub(between, similarity), own), 1), inverse);

  const backward = (upstream: Tensor2D) => {
    const toBetween: Tensor2D = tf.mul(upstream, inverse);
    const turn = tf.mul(upstream, cosine);
    // d(1/D)/dS = 1/D³
    const toSimilarity = tf.sub(tf.mul(turn, tf.square(toOther)), toBetween);
    const toOwnSimilarity = tf.sum(tf.sub(tf.mul(turn, tf.square(toOwn)), toBetween), 1, true);
    return {
      gradient: tf.add(toSimilarity, tf.mul(isOwn, toOwnSimilarity)) as Tensor2D,
      proxyGradient: tf.add(
        tf.matMul(toBetween, ownProxies, true, false), tf.matMul(isOwn, tf.matMul(toBetween, proxies), true, false),
      ) as Tensor2D,
    };
  };
  return { cosine, backward };
}

/** 1 / √(2 − 2S), and 0 where the two coincide. */
function inverseDistance(similarity: Tensor): Tensor {
  const squared = tf.sub(2, tf.mul(similarity, 2));
  const isApart = tf.cast(tf.greater(squared, coincident), 'float32');
  return tf.mul(tf.rsqrt(tf.maximum(squared, coincident)), isApart);
}
