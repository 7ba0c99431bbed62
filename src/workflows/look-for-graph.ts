import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Recipe } from '../contract/recipe/recipe.ts';
import type { RecipeProblem } from './recipe-problem.ts';
import { error } from './recipe-problem.ts';

/** Whether the graph model of a recipe is where it says; what is in it is for the engine to judge when the run begins. */
export async function lookForGraph({ backbone }: Recipe): Promise<RecipeProblem[]> {
  if (backbone.name !== 'graph-model') return [];
  const problem = (message: string): RecipeProblem[] => [error('backbone.folder', message)];
  const { folder } = backbone;
  const file = basename(folder) === 'model.json' ? folder : join(folder, 'model.json');
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? [] : problem(`There is no ${file}. Choose the folder that holds model.json and its weights.`);
}
