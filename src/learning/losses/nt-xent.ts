import type { LossOf } from '../../contract/recipe/losses.ts';
import { emptyOutcome, extremes, forEachAnchor } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';
import { sigmoid, softplus, toShares } from './log-sum-exp.ts';
import { meanOverItems } from './nca.ts';

/**
 * Normalised temperature-scaled cross-entropy (Chen et al., ICML 2020, eq. 1), one item for each ordered positive pair:
 * −log( e^{S_ap/τ} / (e^{S_ap/τ} + Σ_n e^{S_an/τ}) ) = softplus(log Σ_n e^{S_an/τ} − S_ap/τ). Other positives of the
 * anchor stay out of the denominator.
 */
export function ntXent(table: PairTable, { temperature }: Omit<LossOf<'nt-xent'>, 'name'>): PairOutcome {
  const outcome = emptyOutcome(table);
  const { gradient, costliest } = outcome;
  const { similarity } = table;
  const sharpness = 1 / temperature;
  const logits = new Float64Array(table.columns); // S_an / τ, then its share of the negatives
  forEachAnchor(table, (anchor) => {
    const { row, start, positives, negatives } = anchor;
    if (positives.length === 0) return;
    for (let k = 0; k < negatives.length; k++) logits[k] = similarity[start + negatives[k]!]! * sharpness;
    const others = toShares(logits, negatives.length);
    let pushed = 0;
    for (const positive of positives) {
      const gap = others - similarity[start + positive]! * sharpness;
      const loss = softplus(gap);
      const slope = sigmoid(gap);
      pushed += slope;
      gradient[start + positive] = -slope * sharpness;
      outcome.value += loss;
      outcome.items++;
      if (loss > 0) outcome.active++;
      if (loss > costliest.threshold) {
        const { negative } = extremes(anchor, similarity);
        offer(costliest, { loss, anchor: row, positive, negative, rival: null });
      }
    }
    for (let k = 0; k < negatives.length; k++) gradient[start + negatives[k]!] = pushed * sharpness * logits[k]!;
  });
  return meanOverItems(outcome);
}
