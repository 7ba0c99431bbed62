import type { LossOf } from '../../contract/recipe/losses.ts';
import { emptyOutcome, extremes, forEachAnchor } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';
import { logSumExp, sigmoid, softplus } from './log-sum-exp.ts';
import { meanOverItems } from './nca.ts';

/**
 * Circle loss (Sun et al., CVPR 2020, eq. 6-8) of every anchor with both sides, averaged:
 * log[1 + Σ_n e^{γ α_n (S_n − m)} Σ_p e^{−γ α_p (S_p − 1 + m)}] with α_p = [1 + m − S_p]₊ and α_n = [S_n + m]₊.
 * The weights α are constants to the gradient, as in the paper.
 */
export function circle(table: PairTable, { gamma, margin }: LossOf<'circle'>): PairOutcome {
  const outcome = emptyOutcome(table);
  const { gradient, costliest } = outcome;
  const pull = new Float64Array(table.columns);
  const push = new Float64Array(table.columns);
  forEachAnchor(table, (anchor) => {
    const { start, positives, negatives } = anchor;
    if (positives.length === 0 || negatives.length === 0) return;
    const positiveWeight = (p: number) => gamma * Math.max(0, 1 + margin - table.similarity[start + p]!); // γ α_p
    const negativeWeight = (n: number) => gamma * Math.max(0, table.similarity[start + n]! + margin); // γ α_n
    positives.forEach((p, k) => { pull[k] = -positiveWeight(p) * (table.similarity[start + p]! - 1 + margin); });
    negatives.forEach((n, k) => { push[k] = negativeWeight(n) * (table.similarity[start + n]! - margin); });
    const pulled = logSumExp(pull, positives.length);
    const pushed = logSumExp(push, negatives.length);
    const slope = sigmoid(pulled + pushed);
    positives.forEach((p, k) => { gradient[start + p] = -slope * Math.exp(pull[k]! - pulled) * positiveWeight(p); });
    negatives.forEach((n, k) => { gradient[start + n] = slope * Math.exp(push[k]! - pushed) * negativeWeight(n); });
    const loss = softplus(pulled + pushed);
    outcome.value += loss;
    outcome.items++;
    if (loss > 0) outcome.active++;
    if (loss > costliest.threshold) offer(costliest, { loss, ...extremes(anchor, table.similarity), rival: null });
  });
  return meanOverItems(outcome);
}
