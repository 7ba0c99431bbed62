import type * as tf from '@tensorflow/tfjs-core';

/** One parameter and its gradient in one step. The optimiser disposes neither. */
export interface Update {
  name: string;
  variable: tf.Variable;
  gradient: tf.Tensor;
  /** Learning rate of this parameter in this step. */
  learningRate: number;
  /** False for biases and the scales of normalisations, which weight decay leaves alone. */
  decays: boolean;
}

/** What an optimiser remembers of one parameter. */
export interface OptimizerMemory {
  /** Steps taken by this parameter; a frozen one takes none. */
  steps: number;
  /** Same shape as the parameter, by the name of the slot. */
  slots: Record<string, tf.Tensor>;
}

/** Changes parameters by their gradients. Its memory can be read and put back, so that a resumed run goes on exactly. */
export interface Optimizer {
  apply(updates: readonly Update[]): void;
  /** By parameter; the caller disposes the tensors. */
  remember(): Map<string, OptimizerMemory>;
  /** Takes over copies of the slots. */
  restore(memory: ReadonlyMap<string, OptimizerMemory>): void;
  dispose(): void;
}

export interface RuleContext {
  learningRate: number;
  /** Number of this step for this parameter, from 1. */
  step: number;
  decays: boolean;
}

/** One method, as arithmetic: the new value and the new slots of a parameter. */
export interface Rule {
  slots: readonly string[];
  update(value: tf.Tensor, gradient: tf.Tensor, state: { slots: readonly tf.Tensor[]; context: RuleContext }): { value: tf.Tensor; slots: tf.Tensor[] };
}
