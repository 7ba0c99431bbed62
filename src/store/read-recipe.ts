import type { Recipe } from '../contract/recipe/recipe.ts';

type KeptRecipe = Omit<Recipe, 'input'> & { input: Omit<Recipe['input'], 'pipeline'> & Partial<Recipe['input']> };

/** A recipe as it was kept; those of before there were pipelines crop the centre of pictures. */
export function readRecipe(text: string): Recipe {
  const { input, ...recipe } = JSON.parse(text) as KeptRecipe;
  return { ...recipe, input: { ...input, pipeline: input.pipeline ?? 'none' } };
}
