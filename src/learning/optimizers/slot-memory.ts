import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer, OptimizerMemory } from './optimizer.ts';

/** What an optimiser remembers of all its parameters; the half of an Optimizer that does not depend on its method. */
export interface SlotMemory extends Pick<Optimizer, 'remember' | 'restore' | 'dispose'> {
  /** Of one parameter; zeros before its first step. */
  of(name: string, variable: tf.Variable): OptimizerMemory;
  /** Takes the new slots over, in the order of the names, and disposes those they replace. */
  step(name: string, before: OptimizerMemory, slots: readonly tf.Tensor[]): void;
  /** A step that has changed the numbers of the slots themselves. */
  stepInPlace(name: string, before: OptimizerMemory): void;
}

export function createSlotMemory(names: readonly string[]): SlotMemory {
  const memory = new Map<string, OptimizerMemory>();
  const keep = (slots: readonly tf.Tensor[]): OptimizerMemory['slots'] => Object.fromEntries(names.map((name, index) => [name, tf.keep(slots[index]!)]));
  const dispose = (): void => {
    for (const { slots } of memory.values()) tf.dispose(slots);
    memory.clear();
  };
  return {
    of: (name, variable) => memory.get(name) ?? { steps: 0, slots: keep(names.map(() => tf.zerosLike(variable))) },
    step(name, before, slots) {
      tf.dispose(before.slots);
      memory.set(name, { steps: before.steps + 1, slots: keep(slots) });
    },
    stepInPlace: (name, { steps, slots }) => memory.set(name, { steps: steps + 1, slots }),
    remember: () => copyMemory(memory),
    restore(saved) {
      dispose();
      for (const [name, one] of copyMemory(saved)) memory.set(name, one);
    },
    dispose,
  };
}

/** Copies share the numbers with the originals until one of them changes. */
function copyMemory(memory: ReadonlyMap<string, OptimizerMemory>): Map<string, OptimizerMemory> {
  const copy = (slots: Record<string, tf.Tensor>) =>
    Object.fromEntries(Object.entries(slots).map(([slot, tensor]) => [slot, tf.keep(tf.clone(tensor))]));
  return new Map([...memory].map(([name, { steps, slots }]) => [name, { steps, slots: copy(slots) }]));
}
