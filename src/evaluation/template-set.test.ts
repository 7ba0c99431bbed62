import { describe, expect, it } from 'vitest';
import { checkTemplates, rowsBySubject } from './template-set.ts';

describe('a template set', () => {
  it('is refused when the numbers do not fill the rows, or there are none', () => {
    const subjects = Int32Array.of(1, 2);
    expect(() => checkTemplates({ embeddings: new Float32Array(6), dimension: 3, subjects })).not.toThrow();
    expect(() => checkTemplates({ embeddings: new Float32Array(5), dimension: 3, subjects })).toThrow(/5 numbers are not 2/);
    expect(() => checkTemplates({ embeddings: new Float32Array(0), dimension: 0, subjects })).toThrow(/0 dimensions/);
    const none = { embeddings: new Float32Array(0), dimension: 3, subjects: new Int32Array(0) };
    expect(() => checkTemplates(none)).toThrow(/no templates/);
  });

  it('lists the rows of each subject in order', () => {
    expect([...rowsBySubject(Int32Array.of(7, -1, 7, 7))]).toEqual([
      [7, [0, 2, 3]],
      [-1, [1]],
    ]);
  });
});
