import { expect, it } from 'vitest';
import type { RecipeInput } from '../../../../contract/recipe/recipe.ts';
import { recipeSchema } from '../../../../contract/recipe/recipe.ts';
import { haveSameLoss, recipeDifferences } from './recipe-differences.ts';

const recipes = (...written: RecipeInput[]) => written.map((one) => recipeSchema.parse(one));
const rows = (...written: RecipeInput[]) => recipeDifferences(recipes(...written)).map(({ path, values }) => [path, ...values]);

it('names the options that differ and no others', () => {
  expect(rows({ name: 'One', loss: { name: 'multi-similarity' } }, { name: 'Two', loss: { name: 'multi-similarity', beta: 50 }, seed: 7 })).toEqual([
    ['loss.beta', '40', '50'], ['seed', '1', '7'],
  ]);
});

it('says nothing of the same recipe under two names', () => {
  expect(rows({ name: 'One', loss: { name: 'nca' } }, { name: 'Two', loss: { name: 'nca' } })).toEqual([]);
});

it('compares variants whole where they are different ones, and option by option where they are the same', () => {
  expect(rows({ loss: { name: 'proxy-anchor' } }, { loss: { name: 'nca' } })).toEqual([['loss', 'Proxy-Anchor (α 32, δ 0.1)', 'NCA (scale 1)']]);
  expect(rows({ loss: { name: 'nca' } }, { loss: { name: 'nca' }, optimizer: { name: 'adam', beta2: 0.99 } })).toEqual([['optimizer.beta2', '0.999', '0.99']]);
});

it('says what was added to a list, and what was left out', () => {
  const [difference] = recipeDifferences(recipes({ loss: { name: 'triplet' } }, { loss: { name: 'triplet' }, regularizers: [{ name: 'embedding-norm' }] }));
  expect(difference).toEqual({ path: 'regularizers', words: 'Regularisers', values: ['none', 'embedding norm (weight 0.005, power 2)'] });
});

it('compares losses only where they are the same function of a batch', () => {
  const plain: RecipeInput = { loss: { name: 'triplet' }, seed: 1 };
  expect(haveSameLoss(recipes(plain, { ...plain, seed: 2, epochs: 3 }))).toBe(true);
  expect(haveSameLoss(recipes(plain, { ...plain, miner: { name: 'batch-hard' } }))).toBe(false);
  expect(haveSameLoss(recipes(plain, { loss: { name: 'triplet', margin: 0.3 } }))).toBe(false);
});
