import type { Optimizer as OptimizerRecipe } from '../../contract/recipe/training.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import type { Optimizer, Rule } from './optimizer.ts';
import { createPortableOptimizer } from './portable-optimizer.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

/** Makes the optimiser of a recipe; the engine has a faster maker for some. */
export type OptimizerMaker = (recipe: OptimizerRecipe) => Optimizer;

export const portableOptimizers: OptimizerMaker = (recipe) => createPortableOptimizer(ruleOf(recipe));

function ruleOf(recipe: OptimizerRecipe): Rule {
  switch (recipe.name) {
    case 'adam': return adam(recipe);
    case 'adamw': return adamw(recipe);
    case 'sgd': return sgd(recipe);
    case 'rmsprop': return rmsprop(recipe);
  }
}
