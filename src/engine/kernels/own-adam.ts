import * as tf from '@tensorflow/tfjs-core';
import { ADAM_SLOTS, correctBias } from '../../learning/optimizers/adam.ts';
import type { AdamRecipe } from '../../learning/optimizers/adam.ts';
import type { Optimizer, OptimizerMemory, Update } from '../../learning/optimizers/optimizer.ts';
import { createSlotMemory } from '../../learning/optimizers/slot-memory.ts';
import { attribute, runMany } from './native-operations.ts';

/** Adam and AdamW for all parameters of a step in one operation of native/. Same arithmetic as learning/optimizers. */
export function createOwnAdam(recipe: AdamRecipe): Optimizer {
  const { of, step, ...memory } = createSlotMemory(ADAM_SLOTS);
  return {
    apply(updates) {
      const states = updates.map(({ name, variable }) => of(name, variable));
      const next = takeStep(recipe, updates, states);
      updates.forEach(({ name, variable }, index) => {
        const [value, ...moments] = [0, 1, 2].map((part) => next[part * updates.length + index]!);
        variable.assign(value!);
        value!.dispose();
        step(name, states[index]!, moments);
      });
    },
    ...memory,
  };
}

/** New values of all parameters, then their first, then their second moments. */
function takeStep(recipe: AdamRecipe, updates: readonly Update[], states: readonly OptimizerMemory[]): tf.Tensor[] {
  const count = updates.length;
  if (count === 0) return [];
  const rates = tf.tensor2d(updates.map((update, index) => ratesOf(recipe, update, states[index]!.steps + 1)));
  const slots = ADAM_SLOTS.flatMap((slot) => states.map((state) => state.slots[slot]!));
  const inputs = [rates, ...updates.map(({ variable }) => variable), ...updates.map(({ gradient }) => gradient), ...slots];
  const attributes = [attribute.integer('count', count), attribute.float('beta1', recipe.beta1), attribute.float('beta2', recipe.beta2)];
  const next = runMany('LikenessAdam', attributes, { inputs, outputs: 3 * count });
  rates.dispose();
  return next;
}

/** As AdamRates in native/adam.h. */
function ratesOf({ name, beta1, beta2, epsilon, weightDecay }: AdamRecipe, { learningRate, decays }: Update, step: number): number[] {
  const { rate, dampedEpsilon } = correctBias({ beta1, beta2, epsilon, learningRate }, step);
  const decay = decays ? weightDecay : 0;
  return name === 'adamw' ? [rate, dampedEpsilon, 0, 1 - learningRate * decay] : [rate, dampedEpsilon, decay, 1];
}
