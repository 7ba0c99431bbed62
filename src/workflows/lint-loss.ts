import type { LossName, LossOf, LossRecipe } from '../contract/recipe/losses.ts';
import { properName } from '../contract/recipe/proper-names.ts';
import type { Recipe } from '../contract/recipe/recipe.ts';
import { directionLosses } from '../contract/recipe/regularizers.ts';
import type { RecipeProblem } from './recipe-problem.ts';
import { error, warning } from './recipe-problem.ts';

const proxyLosses: ReadonlySet<LossName> = new Set<LossName>([
  'proxy-nca', 'proxy-nca-plus-plus', 'proxy-anchor', 'proxy-gml', 'arcface', 'cosface', 'soft-triple', 'sub-center-arcface',
]);

/** Whether a loss compares pictures with pictures, not with proxies that it learns. */
export const comparesPictures = ({ name }: LossRecipe): boolean => !proxyLosses.has(name);

/** What speaks against a loss and what stands around it: margins, terms that have no formula together, terms without an effect. */
export function lintLoss(recipe: Recipe): RecipeProblem[] {
  const { loss } = recipe;
  const own = loss.name === 'contrastive' ? lintContrastive(loss) : loss.name === 'triplet' ? lintTriplet(loss, recipe) : [];
  return [...own, ...lintConstants(loss), ...lintCompany(recipe), ...lintRegularizers(recipe)];
}

/** Margins in the unit of the distance: on the unit sphere D is at most 2, D² at most 4. */
function lintContrastive({ variant, margin, positiveMargin }: LossOf<'contrastive'>): RecipeProblem[] {
  const [farthest, words] = variant === 'survey' ? [4, '4 (squared)'] : [2, '2'];
  if (margin >= farthest) {
    return [warning('loss.margin', `Unit embeddings are never farther apart than ${words}: with a margin of ${margin} no pair ever satisfies the loss.`)];
  }
  if (variant === 'code' && positiveMargin >= margin) {
    return [warning('loss.positiveMargin', `Pairs of one person cost nothing below ${positiveMargin}, pairs of two nothing above ${margin}: in between the loss does not tell them apart. Let the first be smaller.`)];
  }
  return [];
}

function lintTriplet({ distance, margin }: LossOf<'triplet'>, { miner }: Recipe): RecipeProblem[] {
  if (margin === 'soft') {
    return [warning('loss.margin', 'The soft margin never comes near 0 on unit embeddings, whose distances are small: easy triplets go on pulling. A margin of 0.05 to 0.3 is usual.')];
  }
  const farthest = { 'squared-euclidean': 4, euclidean: 2, cosine: 2 }[distance];
  if (margin >= farthest / 2) {
    return [warning('loss.margin', `A margin of ${margin} asks for half of all the room there is (${properName(distance)}: 0 to ${farthest}); embeddings tend to collapse. 0.05 to 0.3 is usual.`)];
  }
  if (miner?.name === 'easy' && miner.margin >= margin) {
    return [warning('miner.margin', `Every triplet that is easier than ${miner.margin} satisfies the margin of ${margin}: nothing that is mined costs anything.`)];
  }
  if (miner?.name === 'semi-hard' && miner.margin > margin) {
    return [warning('miner.margin', `The semi-hard band (${miner.margin}) is wider than the margin of the loss (${margin}): the triplets in between cost nothing. Give both the same width.`)];
  }
  return [];
}

function lintConstants(loss: LossRecipe): RecipeProblem[] {
  if (loss.name === 'proxy-gml' && loss.topK !== null && loss.topK <= loss.subProxies) {
    return [error('loss.topK', `With K = ${loss.topK} and N = ${loss.subProxies} a sample sees the sub-proxies of its own class only, and the loss is always 0: choose K > N, or leave K empty.`)];
  }
  if (loss.name === 'n-pair' && loss.normalize) {
    return [warning('loss.normalize', 'Unit embeddings leave the softmax of N-pair too little room (inner products from −1 to 1): the paper leaves them raw. NT-Xent is the same loss with a temperature.')];
  }
  return [];
}

/** Miner and memory stand beside losses over pairs only. */
function lintCompany({ loss, miner, memory, regularizers }: Recipe): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  const name = properName(loss.name);
  if (miner !== null && (!comparesPictures(loss) || loss.name === 'n-pair')) {
    problems.push(error('miner', `A miner has nothing to choose for ${name}, which ${loss.name === 'n-pair' ? 'takes one pair of each class' : 'compares with proxies'}. Choose no miner.`));
  }
  if (memory !== null && !comparesPictures(loss)) {
    problems.push(error('memory', `Cross-batch memory is for losses over pairs; ${name} compares with proxies. Switch it off.`));
  }
  if (memory !== null && regularizers.some((one) => one.name === 'direction' && one.weight > 0)) {
    problems.push(error('memory', 'Direction regularisation has no formula for remembered embeddings: switch off one of the two.'));
  }
  return problems;
}

function lintRegularizers({ regularizers, loss }: Recipe): RecipeProblem[] {
  return regularizers.flatMap((regularizer, index) => {
    const path = `regularizers.${index}`;
    if (regularizer.weight === 0) return [];
    if (regularizer.name === 'direction') {
      if (!directionLosses.includes(loss.name)) return [error(path, `Direction regularisation is defined for ${directionLosses.map(properName).join(', ')}; not for ${properName(loss.name)}.`)];
      if (loss.name === 'proxy-nca' && loss.variant === 'code') return [error(path, 'Direction regularisation is defined for the paper variant of ProxyNCA; not for its code.')];
    }
    if (regularizer.name === 'language-guidance') {
      if (!regularizer.text?.source) return [error(path, 'Language guidance has a weight but no texts: say where the texts of the classes come from, or set its weight to 0.')];
      return [warning(path, "Names of people carry no meaning: guidance by their texts helps only where the classes' names or metadata do.")];
    }
    return [];
  });
}
