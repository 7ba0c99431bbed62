import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { LossKernels } from './loss-kernels.ts';

/** How fresh proxies are drawn. Fans are those of a [rows, width] weight: fan in = width, fan out = rows. */
export type ProxyInitializer =
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'kaiming-normal-fan-out' }
  | { readonly kind: 'kaiming-uniform'; readonly slope: number };

/** The proxies a loss learns: `perClass` rows for each class, class-major. */
export interface ProxyPlan {
  readonly rows: number;
  readonly perClass: number;
  readonly initializer: ProxyInitializer;
}

/** What a loss makes of the similarities to the proxies. */
export interface ProxyOutcome {
  readonly value: Scalar;
  /** ∂L/∂S, [batch, proxies]. */
  readonly gradient: Tensor2D;
  /** ∂L/∂P besides what goes through S, [proxies, width]. */
  readonly proxyGradient?: Tensor2D;
  /** The similarity to the nearest proxy of each class, [batch, classes], where the loss had to find it. */
  readonly toClasses?: Tensor2D;
  /** What each row of the batch costs, [batch]. */
  readonly rowLoss: Float64Array;
}

/** What a proxy loss is computed from. */
export interface ProxyInput {
  /** S_ic, [batch, proxies]. */
  readonly similarity: Tensor2D;
  /** y_i, [batch]. */
  readonly labels: Int32Array;
}

/** The same with the unit proxies, for terms among them. */
export interface FullProxyInput extends ProxyInput {
  /** p_c, [proxies, width], class-major. */
  readonly proxies: Tensor2D;
  /** γ of direction regularisation; 0 for none. */
  readonly direction: number;
  /** What the engine computes losses with; tensors alone when left out. */
  readonly kernels?: LossKernels | null;
}

/** Fresh proxies, [rows × width], row-major. The same generator gives the same proxies. */
export function initialProxies({ rows, initializer }: ProxyPlan, width: number, random: () => number): Float32Array {
  const draw = {
    normal: () => (initializer as { deviation: number }).deviation * standardNormal(random),
    'kaiming-normal-fan-out': () => Math.sqrt(2 / rows) * standardNormal(random),
    'kaiming-uniform': () => {
      const { slope } = initializer as { slope: number };
      return Math.sqrt(6 / ((1 + slope * slope) * width)) * (2 * random() - 1);
    },
  }[initializer.kind];
  return Float32Array.from({ length: rows * width }, draw);
}

/** Box-Muller; 1 − u is never 0. */
function standardNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The entries [i, y_i] of a matrix, read back. */
export function ownEntries(matrix: Tensor2D, labels: Int32Array): Float32Array {
  let own = new Float32Array();
  tf.tidy(() => { own = tf.gatherND(matrix, ownIndices(labels)).dataSync() as Float32Array<ArrayBuffer>; });
  return own;
}

/**
 * The matrix with other values at the entries [i, y_i]. It is used up: tfjs's CPU backend writes into it, so give a
 * fresh one and do not read it again.
 */
export function withOwn(matrix: Tensor2D, labels: Int32Array, values: ArrayLike<number>): Tensor2D {
  return tf.tensorScatterUpdate(matrix, ownIndices(labels), tf.tensor1d(Float32Array.from(values))) as Tensor2D;
}

/** A matrix with one value at [i, y_i] and another elsewhere (tf.oneHot refuses a single class). */
export function ownMask(labels: Int32Array, classes: number, { own, other }: { own: number; other: number }): Tensor2D {
  const mask = new Float32Array(labels.length * classes).fill(other);
  labels.forEach((label, row) => { mask[row * classes + label] = own; });
  return tf.tensor2d(mask, [labels.length, classes]);
}

function ownIndices(labels: Int32Array) {
  const indices = new Int32Array(2 * labels.length);
  labels.forEach((label, row) => {
    indices[2 * row] = row;
    indices[2 * row + 1] = label;
  });
  return tf.tensor2d(indices, [labels.length, 2], 'int32');
}

/** The mean of per-row costs as a tensor. */
export function meanOf(rowLoss: Float64Array): Scalar {
  return tf.scalar(rowLoss.reduce((sum, loss) => sum + loss, 0) / rowLoss.length);
}
