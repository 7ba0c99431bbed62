import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { knownGradient } from './distances/known-gradient.ts';
import type { PairOutcome } from './loss-pairs.ts';
import type { ProxyOutcome } from './loss-proxies.ts';

/** The loss of a matrix of pairs on the tape. */
export function pairLoss(matrix: Tensor2D, { value, gradient }: PairOutcome): Scalar {
  const loss = knownGradient([matrix],
    () => ({ value: tf.scalar(value), kept: [tf.tensor2d(gradient, matrix.shape)] as const }),
    (upstream, [toMatrix]) => [tf.mul(toMatrix, upstream)]);
  return loss as Scalar;
}

/**
 * The loss of the products S = F Pᵀ on the tape.
 * Backward: ∂L/∂F = G P and ∂L/∂P = Gᵀ F, plus what the loss makes of the proxies directly.
 *
 * @param evaluate is called once, off the tape.
 */
export function proxyLoss(embeddings: Tensor2D, proxies: Tensor2D, evaluate: (similarity: Tensor2D) => ProxyOutcome): Scalar {
  const loss = knownGradient([embeddings, proxies], () => {
    const { value, gradient, proxyGradient } = evaluate(tf.matMul(embeddings, proxies, false, true));
    return { value, kept: [gradient, embeddings, proxies, ...(proxyGradient ? [proxyGradient] : [])] };
  }, (upstream, [gradient, f, p, direct]) => {
    const weighted = tf.mul(gradient!, upstream) as Tensor2D;
    const toProxies = tf.matMul(weighted, f!, true, false);
    return [tf.matMul(weighted, p!), direct ? tf.add(toProxies, tf.mul(direct, upstream)) : toProxies];
  });
  return loss as Scalar;
}

/** A term and its weight. */
export interface Weighted {
  readonly term: Scalar;
  readonly weight: number;
}

/** Σ weight × term on the tape. */
export function weightedSum(terms: readonly Weighted[]): Scalar {
  const sum = knownGradient(terms.map(({ term }) => term), () => {
    const value = terms.reduce((total, { term, weight }) => tf.add(total, tf.mul(term, weight)), tf.scalar(0));
    return { value, kept: [] as const };
  }, (upstream) => terms.map(({ weight }) => tf.mul(upstream, weight)));
  return sum as Scalar;
}

/** Zero that still depends on every tensor, so that tf.variableGrads finds a path to each. */
export function zeroLoss(tensors: readonly Tensor[]): Scalar {
  return knownGradient(tensors, () => ({ value: tf.scalar(0), kept: [] as const }),
    () => tensors.map(({ shape }) => tf.zeros(shape))) as Scalar;
}
