import type { Recipe } from '../../../contract/recipe/recipe.ts';
import { spacedWords } from './recipe/schema-fields.ts';

/** A recipe as one line for each of its parts: "multi similarity (alpha 2, beta 40)". */
export function recipeLines(recipe: Recipe): [string, string][] {
  return Object.entries(recipe).filter(([key]) => key !== 'name').map(([key, value]) => [key, wordsOf(value)]);
}

function wordsOf(value: unknown): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(wordsOf).join('; ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  const { name, ...rest } = value as Record<string, unknown>;
  const options = Object.entries(rest).map(([key, inner]) => `${spacedWords(key)} ${wordsOf(inner)}`).join(', ');
  if (typeof name !== 'string') return options;
  return options ? `${name} (${options})` : name;
}
