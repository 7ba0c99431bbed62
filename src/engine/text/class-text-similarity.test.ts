import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { classTextSimilarity } from './class-text-similarity.ts';

beforeAll(async () => { await loadTensorflow(); });

describe('the similarity of class texts', () => {
  it('is the cosine of every two classes, symmetric, 1 on the diagonal', () => {
    const { classes, values } = classTextSimilarity({ vectors: [Float32Array.of(1, 0), Float32Array.of(0.6, 0.8), Float32Array.of(-1, 0)] });
    expect(classes).toBe(3);
    expect([...values]).toEqual([1, 0.6, -1, 0.6, 1, -0.6, -1, -0.6, 1].map(Math.fround));
  });

  it('is NaN in the row and the column of a class without text', () => {
    const { values, isGuided } = classTextSimilarity({ vectors: [Float32Array.of(1, 0), null, Float32Array.of(0, 1)] });
    expect([...values]).toEqual([1, NaN, 0, NaN, NaN, NaN, 0, NaN, 1]);
    expect(isGuided).toEqual([true, false, true]);
  });

  it('is exactly 1 between classes of one text, and never beyond', () => {
    const shared = Float32Array.of(Math.fround(0.6), Math.fround(0.8));
    const { values } = classTextSimilarity({ vectors: [shared, shared, Float32Array.from(shared)] });
    expect(Math.max(...values)).toBe(1);
    expect(values[1]).toBe(1);
  });

  it('leaves no tensor behind, and no class unanswered when none has a text', () => {
    const before = tf.memory().numTensors;
    expect([...classTextSimilarity({ vectors: [null, null] }).values]).toEqual([NaN, NaN, NaN, NaN]);
    classTextSimilarity({ vectors: [Float32Array.of(1, 0), null] });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses more classes than a matrix is reasonable for', () => {
    expect(() => classTextSimilarity({ vectors: new Array<null>(4097).fill(null) })).toThrow('at most 4096 classes; this training set has 4097');
  });
});
