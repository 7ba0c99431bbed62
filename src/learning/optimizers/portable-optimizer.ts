import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer, OptimizerMemory, Rule, Update } from './optimizer.ts';

/** Runs a rule, parameter by parameter, with operations that every backend has. */
export function createPortableOptimizer(rule: Rule): Optimizer {
  const memory = new Map<string, OptimizerMemory>();
  const applyOne = ({ name, variable, gradient, learningRate, decays }: Update): void => {
    const known = memory.get(name) ?? { steps: 0, slots: emptySlots(rule, variable) };
    const slots = rule.slots.map((slot) => known.slots[slot]!);
    const context = { learningRate, step: known.steps + 1, decays };
    const next = tf.tidy(() => {
      const { value, slots: moved } = rule.update(variable, gradient, { slots, context });
      return [value, ...moved];
    });
    variable.assign(next[0]!);
    next[0]!.dispose();
    tf.dispose(slots);
    const kept = Object.fromEntries(rule.slots.map((slot, index) => [slot, tf.keep(next[index + 1]!)]));
    memory.set(name, { steps: context.step, slots: kept });
  };
  const forget = (): void => {
    for (const { slots } of memory.values()) tf.dispose(slots);
    memory.clear();
  };
  return {
    apply: (updates) => updates.forEach(applyOne),
    remember: () => copyMemory(memory),
    restore(saved) {
      forget();
      for (const [name, one] of copyMemory(saved)) memory.set(name, one);
    },
    dispose: forget,
  };
}

function emptySlots(rule: Rule, variable: tf.Variable): Record<string, tf.Tensor> {
  return Object.fromEntries(rule.slots.map((slot) => [slot, tf.keep(tf.zerosLike(variable))]));
}

/** Copies share the numbers with the originals until one of them changes. */
export function copyMemory(memory: ReadonlyMap<string, OptimizerMemory>): Map<string, OptimizerMemory> {
  const copy = (slots: Record<string, tf.Tensor>) =>
    Object.fromEntries(Object.entries(slots).map(([slot, tensor]) => [slot, tf.keep(tf.clone(tensor))]));
  return new Map([...memory].map(([name, { steps, slots }]) => [name, { steps, slots: copy(slots) }]));
}
