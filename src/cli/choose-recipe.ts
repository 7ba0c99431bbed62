import { resolve } from 'node:path';
import type { Recipe } from '../contract/recipe/recipe.ts';
import { RequestError } from '../contract/request-error.ts';
import type { DatasetCard } from '../contract/requests/datasets.ts';
import type { RequestOutput } from '../contract/requests.ts';
import type { Modality } from '../contract/vocabulary.ts';
import { readJson } from './read-json.ts';
import type { Session } from './session.ts';

export interface RecipeChoice {
  recipe?: string;
  preset?: string;
  loss?: string;
  epochs?: number;
  seed?: number;
  name?: string;
  /** Ids of datasets that are mixed with the main one. */
  moreDatasetIds?: string[];
}

/** The main dataset of a run, as far as a recipe goes by it. */
type Shown = Pick<DatasetCard, 'id' | 'modality'>;

/** What speaks against the recipe of the options, and the recipe with its defaults where it is one. */
export async function judgeRecipe(session: Session, choice: RecipeChoice, { id, modality }: Shown): Promise<RequestOutput<'recipes.check'>> {
  const written = { ...(await writtenRecipe(session, choice, modality)), ...overrides(choice) };
  return session.ask('recipes.check', { recipe: written, datasetId: id, moreDatasetIds: choice.moreDatasetIds ?? [] });
}

/** The recipe of the options, checked against the dataset: warnings are said, errors end the command. */
export async function chooseRecipe(session: Session, choice: RecipeChoice, dataset: Shown): Promise<Recipe> {
  const { recipe, problems } = await judgeRecipe(session, choice, dataset);
  const errors = problems.filter(({ severity }) => severity === 'error').map(sentence);
  if (recipe === null || errors.length > 0) throw new RequestError('bad-recipe', `The recipe cannot be used: ${errors.join(' ')}`);
  for (const problem of problems) session.terminal.note(`Note: ${sentence(problem)}`);
  return recipe;
}

export function sentence({ path, message }: { path: string; message: string }): string {
  return path === '' ? message : `${path}: ${message}`;
}

/** A recipe that says nothing else, and a setting that looks for no faces in the pictures, is for what the dataset shows. */
async function writtenRecipe(session: Session, { recipe, preset, loss }: RecipeChoice, modality: Modality): Promise<object> {
  if (recipe !== undefined) return { modality, ...(await readJson(resolve(session.cwd, recipe), 'bad-recipe')) as object };
  const presets = await session.ask('recipes.presets', {});
  const found = presets.find(({ id, recipe: known }) => (preset === undefined ? loss === undefined || known.loss.name === loss : id === preset));
  if (found !== undefined) return found.recipe.input.pipeline === 'none' ? { ...found.recipe, modality } : found.recipe;
  const known = preset === undefined ? [...new Set(presets.map(({ recipe: { loss: { name } } }) => name))] : presets.map(({ id }) => id);
  throw new RequestError('bad-recipe', `There is no ${preset === undefined ? `loss "${loss ?? ''}"` : `preset "${preset}"`}. Known: ${known.join(', ')}.`);
}

function overrides({ epochs, seed, name }: RecipeChoice): Partial<Recipe> {
  return { ...(epochs !== undefined && { epochs }), ...(seed !== undefined && { seed }), ...(name !== undefined && { name }) };
}
