import type { LossOf } from '../../contract/recipe/losses.ts';
import { emptyOutcome, extremes, forEachAnchor } from '../loss-pairs.ts';
import type { Anchor, PairOutcome, PairTable } from '../loss-pairs.ts';
import { offer } from '../loss-report.ts';
import { multiSimilarityMiner } from '../miners/multi-similarity.ts';
import { toShares } from './log-sum-exp.ts';

/**
 * Multi-Similarity loss (Wang et al., CVPR 2019, eq. 15; survey eq. 11-13) over all rows of the batch:
 * 1/B Σ_i { 1/α log[1 + Σ_p e^{−α(S_ip − λ)}] + 1/β log[1 + Σ_n e^{β(S_in − λ)}] } over its own mined pairs.
 * An anchor that keeps pairs on one side only is skipped, as in the official code, unless `oneSided` is "keep".
 *
 * @param lowered γ c(i, hardest positive, n) to take off S_in before the sum (direction regularisation, survey
 *   eq. 34), given the mined anchor; its gradient is the caller's.
 */
export function multiSimilarity(table: PairTable, recipe: LossOf<'multi-similarity'>, lowered?: Lowering): PairOutcome {
  const { alpha, beta, lambda, epsilon, mining, oneSided } = recipe;
  const { rows, columns, similarity } = table;
  const outcome = emptyOutcome(table);
  const { gradient, costliest } = outcome;
  const pull = new Float64Array(columns); // −α(S_ip − λ), then its share
  const push = new Float64Array(columns); // β(S_in − λ), then its share
  const keep = mining === 'own' ? multiSimilarityMiner(table, epsilon) : (all: Anchor) => all;
  forEachAnchor(table, (all) => {
    outcome.items++;
    const mined = keep(all);
    const { start, positives, negatives } = mined;
    const sides = Number(positives.length > 0) + Number(negatives.length > 0);
    if (sides === 0 || (sides === 1 && oneSided === 'skip')) {
      if (all.positives.length > 0 && all.negatives.length > 0) outcome.notMined++;
      return;
    }
    const term = lowered?.(mined);
    for (let k = 0; k < positives.length; k++) pull[k] = -alpha * (similarity[start + positives[k]!]! - lambda);
    for (let k = 0; k < negatives.length; k++) {
      const n = negatives[k]!;
      push[k] = beta * (similarity[start + n]! - (term?.of(n) ?? 0) - lambda);
    }
    const pulled = toShares(pull, positives.length, true);
    const pushed = toShares(push, negatives.length, true);
    for (let k = 0; k < positives.length; k++) gradient[start + positives[k]!]! -= pull[k]! / rows;
    for (let k = 0; k < negatives.length; k++) {
      const n = negatives[k]!;
      const weight = push[k]! / rows;
      gradient[start + n]! += weight;
      term?.spread(n, -weight, gradient);
    }
    const loss = pulled / alpha + pushed / beta;
    outcome.value += loss / rows;
    outcome.active++;
    if (loss > costliest.threshold) offer(costliest, { loss, ...extremes(mined, similarity), rival: null });
  });
  return outcome;
}

/** For an anchor with its mined pairs, a term taken off the similarity of each negative. */
export type Lowering = (anchor: Anchor) => {
  readonly of: (negative: number) => number;
  /** Adds upstream × ∂term/∂S to the gradient. */
  readonly spread: (negative: number, upstream: number, gradient: Float32Array) => void;
};
