import type { LossOf } from '../../contract/recipe/losses.ts';
import { emptyOutcome, extremes, forEachAnchor } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';
import { sigmoid, softplus, toShares } from './log-sum-exp.ts';
import { meanOverItems } from './nca.ts';

/**
 * Circle loss (Sun et al., CVPR 2020, eq. 6-8) of every anchor with both sides, averaged:
 * log[1 + Σ_n e^{γ α_n (S_n − m)} Σ_p e^{−γ α_p (S_p − 1 + m)}] with α_p = [1 + m − S_p]₊ and α_n = [S_n + m]₊.
 * The weights α are constants to the gradient, as in the paper.
 */
export function circle(table: PairTable, { gamma, margin }: LossOf<'circle'>): PairOutcome {
  const outcome = emptyOutcome(table);
  const { gradient, costliest } = outcome;
  const { similarity } = table;
  const pull = new Float64Array(table.columns); // exponents, then their shares
  const push = new Float64Array(table.columns);
  const positiveWeight = (s: number) => gamma * Math.max(0, 1 + margin - s); // γ α_p
  const negativeWeight = (s: number) => gamma * Math.max(0, s + margin); // γ α_n
  forEachAnchor(table, (anchor) => {
    const { start, positives, negatives } = anchor;
    if (positives.length === 0 || negatives.length === 0) return;
    for (let k = 0; k < positives.length; k++) {
      const s = similarity[start + positives[k]!]!;
      pull[k] = -positiveWeight(s) * (s - 1 + margin);
    }
    for (let k = 0; k < negatives.length; k++) {
      const s = similarity[start + negatives[k]!]!;
      push[k] = negativeWeight(s) * (s - margin);
    }
    const pulled = toShares(pull, positives.length);
    const pushed = toShares(push, negatives.length);
    const slope = sigmoid(pulled + pushed);
    for (let k = 0; k < positives.length; k++) {
      const cell = start + positives[k]!;
      gradient[cell] = -slope * pull[k]! * positiveWeight(similarity[cell]!);
    }
    for (let k = 0; k < negatives.length; k++) {
      const cell = start + negatives[k]!;
      gradient[cell] = slope * push[k]! * negativeWeight(similarity[cell]!);
    }
    const loss = softplus(pulled + pushed);
    outcome.value += loss;
    outcome.items++;
    if (loss > 0) outcome.active++;
    if (loss > costliest.threshold) offer(costliest, { loss, ...extremes(anchor, table.similarity), rival: null });
  });
  return meanOverItems(outcome);
}
