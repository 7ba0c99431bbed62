import type { Recipe } from '../../../../contract/recipe/recipe.ts';
import { spacedWords, wordsOfKey } from '../recipe/schema-fields.ts';
import { optionWords } from '../recipe-lines.ts';

/** One option in which recipes differ; null where a recipe does not have it. */
export interface RecipeDifference {
  /** "loss.alpha". */
  path: string;
  /** "Loss, α". */
  words: string;
  values: readonly (string | null)[];
}

/** The options in which the recipes differ, in the order of the recipe; names of runs are no difference. */
export function recipeDifferences(recipes: readonly Recipe[]): RecipeDifference[] {
  return differencesOf(recipes.map(({ name: _name, ...recipe }) => recipe), []);
}

/** Variants of two names have other options under the same keys: they are compared whole, others option by option. */
function differencesOf(nodes: readonly unknown[], path: readonly string[]): RecipeDifference[] {
  if (new Set(nodes.map((node) => JSON.stringify(node))).size <= 1) return [];
  if (nodes.every(isRecord) && new Set(nodes.map(({ name }) => name)).size === 1) {
    const keys = [...new Set(nodes.flatMap((node) => Object.keys(node)))];
    return keys.flatMap((key) => differencesOf(nodes.map((node) => node[key]), [...path, key]));
  }
  return [{ path: path.join('.'), words: wordsOfPath(path), values: nodes.map((node) => (node === undefined ? null : optionWords(node))) }];
}

const isRecord = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null && !Array.isArray(node);

/** Whether the losses of runs are the same function, so that their values may be laid over each other. */
export function haveSameLoss(recipes: readonly Recipe[]): boolean {
  const functions = recipes.map(({ loss, regularizers, miner, offlineMining, memory }) => JSON.stringify([loss, regularizers, miner, offlineMining, memory]));
  return new Set(functions).size <= 1;
}

/** "loss.alpha" reads "Loss, α". */
function wordsOfPath([first = '', ...rest]: readonly string[]): string {
  return rest.reduce((words, key) => `${words}, ${spacedWords(key)}`, wordsOfKey(first));
}
