import type { LossOf } from '../../contract/recipe/losses.ts';
import { emptyOutcome, extremes, forEachAnchor } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';
import { logSumExp, toShares } from './log-sum-exp.ts';

/**
 * Neighbourhood Components Analysis (Goldberger et al., NIPS 2004; survey eq. 14-15 corrected):
 * −mean_i log Σ_{j ≠ i, y_j = y_i} p_ij with p_ij = softmax_{k ≠ i}(−scale D²_ik), over the anchors with a positive.
 * Log-sum-exp throughout, so that no hard row vanishes by underflow.
 */
export function nca(table: PairTable, { scale }: LossOf<'nca'>): PairOutcome {
  const outcome = emptyOutcome(table);
  const { gradient, costliest } = outcome;
  const { similarity, squaredNorm } = table;
  const toPositive = new Float64Array(table.columns); // −scale D²_ip, then its share of the positives
  const toNegative = new Float64Array(table.columns); // −scale D²_in, then its share of the negatives
  forEachAnchor(table, (anchor) => {
    const { row, start, positives, negatives } = anchor;
    if (positives.length === 0) return;
    const logits = (columns: Int32Array, into: Float64Array) => {
      for (let k = 0; k < columns.length; k++) {
        const column = columns[k]!;
        into[k] = scale * (2 * similarity[start + column]! - squaredNorm[row]! - squaredNorm[column]!);
      }
    };
    logits(positives, toPositive);
    logits(negatives, toNegative);
    const matching = toShares(toPositive, positives.length);
    const others = toShares(toNegative, negatives.length);
    const all = logSumExp(Float64Array.of(matching, others), 2);
    const wrong = 2 * scale * Math.exp(others - all); // 2 scale (1 − Σ_p p_ip)
    for (let k = 0; k < positives.length; k++) gradient[start + positives[k]!] = -wrong * toPositive[k]!;
    for (let k = 0; k < negatives.length; k++) gradient[start + negatives[k]!] = wrong * toNegative[k]!;
    const loss = all - matching;
    outcome.value += loss;
    outcome.items++;
    if (loss > 0) outcome.active++;
    if (loss > costliest.threshold) offer(costliest, { loss, ...extremes(anchor, table.similarity), rival: null });
  });
  return meanOverItems(outcome);
}

/** Divides value and gradient by the number of items. */
export function meanOverItems(outcome: PairOutcome): PairOutcome {
  const weight = outcome.items > 0 ? 1 / outcome.items : 0;
  outcome.value *= weight;
  for (let cell = 0; cell < outcome.gradient.length; cell++) outcome.gradient[cell]! *= weight;
  return outcome;
}
