import type { Recipe } from '../../../contract/recipe/recipe.ts';
import { properName } from '../../../contract/recipe/proper-names.ts';
import { spacedWords } from './recipe/schema-fields.ts';

/** A recipe as one line for each of its parts: "Multi-Similarity (α 2, β 40)". */
export function recipeLines(recipe: Recipe): [string, string][] {
  return Object.entries(recipe).filter(([key]) => key !== 'name').map(([key, value]) => [key, optionWords(value)]);
}

/** A name that the recipe knows, not a path or a sentence that somebody typed. */
const isKey = /^[a-z]+(-[a-z\d]+)*$/;

/** One value in words: "yes", "none", "0.5", a variant by its proper name. */
function leafWords(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' && isKey.test(value) ? properName(value) : String(value);
}

/** An option in words, with all that is in it. */
export function optionWords(value: unknown): string {
  if (Array.isArray(value) && value.length > 0) return value.map(optionWords).join('; ');
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return leafWords(value);
  const { name, ...rest } = value as Record<string, unknown>;
  const options = Object.entries(rest).map(([key, inner]) => `${spacedWords(key)} ${optionWords(inner)}`).join(', ');
  if (typeof name !== 'string') return options;
  return options ? `${properName(name)} (${options})` : properName(name);
}
