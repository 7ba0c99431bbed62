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

/** The same for chosen rows against others, which are compared as they are. */
export interface TupleProducts {
  /** a_i·c_j, [anchors, columns]. */
  readonly products: Tensor2D;
  readonly anchorNorms: Tensor1D;
  readonly columnNorms: Tensor1D;
  readonly anchorLabels: Tensor1D;
  readonly columnLabels: Tensor1D;
}

/** W with ∂L/∂x = W x (loss-gradient.ts says why). */
export type PairKernel = (pairs: PairProducts) => KernelResult;
/** ∂L/∂S, [anchors, columns]. */
export type TupleKernel = (tuples: TupleProducts) => KernelResult;

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
  tuples(recipe: LossRecipe): TupleKernel | null;
}
