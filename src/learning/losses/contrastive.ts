import type { LossOf } from '../../contract/recipe/losses.ts';
import { euclidean, squaredEuclidean } from '../distances/distance.ts';
import type { Distance } from '../distances/distance.ts';
import { emptyOutcome, NEGATIVE, OUTSIDE, POSITIVE } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';

/** A cost of one pair by its distance, with the derivative. */
interface Cost {
  readonly of: (distance: number) => number;
  readonly slope: (distance: number) => number;
}

interface Form {
  readonly distance: Distance;
  readonly pull: Cost;
  readonly push: Cost;
}

type Recipe = LossOf<'contrastive'>;

const hinge = (gap: number) => (gap > 0 ? gap : 0);

const forms: Record<Recipe['variant'], (recipe: Recipe) => Form> = {
  survey: ({ margin }) => ({
    distance: squaredEuclidean,
    pull: { of: (squared) => squared, slope: () => 1 },
    push: { of: (squared) => hinge(margin - squared), slope: (squared) => (squared < margin ? -1 : 0) },
  }),
  paper: ({ margin }) => ({
    distance: euclidean,
    pull: { of: (d) => (d * d) / 2, slope: (d) => d },
    push: { of: (d) => hinge(margin - d) ** 2 / 2, slope: (d) => -hinge(margin - d) },
  }),
  code: ({ margin, positiveMargin }) => ({
    distance: euclidean,
    pull: { of: (d) => hinge(d - positiveMargin), slope: (d) => (d > positiveMargin ? 1 : 0) },
    push: { of: (d) => hinge(margin - d), slope: (d) => (d < margin ? -1 : 0) },
  }),
};

/**
 * Contrastive loss. Survey (Mohan et al. 2023, §4.1): D² and [α − D²]₊; paper (Hadsell et al., CVPR 2006, eq. 4):
 * ½D² and ½[m − D]₊²; both as the mean over all ordered pairs. Code (pytorch-metric-learning): [D − m⁺]₊ and
 * [m − D]₊, the mean of the non-zero positives plus the mean of the non-zero negatives.
 * A side without pairs contributes 0. Coincident impostors have no direction to part in.
 */
export function contrastive(table: PairTable, recipe: Recipe): PairOutcome {
  const { distance, pull, push } = forms[recipe.variant](recipe);
  const outcome = emptyOutcome(table);
  const sum = [0, 0, 0];
  const count = [0, 0, 0];
  const active = [0, 0, 0];
  for (let row = 0, cell = 0; row < table.rows; row++) {
    for (let column = 0; column < table.columns; column++, cell++) {
      const role = table.role[cell]!;
      if (role === OUTSIDE) continue;
      const d = distance.from(table.similarity[cell]!, table.squaredNorm[row]! + table.squaredNorm[column]!);
      const cost = role === POSITIVE ? pull : push;
      const loss = cost.of(d);
      count[role]!++;
      if (loss <= 0) continue;
      active[role]!++;
      sum[role]! += loss;
      outcome.gradient[cell] = cost.slope(d) * distance.slope(d);
      if (loss > outcome.costliest.threshold) {
        const [positive, negative] = role === POSITIVE ? [column, null] : [null, column];
        offer(outcome.costliest, { loss, anchor: row, positive, negative, rival: null });
      }
    }
  }
  outcome.items = count[POSITIVE]! + count[NEGATIVE]!;
  outcome.active = active[POSITIVE]! + active[NEGATIVE]!;
  const perSide = recipe.variant === 'code' ? active : [0, outcome.items, outcome.items];
  const weight = perSide.map((items) => (items > 0 ? 1 / items : 0));
  outcome.value = sum[POSITIVE]! * weight[POSITIVE]! + sum[NEGATIVE]! * weight[NEGATIVE]!;
  for (let cell = 0; cell < outcome.gradient.length; cell++) outcome.gradient[cell]! *= weight[table.role[cell]!]!;
  return outcome;
}
