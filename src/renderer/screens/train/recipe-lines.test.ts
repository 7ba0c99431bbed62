import { expect, it } from 'vitest';
import { recipeSchema } from '../../../contract/recipe/recipe.ts';
import { recipeLines } from './recipe-lines.ts';

it('words each part of a recipe in a line', () => {
  const lines = new Map(recipeLines(recipeSchema.parse({ loss: { name: 'proxy-anchor' } })));
  expect(lines.get('loss')).toBe('Proxy-Anchor (α 32, δ 0.1)');
  expect(lines.get('regularizers')).toBe('none');
  expect(lines.get('sampler')).toBe('m per class (classes per batch 8, samples per class 4)');
  expect(lines.get('freezeBatchNorm')).toBe('no');
  expect(lines.has('name')).toBe(false);
});
