import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { knownGradient } from './distances/known-gradient.ts';
import type { PairOutcome, Pairs } from './loss-pairs.ts';
import type { ProxyOutcome } from './loss-proxies.ts';

/**
 * The loss of a table of pairs on the tape, from the raw embeddings x. With A = G + Gᵀ (Gᵀ only inside the batch), c the
 * columns, raw, and n the norms, 1 where the rows are compared as they are:
 * ∂L/∂x_i = Σ_j A_ij c_j / (n_i n_j) − x_i Σ_j A_ij S_ij / n_i², the second part for unit rows only (it takes off what
 * points along x_i). One product, where autograd through the normalisation takes two and six passes over x.
 */
export function pairLoss(pairs: Pairs, { value, gradient }: PairOutcome): Scalar {
  const { rows, columns } = pairs.table;
  const loss = knownGradient([pairs.embeddings],
    () => ({ value: tf.scalar(value), kept: [pairs.columns()] as const }),
    (upstream, [all]) => {
      const weights = weightsOfColumns(pairs, gradient, upstream.dataSync()[0]!);
      return [tf.matMul(tf.tensor2d(weights, [rows, columns]), all as Tensor2D)];
    });
  return loss as Scalar;
}

/** What each column adds to ∂L/∂x of each row, [rows, columns]. */
function weightsOfColumns({ table, inverse }: Pairs, gradient: Float32Array, upstream: number): Float32Array {
  const { rows, columns, similarity } = table;
  const weights = new Float32Array(rows * columns);
  const shrink = inverse ?? new Float32Array(columns).fill(1);
  const along = new Float64Array(rows); // Σ_j A_ij S_ij
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const own = upstream * shrink[row]!;
    let ownAlong = 0;
    // Inside the batch A and S are symmetric: one half of them is enough.
    for (let column = 0, cell = start, mirrored = row; column < row; column++, cell++, mirrored += columns) {
      const slope = gradient[cell]! + gradient[mirrored]!;
      const part = slope * similarity[cell]!;
      const weight = slope * own * shrink[column]!;
      ownAlong += part;
      along[column]! += part;
      weights[cell] = weight;
      weights[mirrored] = weight;
    }
    for (let column = rows, cell = start + rows; column < columns; column++, cell++) {
      ownAlong += gradient[cell]! * similarity[cell]!;
      weights[cell] = gradient[cell]! * own * shrink[column]!;
    }
    along[row]! += ownAlong;
  }
  for (let row = 0; row < rows; row++) {
    const own = row * columns + row;
    const slope = 2 * gradient[own]!;
    const off = inverse ? along[row]! + slope * similarity[own]! : 0;
    weights[own] = upstream * (slope - off) * shrink[row]! * shrink[row]!;
  }
  return weights;
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
    const weighted = times(gradient!, upstream);
    const toProxies = tf.matMul(weighted, f!, true, false);
    return [tf.matMul(weighted, p!), direct ? tf.add(toProxies, times(direct, upstream)) : toProxies];
  });
  return loss as Scalar;
}

/** A matrix times the gradient of the loss, which is 1 for a loss alone. */
export function times(matrix: Tensor, upstream: Tensor): Tensor2D {
  const factor = upstream.dataSync()[0]!;
  return (factor === 1 ? matrix : tf.mul(matrix, factor)) as Tensor2D;
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
