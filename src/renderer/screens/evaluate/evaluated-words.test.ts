import { expect, it } from 'vitest';
import { evaluatedWords } from './evaluated-words.ts';

it('tells an evaluation with corrected labels from the one before it', () => {
  const on = { datasetName: 'ORL faces', part: 'test' } as const;
  expect(evaluatedWords({ ...on, corrections: 0 })).toBe('ORL faces, test');
  expect(evaluatedWords({ ...on, corrections: 1 })).toBe('ORL faces, test, with 1\u00a0correction');
});
