import { recipeSchema } from '../../src/contract/recipe/recipe.ts';
import type { Recipe, RecipeInput } from '../../src/contract/recipe/recipe.ts';

export interface Case {
  title: string;
  recipe: Recipe;
}

/** Classes and samples of each in a batch, as the default sampler draws them: 32 images. */
const CLASSES = 8;
const SAMPLES = 4;
export const LABELS = Int32Array.from({ length: CLASSES * SAMPLES }, (_, row) => Math.floor(row / SAMPLES));

const SIDE = 112;

/** The defaults of a recipe with Multi-Similarity and Adam, and what a case changes. */
function trainingCase(backbone: NonNullable<RecipeInput['backbone']>, input: RecipeInput['input']): Case {
  const recipe = recipeSchema.parse({ loss: { name: 'multi-similarity' }, backbone, input });
  const { width, height, channels } = recipe.input;
  return { title: `${recipe.backbone.name}, ${width} x ${height} x ${channels}`, recipe };
}

const large = { width: SIDE, height: SIDE, channels: 3 } as const;

export const CASES: readonly Case[] = [
  trainingCase({ name: 'small' }, {}),
  trainingCase({ name: 'small' }, large),
  trainingCase({ name: 'resnet-18' }, large),
  trainingCase({ name: 'mobilefacenet' }, large),
];
