import * as tf from '@tensorflow/tfjs-core';
import { ADAM_SLOTS, adamStep } from './adam.ts';
import type { AdamRecipe } from './adam.ts';
import type { Rule } from './optimizer.ts';

/** AdamW (Loshchilov and Hutter, ICLR 2019, algorithm 2): the value decays by itself, apart from the gradient's statistics. */
export function adamw(recipe: AdamRecipe): Rule {
  return {
    slots: ADAM_SLOTS,
    update(value, gradient, { slots, context }) {
      const decayed = context.decays ? tf.mul(value, 1 - context.learningRate * recipe.weightDecay) : value;
      return adamStep({ value: decayed, gradient, slots, recipe }, context);
    },
  };
}
