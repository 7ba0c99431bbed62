import * as tf from '@tensorflow/tfjs-core';
import { ADAM_SLOTS, correctBias } from '../../learning/optimizers/adam.ts';
import type { AdamRecipe } from '../../learning/optimizers/adam.ts';
import type { Optimizer, OptimizerMemory, Update } from '../../learning/optimizers/optimizer.ts';
import { createSlotMemory } from '../../learning/optimizers/slot-memory.ts';
import { attribute, runMany } from './native-operations.ts';

/**
 * Adam and AdamW for all parameters of a step in one operation of native/. Same arithmetic as learning/optimizers. A step writes its numbers
 * over those of the step before when that was ours and nobody has kept them; else, as after a checkpoint, into new memory.
 */
export function createOwnAdam(recipe: AdamRecipe): Optimizer {
  const { of, step, stepInPlace, ...memory } = createSlotMemory(ADAM_SLOTS);
  // What this optimiser has made. Other numbers may be a JavaScript array that TensorFlow looks at.
  const made = new WeakSet<object>();
  const isOwn = ({ dataId }: tf.Tensor): boolean => made.has(dataId) && referencesTo(dataId) === 1;
  return {
    apply(updates) {
      if (updates.length === 0) return;
      const states = updates.map(({ name, variable }) => of(name, variable));
      if (updates.every(({ variable }) => isOwn(variable)) && states.every(({ slots }) => Object.values(slots).every(isOwn))) {
        takeStep(recipe, updates, { states, inPlace: true });
        updates.forEach(({ name }, index) => { stepInPlace(name, states[index]!); });
        return;
      }
      const next = takeStep(recipe, updates, { states, inPlace: false });
      for (const { dataId } of next) made.add(dataId);
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

/** Tensors that share these numbers; the Node backend counts them. */
const referencesTo = (dataId: tf.DataId): number => (tf.backend() as unknown as { refCount(id: tf.DataId): number }).refCount(dataId);

/** New values of all parameters, then their first, then their second moments; nothing where they took the old ones' place. */
function takeStep(recipe: AdamRecipe, updates: readonly Update[], { states, inPlace }: { states: readonly OptimizerMemory[]; inPlace: boolean }): tf.Tensor[] {
  const count = updates.length;
  const rates = tf.tensor(Float32Array.from(updates.flatMap((update, index) => ratesOf(recipe, update, states[index]!.steps + 1))), [count, 4]);
  const slots = ADAM_SLOTS.flatMap((slot) => states.map((state) => state.slots[slot]!));
  const inputs = [rates, ...updates.map(({ variable }) => variable), ...updates.map(({ gradient }) => gradient), ...slots];
  const attributes = [attribute.integer('count', count), attribute.float('beta1', recipe.beta1), attribute.float('beta2', recipe.beta2)];
  const next = inPlace ? runMany('LikenessAdamInPlace', attributes, { inputs, outputs: 0 }) : runMany('LikenessAdam', attributes, { inputs, outputs: 3 * count });
  rates.dispose();
  return next;
}

/** As AdamRates in native/adam.h. */
function ratesOf({ name, beta1, beta2, epsilon, weightDecay }: AdamRecipe, { learningRate, decays }: Update, step: number): number[] {
  const { rate, dampedEpsilon } = correctBias({ beta1, beta2, epsilon, learningRate }, step);
  const decay = decays ? weightDecay : 0;
  return name === 'adamw' ? [rate, dampedEpsilon, 0, 1 - learningRate * decay] : [rate, dampedEpsilon, decay, 1];
}
