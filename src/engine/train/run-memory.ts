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
  push(batch: Memory & SampledBatch): void;
  /** Which sample a row of the memory is; null where that is not known any more. */
  sampleOf(row: number): SampledRow;
  store(): Map<string, StoredTensor>;
  restore(stored: ReadonlyMap<string, StoredTensor>): void;
  dispose(): void;
}

/** Which samples the rows of a batch are, by their place in the request. */
export interface SampledBatch {
  samples: Int32Array;
}

export interface SampledRow {
  sample: number | null;
  label: number;
}

const EMBEDDINGS = 'memory/embeddings';
const LABELS = 'memory/labels';
const SAMPLES = 'memory/samples';
const UNKNOWN = -1;

export function createRunMemory({ size, warmUpBatches }: MemoryRecipe): RunMemory {
  let memory: Memory | null = null;
  let samples = new Int32Array();
  return {
    recall: (batchNumber) => (batchNumber >= warmUpBatches ? memory : null),
    push(batch) {
      memory = remember(memory, batch, size);
      samples = Int32Array.from([...samples, ...batch.samples]).slice(-size);
    },
    sampleOf: (row) => ({ sample: samples[row]! === UNKNOWN ? null : samples[row]!, label: memory!.labels[row]! }),
    store() {
      if (!memory) return new Map();
      const { embeddings, labels } = memory;
      return new Map<string, StoredTensor>([
        [EMBEDDINGS, { shape: embeddings.shape, values: embeddings.dataSync<'float32'>().slice() }],
        [LABELS, { shape: [labels.length], values: labels }],
        [SAMPLES, { shape: [samples.length], values: samples }],
      ]);
    },
    restore(stored) {
      memory?.embeddings.dispose();
      const [embeddings, labels] = [stored.get(EMBEDDINGS), stored.get(LABELS)];
      memory = embeddings && labels
        ? { embeddings: tf.tensor2d(embeddings.values as Float32Array, embeddings.shape as [number, number]), labels: labels.values as Int32Array }
        : null;
      // A checkpoint of an earlier version does not say which samples they were.
      samples = Int32Array.from((stored.get(SAMPLES)?.values as Int32Array | undefined) ?? new Int32Array(memory?.labels.length ?? 0).fill(UNKNOWN));
    },
    dispose() {
      memory?.embeddings.dispose();
      memory = null;
    },
  };
}
