import type { LossOf } from '../../contract/recipe/losses.ts';
import { emptyOutcome, extremes, forEachAnchor } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';
import { toShares } from './log-sum-exp.ts';
import { meanOverItems } from './nca.ts';

/**
 * Supervised contrastive loss (Khosla et al., NeurIPS 2020, eq. 2, L_out): for every anchor with a positive
 * −1/|P_i| Σ_p log( e^{S_ip/τ} / Σ_{k ≠ i} e^{S_ik/τ} ), averaged over the anchors.
 */
export function supCon(table: PairTable, { temperature }: LossOf<'sup-con'>): PairOutcome {
  const outcome = emptyOutcome(table);
  const { gradient, costliest } = outcome;
  const { similarity } = table;
  const sharpness = 1 / temperature;
  const logits = new Float64Array(table.columns); // S_ik / τ, positives first; then its share of all
  forEachAnchor(table, (anchor) => {
    const { start, positives, negatives } = anchor;
    const matches = positives.length;
    if (matches === 0) return;
    let matching = 0;
    for (let k = 0; k < matches; k++) {
      logits[k] = similarity[start + positives[k]!]! * sharpness;
      matching += logits[k]! / matches;
    }
    for (let k = 0; k < negatives.length; k++) logits[matches + k] = similarity[start + negatives[k]!]! * sharpness;
    const all = toShares(logits, matches + negatives.length);
    for (let k = 0; k < matches; k++) gradient[start + positives[k]!] = (logits[k]! - 1 / matches) * sharpness;
    for (let k = 0; k < negatives.length; k++) gradient[start + negatives[k]!] = logits[matches + k]! * sharpness;
    const loss = all - matching;
    outcome.value += loss;
    outcome.items++;
    if (loss > 0) outcome.active++;
    if (loss > costliest.threshold) offer(costliest, { loss, ...extremes(anchor, table.similarity), rival: null });
  });
  return meanOverItems(outcome);
}
