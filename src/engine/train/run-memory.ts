import * as tf from '@tensorflow/tfjs-core';
import type { MemoryRecipe } from '../../contract/recipe/miners.ts';
import { remember } from '../../learning/loss-memory.ts';
import type { Memory } from '../../learning/loss-memory.ts';
import type { StoredTensor } from '../checkpoints/safetensors.ts';

/** The cross-batch memory of a run. */
export interface RunMemory {
  /** What a batch may look back on; null before the memory has warmed up. */
  recall(batchNumber: number): Memory | null;
  /** Takes a batch in after its step; copies it. */
  push(batch: Memory): void;
  store(): Map<string, StoredTensor>;
  restore(stored: ReadonlyMap<string, StoredTensor>): void;
  dispose(): void;
}

const EMBEDDINGS = 'memory/embeddings';
const LABELS = 'memory/labels';

export function createRunMemory({ size, warmUpBatches }: MemoryRecipe): RunMemory {
  let memory: Memory | null = null;
  return {
    recall: (batchNumber) => (batchNumber >= warmUpBatches ? memory : null),
    push(batch) {
      memory = remember(memory, batch, size);
    },
    store() {
      if (!memory) return new Map();
      const { embeddings, labels } = memory;
      return new Map<string, StoredTensor>([
        [EMBEDDINGS, { shape: embeddings.shape, values: embeddings.dataSync<'float32'>().slice() }],
        [LABELS, { shape: [labels.length], values: labels }],
      ]);
    },
    restore(stored) {
      memory?.embeddings.dispose();
      const [embeddings, labels] = [stored.get(EMBEDDINGS), stored.get(LABELS)];
      memory = embeddings && labels
        ? { embeddings: tf.tensor2d(embeddings.values as Float32Array, embeddings.shape as [number, number]), labels: labels.values as Int32Array }
        : null;
    },
    dispose() {
      memory?.embeddings.dispose();
      memory = null;
    },
  };
}
