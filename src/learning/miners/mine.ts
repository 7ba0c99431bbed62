import type { MinerRecipe } from '../../contract/recipe/miners.ts';
import { forEachAnchor, NEGATIVE, POSITIVE } from '../loss-pairs.ts';
import { everyTriplet } from '../loss-selection.ts';
import type { MeasuredTable, Selection } from '../loss-selection.ts';
import { mineDistanceWeighted } from './distance-weighted.ts';
import type { Draw } from './distance-weighted.ts';
import { multiSimilarityMiner } from './multi-similarity.ts';
import { mineNHard } from './n-hard.ts';

/**
 * Chooses from the pairs and triplets of a table, by the distances of the loss that will be given the choice.
 * With m = D(a, n) − D(a, p): hard m <= 0, semi-hard 0 < m <= margin, easy m > margin.
 *
 * @param draw for distance-weighted only; the same generator gives the same choice.
 */
export function mine(recipe: MinerRecipe, table: MeasuredTable, draw: Draw): Selection {
  switch (recipe.name) {
    case 'all': return everyTriplet;
    case 'hard': return { kind: 'band', above: -Infinity, upTo: 0 };
    case 'semi-hard': return { kind: 'band', above: 0, upTo: recipe.margin };
    case 'easy': return { kind: 'band', above: recipe.margin, upTo: Infinity };
    case 'batch-hard': return mineNHard(table, { from: 1, to: 1 });
    case 'n-hard': return mineNHard(table, recipe);
    case 'distance-weighted': return mineDistanceWeighted(table, recipe, draw);
    case 'multi-similarity': return minedPairs(table, recipe.epsilon);
  }
}

function minedPairs(table: MeasuredTable, epsilon: number): Selection {
  const role = new Uint8Array(table.role.length);
  const keep = multiSimilarityMiner(table, epsilon);
  forEachAnchor(table, (anchor) => {
    const { start, positives, negatives } = keep(anchor);
    for (const column of positives) role[start + column] = POSITIVE;
    for (const column of negatives) role[start + column] = NEGATIVE;
  });
  return { kind: 'pairs', role };
}
