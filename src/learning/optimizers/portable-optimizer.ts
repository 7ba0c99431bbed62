import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer, Rule, Update } from './optimizer.ts';
import { createSlotMemory } from './slot-memory.ts';

/** Runs a rule, parameter by parameter, with operations that every backend has. */
export function createPortableOptimizer(rule: Rule): Optimizer {
  const { of, step, ...memory } = createSlotMemory(rule.slots);
  const applyOne = ({ name, variable, gradient, learningRate, decays }: Update): void => {
    const known = of(name, variable);
    const slots = rule.slots.map((slot) => known.slots[slot]!);
    const context = { learningRate, step: known.steps + 1, decays };
    const [value, ...moved] = tf.tidy(() => {
      const next = rule.update(variable, gradient, { slots, context });
      return [next.value, ...next.slots];
    });
    variable.assign(value!);
    value!.dispose();
    step(name, known, moved);
  };
  return { apply: (updates) => updates.forEach(applyOne), ...memory };
}
