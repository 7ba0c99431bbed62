import type { LossOf } from '../../contract/recipe/losses.ts';
import { distances } from '../distances/distance.ts';
import { emptyOutcome } from '../loss-pairs.ts';
import type { PairOutcome } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';
import { everyTriplet, forEachTriplet, inBand } from '../loss-selection.ts';
import type { MeasuredTable, Selection } from '../loss-selection.ts';
import { directionOf } from '../regularizers/direction.ts';
import { sigmoid, softplus } from './log-sum-exp.ts';
import { countTriplets } from './triplet-counts.ts';
import type { TripletCounts } from './triplet-counts.ts';

type Recipe = LossOf<'triplet'>;

export interface TripletInput {
  readonly table: MeasuredTable;
  readonly selection?: Selection;
  /** γ of direction regularisation; 0 for none. */
  readonly direction?: number;
}

/**
 * Triplet loss [D_ap − D_an + α]₊ (Schroff et al., CVPR 2015, eq. 1-2; survey eq. 5, 7), or log(1 + e^{D_ap − D_an})
 * with a soft margin, over every triplet or the mined ones; with direction regularisation γ c(a, p, n) is taken off
 * inside (Mohan et al., CVPRW 2020; survey eq. 33). The mean is over all selected triplets or the non-zero ones.
 *
 * @param table measured with the distance of the recipe.
 */
export function triplet({ table, selection = everyTriplet, direction = 0 }: TripletInput, recipe: Recipe): PairOutcome {
  const outcome = emptyOutcome(table);
  const sums = sumTriplets({ table, selection, direction }, recipe, outcome);
  const { slope } = distances[recipe.distance];
  const divisor = { sum: 1, mean: sums.items, 'mean-nonzero': sums.active }[recipe.reduction];
  const weight = divisor > 0 ? 1 / divisor : 0;
  outcome.value = sums.sum * weight;
  outcome.items = sums.items;
  outcome.active = sums.active;
  const { gradient } = outcome;
  for (let cell = 0; cell < gradient.length; cell++) {
    gradient[cell] = weight * (gradient[cell]! + sums.gradient[cell]! * slope(table.distance[cell]!));
  }
  return outcome;
}

function sumTriplets(input: Required<TripletInput>, recipe: Recipe, outcome: PairOutcome): TripletCounts {
  const { table, selection, direction } = input;
  if (recipe.margin === 'soft' || direction > 0 || selection.kind === 'triplets') return visitTriplets(input, recipe, outcome);
  const { above, upTo, role } = inBand(selection, table);
  return countTriplets({ ...table, role }, { margin: recipe.margin, above, upTo }, outcome.costliest);
}

/** One by one, where the loss is not linear in D. Adds the gradient of the direction term to the outcome. */
function visitTriplets(input: Required<TripletInput>, { margin }: Recipe, outcome: PairOutcome): TripletCounts {
  const { table, selection, direction } = input;
  const { columns, distance } = table;
  const sums = { items: 0, active: 0, sum: 0, gradient: new Float64Array(table.role.length) };
  const { cosine, spread } = directionOf(table);
  forEachTriplet(table, selection, (anchor, positive, negative) => {
    const start = anchor * columns;
    const turn = direction > 0 ? direction * cosine(anchor, positive, negative) : 0;
    const gap = distance[start + positive]! - distance[start + negative]! - turn;
    const loss = margin === 'soft' ? softplus(gap) : Math.max(0, gap + margin);
    sums.items++;
    if (loss <= 0) return;
    const slope = margin === 'soft' ? sigmoid(gap) : 1;
    sums.active++;
    sums.sum += loss;
    sums.gradient[start + positive]! += slope;
    sums.gradient[start + negative]! -= slope;
    if (direction > 0) spread([anchor, positive, negative], -direction * slope, outcome.gradient);
    if (loss > outcome.costliest.threshold) offer(outcome.costliest, { loss, anchor, positive, negative, rival: null });
  });
  return sums;
}
