import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { LossRecipe } from '../contract/recipe/losses.ts';

/** A matrix to multiply with, and what the loss told: the numbers that loss-story.ts reads. */
export interface KernelResult {
  readonly matrix: Tensor2D;
  readonly story: Float64Array;
}

/** What a loss over all pairs of unit rows of a batch is computed from. */
export interface PairProducts {
  /** x_i·x_j of the raw rows, [batch, batch]. */
  readonly products: Tensor2D;
  /** ‖x_i‖, [batch]. */
  readonly norms: Tensor1D;
  /** Classes, [batch]; float32, which holds them exactly up to 2²⁴. */
  readonly labels: Tensor1D;
}

/** The same of a batch whose products the kernel makes itself. */
export interface PairRows {
  /** Raw, [batch, width]. */
  readonly embeddings: Tensor2D;
  /** ‖x_i‖ and classes, [batch]. */
  readonly norms: Tensor1D;
  readonly labels: Tensor1D;
}

/** The same of chosen rows, each anchor against all others, which are compared as they are. */
export interface TupleBatch extends PairRows {
  /** Numbers of rows; the first of the others are the positives, one for each anchor. */
  readonly anchors: Tensor1D;
  readonly others: Tensor1D;
  /** What ‖a‖² + ‖p‖² of anchors and positives is added with; in the gradient, not in the value that is told. */
  readonly normWeight: number;
}

/** What a loss over the similarities of rows to proxies is computed from; S = F Qᵀ. */
export interface ProxyRows {
  /** F, [batch, width]; unit rows, for the losses of the catalogue. */
  readonly rows: Tensor2D;
  /** Q, [classes × per class, width], class-major. */
  readonly proxies: Tensor2D;
  /** Classes, [batch], each one that is there. */
  readonly labels: Tensor1D;
}

export interface ProxyGradients {
  /** ∂L/∂F and ∂L/∂Q. */
  readonly ofRows: Tensor2D;
  readonly ofProxies: Tensor2D;
  /** The numbers that proxy-story.ts reads. */
  readonly story: Float64Array;
}

/** W with ∂L/∂x = W x (loss-gradient.ts says why). */
export type PairKernel = (pairs: PairProducts) => KernelResult;
/** ∂L/∂x, [batch, width]. */
export type PairStepKernel = (rows: PairRows) => KernelResult;
export type TupleKernel = (tuples: TupleBatch) => KernelResult;
export type ProxyKernel = (input: ProxyRows) => ProxyGradients;

/**
 * Losses that an engine computes in one pass over the similarities: value, gradient and diagnostics, the same as those of losses/.
 * Null for recipes it has nothing for; then, and with a miner, a memory or direction, losses/ does it.
 */
export interface LossKernels {
  /** ‖x_i‖, [rows], off the tape. */
  rowNorms(x: Tensor2D): Tensor1D;
  /** x / ‖x‖ row by row on the tape, a zero row as it is, and ‖x‖ read back; NaN or Infinity where a row is not finite. */
  unitRows(x: Tensor2D): { readonly unit: Tensor2D; readonly norms: Float32Array };
  pairs(recipe: LossRecipe): PairKernel | null;
  /** The same with both products, where the processor is good at them. */
  pairSteps(recipe: LossRecipe): PairStepKernel | null;
  tuples(recipe: LossRecipe): TupleKernel | null;
  proxies(recipe: LossRecipe): ProxyKernel | null;
}
