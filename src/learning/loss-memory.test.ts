import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { remember } from './loss-memory.ts';

const batch = (first: number, rows: number) => ({
  embeddings: tf.tensor2d(Array.from({ length: rows }, (_, row) => [first + row, 0])),
  labels: Int32Array.from({ length: rows }, (_, row) => first + row),
});

describe('cross-batch memory', () => {
  it('keeps the latest rows in order, and no tensor of the past', () => {
    const batches = [batch(0, 3), batch(3, 3), batch(6, 3)];
    const before = tf.memory().numTensors;
    let memory = remember(null, batches[0]!, 4);
    for (const next of batches.slice(1)) memory = remember(memory, next, 4);
    expect(Array.from(memory.labels)).toEqual([5, 6, 7, 8]);
    expect(memory.embeddings.arraySync()).toEqual([[5, 0], [6, 0], [7, 0], [8, 0]]);
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  it('survives the tidy it was made in', () => {
    const memory = tf.tidy(() => ({ ...remember(null, batch(0, 2), 8) }));
    expect(memory.embeddings.shape).toEqual([2, 2]);
  });
});
