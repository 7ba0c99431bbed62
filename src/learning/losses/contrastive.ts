import type { LossOf } from '../../contract/recipe/losses.ts';
import { coincident } from '../distances/distance.ts';
import { emptyOutcome, NEGATIVE, OUTSIDE, POSITIVE } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';

/** The cost of a pair by its squared distance, and where it costs anything, ∂cost/∂S of its similarity S. */
interface Form {
  readonly cost: (squared: number, isPositive: boolean) => number;
  readonly slope: (squared: number, isPositive: boolean) => number;
}

type Recipe = LossOf<'contrastive'>;

const hinge = (gap: number) => (gap > 0 ? gap : 0);

/** What is left of the distance of coincident rows is rounding. */
const rounded = (squared: number) => (squared < coincident ? 0 : squared);

/** ∂D/∂S = −1/D, with the subgradient 0 where the rows coincide. */
const inverse = (squared: number) => (squared === 0 ? 0 : 1 / Math.sqrt(squared));

const forms: Record<Recipe['variant'], (recipe: Recipe) => Form> = {
  survey: ({ margin }) => ({
    cost: (squared, isPositive) => (isPositive ? squared : hinge(margin - squared)),
    slope: (_, isPositive) => (isPositive ? -2 : 2),
  }),
  paper: ({ margin }) => ({
    cost: (squared, isPositive) => (isPositive ? squared : hinge(margin - Math.sqrt(squared)) ** 2) / 2,
    slope: (squared, isPositive) => (isPositive ? -Math.sqrt(squared) : margin - Math.sqrt(squared)) * inverse(squared),
  }),
  code: ({ margin, positiveMargin }) => ({
    cost: (squared, isPositive) => hinge(isPositive ? Math.sqrt(squared) - positiveMargin : margin - Math.sqrt(squared)),
    slope: (squared, isPositive) => (isPositive ? -inverse(squared) : inverse(squared)),
  }),
};

/**
 * Contrastive loss. Survey (Mohan et al. 2023, §4.1): D² and [α − D²]₊; paper (Hadsell et al., CVPR 2006, eq. 4):
 * ½D² and ½[m − D]₊²; both as the mean over all ordered pairs. Code (pytorch-metric-learning): [D − m⁺]₊ and
 * [m − D]₊, the mean of the non-zero positives plus the mean of the non-zero negatives.
 * A side without pairs contributes 0. Coincident impostors have no direction to part in.
 */
export function contrastive(table: PairTable, recipe: Recipe): PairOutcome {
  const { cost, slope } = forms[recipe.variant](recipe);
  const outcome = emptyOutcome(table);
  const { gradient, costliest } = outcome;
  const { rows, columns, similarity, squaredNorm } = table;
  const sum = new Float64Array(3); // by role
  const count = new Float64Array(3);
  const active = new Float64Array(3);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      const role = table.role[cell]!;
      if (role === OUTSIDE) continue;
      const squared = rounded(squaredNorm[row]! + squaredNorm[column]! - 2 * similarity[cell]!);
      const loss = cost(squared, role === POSITIVE);
      count[role]!++;
      if (loss <= 0) continue;
      active[role]!++;
      sum[role]! += loss;
      gradient[cell] = slope(squared, role === POSITIVE);
      if (loss <= costliest.threshold) continue;
      const [positive, negative] = role === POSITIVE ? [column, null] : [null, column];
      offer(costliest, { loss, anchor: row, positive, negative, rival: null });
    }
  }
  outcome.items = count[POSITIVE]! + count[NEGATIVE]!;
  outcome.active = active[POSITIVE]! + active[NEGATIVE]!;
  const perSide = recipe.variant === 'code' ? active : Float64Array.of(0, outcome.items, outcome.items);
  const weight = perSide.map((items) => (items > 0 ? 1 / items : 0));
  outcome.value = sum[POSITIVE]! * weight[POSITIVE]! + sum[NEGATIVE]! * weight[NEGATIVE]!;
  for (let cell = 0; cell < gradient.length; cell++) gradient[cell]! *= weight[table.role[cell]!]!;
  return outcome;
}
