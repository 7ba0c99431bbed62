import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer as OptimizerRecipe } from '../../contract/recipe/training.ts';
import type { Rule } from './optimizer.ts';

export type AdamRecipe = Extract<OptimizerRecipe, { name: 'adam' | 'adamw' }>;

/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1). Weight decay, when set, is added to the gradient (L2), as in PyTorch's Adam.
 * Epsilon stands outside the bias correction, as in the paper: with epsilon 1 the step is a scaled momentum step.
 */
export function adam(recipe: AdamRecipe): Rule {
  return {
    slots: ADAM_SLOTS,
    update(value, gradient, { slots, context }) {
      const decays = context.decays && recipe.weightDecay > 0;
      const g = decays ? tf.add(gradient, tf.mul(value, recipe.weightDecay)) : gradient;
      return adamStep({ value, gradient: g, slots, recipe }, context);
    },
  };
}

export const ADAM_SLOTS = ['first', 'second'] as const;

interface AdamInput {
  value: tf.Tensor;
  gradient: tf.Tensor;
  slots: readonly tf.Tensor[];
  recipe: AdamRecipe;
}

/** The step that Adam and AdamW share. */
export function adamStep(
  { value, gradient, slots, recipe }: AdamInput,
  { learningRate, step }: { learningRate: number; step: number },
): ReturnType<Rule['update']> {
  const { beta1, beta2, epsilon } = recipe;
  const first = tf.add(tf.mul(slots[0]!, beta1), tf.mul(gradient, 1 - beta1));
  const second = tf.add(tf.mul(slots[1]!, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const { rate, dampedEpsilon } = correctBias({ beta1, beta2, epsilon, learningRate }, step);
  const change = tf.mul(tf.div(first, tf.add(tf.sqrt(second), dampedEpsilon)), rate);
  return { value: tf.sub(value, change), slots: [first, second] };
}

interface BiasInput {
  beta1: number;
  beta2: number;
  epsilon: number;
  learningRate: number;
}

/** Both bias corrections as one rate and one epsilon (the paper's last lines of section 2): value -= rate first / (sqrt(second) + e). */
export function correctBias({ beta1, beta2, epsilon, learningRate }: BiasInput, step: number): { rate: number; dampedEpsilon: number } {
  const secondCorrection = Math.sqrt(1 - beta2 ** step);
  return { rate: (learningRate * secondCorrection) / (1 - beta1 ** step), dampedEpsilon: epsilon * secondCorrection };
}
