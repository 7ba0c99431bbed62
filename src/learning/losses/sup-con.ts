import type { LossOf } from '../../contract/recipe/losses.ts';
import { emptyOutcome, extremes, forEachAnchor } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';
import { logSumExp } from './log-sum-exp.ts';
import { meanOverItems } from './nca.ts';

/**
 * Supervised contrastive loss (Khosla et al., NeurIPS 2020, eq. 2, L_out): for every anchor with a positive
 * −1/|P_i| Σ_p log( e^{S_ip/τ} / Σ_{k ≠ i} e^{S_ik/τ} ), averaged over the anchors.
 */
export function supCon(table: PairTable, { temperature }: LossOf<'sup-con'>): PairOutcome {
  const outcome = emptyOutcome(table);
  const { gradient, costliest } = outcome;
  const logits = new Float64Array(table.columns); // S_ik / τ, positives first
  forEachAnchor(table, (anchor) => {
    const { start, positives, negatives } = anchor;
    if (positives.length === 0) return;
    let matching = 0;
    positives.forEach((p, k) => {
      logits[k] = table.similarity[start + p]! / temperature;
      matching += logits[k]! / positives.length;
    });
    negatives.forEach((n, k) => { logits[positives.length + k] = table.similarity[start + n]! / temperature; });
    const all = logSumExp(logits, positives.length + negatives.length);
    positives.forEach((p, k) => {
      gradient[start + p] = (Math.exp(logits[k]! - all) - 1 / positives.length) / temperature;
    });
    negatives.forEach((n, k) => { gradient[start + n] = Math.exp(logits[positives.length + k]! - all) / temperature; });
    const loss = all - matching;
    outcome.value += loss;
    outcome.items++;
    if (loss > 0) outcome.active++;
    if (loss > costliest.threshold) offer(costliest, { loss, ...extremes(anchor, table.similarity), rival: null });
  });
  return meanOverItems(outcome);
}
