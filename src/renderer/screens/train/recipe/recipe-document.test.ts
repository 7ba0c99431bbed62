import { expect, it } from 'vitest';
import { recipeSchema } from '../../../../contract/recipe/recipe.ts';
import { completed, firstRecipe, presetInUse, readRecipe, recipeFields, withValue } from './recipe-document.ts';
import { namedKeys } from './sections.ts';

it('has a field of a known kind for every key of the recipe', () => {
  expect([...recipeFields.keys()]).toEqual(Object.keys(recipeSchema.shape));
  expect(recipeFields.get('loss')).toMatchObject({ kind: 'variants' });
  expect(recipeFields.get('learning')).toBeUndefined();
  expect(recipeFields.get('optimizer')).toMatchObject({ kind: 'variants' });
});

it('asks for offline mining, for mixing, and for the folder of a graph model, without a form of their own', () => {
  expect(recipeFields.get('offlineMining')).toMatchObject({ kind: 'group', title: 'Offline mining', isNullable: true });
  expect(recipeFields.get('mixing')).toMatchObject({ kind: 'choice', options: ['proportional', 'equal'] });
  const backbone = recipeFields.get('backbone');
  const graph = backbone?.kind === 'variants' ? backbone.variants.find(({ name }) => name === 'graph-model')! : null;
  expect(graph?.fields.map(({ key, kind }) => [key, kind])).toEqual([
    ['folder', 'text'], ['output', 'text'], ['pixels', 'choice'], ['pooling', 'choice'], ['fineTune', 'switch'],
  ]);
  const chosen = withValue(withValue(firstRecipe, ['backbone'], { name: 'graph-model' }), ['backbone', 'folder'], '/models/facenet');
  expect(completed(chosen)['backbone']).toMatchObject({ folder: '/models/facenet', pixels: 'around-zero', fineTune: false });
});

it('names no key in its sections that the recipe does not have', () => {
  expect([...namedKeys].filter((key) => !recipeFields.has(key))).toEqual([]);
});

it('changes one place of the document and nothing else', () => {
  const next = withValue(firstRecipe, ['loss', 'alpha'], 3);
  expect(next).toMatchObject({ loss: { name: 'multi-similarity', alpha: 3, beta: 40 }, epochs: 60 });
  expect(firstRecipe).toMatchObject({ loss: { alpha: 2 } });
});

it('fills in the published setting of a loss that was just chosen', () => {
  const next = completed(withValue(firstRecipe, ['loss'], { name: 'proxy-anchor' }));
  expect(next['loss']).toEqual({ name: 'proxy-anchor', alpha: 32, delta: 0.1 });
  expect(presetInUse(next['loss'] as Record<string, unknown>)?.citation).toMatch(/Kim et al/);
  expect(presetInUse({ name: 'proxy-anchor', alpha: 31, delta: 0.1 })).toBeNull();
});

it('keeps a document that is not right as it was typed, so that nothing is lost', () => {
  const wrong = withValue(firstRecipe, ['epochs'], -3);
  expect(completed(wrong)).toBe(wrong);
});

it('reads pasted text, fills it in, and says what is wrong with text that is no recipe', () => {
  const read = readRecipe('{"loss": {"name": "triplet"}}');
  expect(read.ok && read.document['epochs']).toBe(60);
  expect(readRecipe('{"loss"')).toMatchObject({ ok: false, message: expect.stringMatching(/^This is not JSON/) as string });
  expect(readRecipe('[1]')).toMatchObject({ ok: false });
});
