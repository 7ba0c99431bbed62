import { lossSchema } from '../../src/contract/recipe/losses.ts';
import type { LossRecipe } from '../../src/contract/recipe/losses.ts';
import { entryOf } from '../../src/learning/catalogue.ts';

/** One loss with the options both sides use. */
export interface Case {
  readonly recipe: LossRecipe;
  /** Proxies for each class; 0 for pair losses. */
  readonly perClass: number;
  /** Rows of each class in the batch. */
  readonly inBatch: number;
  /** Whether pytorch-metric-learning has the same function. */
  readonly isInLibrary: boolean;
}

export const ROWS = 256;
export const WIDTH = 512;
export const CLASSES = 1000;

/** The options are the defaults of the catalogue, except where only the first of its presets has a peer. */
const options: readonly ({ name: string } & Record<string, unknown>)[] = [
  { name: 'contrastive' }, { name: 'triplet' }, { name: 'n-pair', normPenalty: 0 }, { name: 'multi-similarity' }, { name: 'nca' },
  { name: 'nt-xent' }, { name: 'sup-con' }, { name: 'circle' }, { name: 'proxy-nca' }, { name: 'proxy-nca-plus-plus' },
  { name: 'proxy-anchor' }, { name: 'proxy-gml' }, { name: 'arcface' }, { name: 'cosface' }, { name: 'soft-triple' },
  { name: 'sub-center-arcface' },
];

/** It has no ProxyGML, and its ProxyNCA keeps the own proxy in the denominator: that is our ProxyNCA++. */
const notInLibrary = ['proxy-nca', 'proxy-gml'];

export const CASES: readonly Case[] = options.map((option) => {
  const recipe = lossSchema.parse(option);
  const entry = entryOf(recipe);
  const perClass = entry.kind === 'proxies' ? entry.proxies(recipe, 1).perClass : 0;
  // An N-pair batch is one pair of each class by definition.
  return { recipe, perClass, inBatch: recipe.name === 'n-pair' ? 2 : 4, isInLibrary: !notInLibrary.includes(recipe.name) };
});
