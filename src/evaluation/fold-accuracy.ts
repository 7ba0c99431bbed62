import { firstIndex } from './error-rates.ts';
import { EvaluationError } from './score-set.ts';

export interface FoldAccuracy {
  readonly folds: number;
  /** Mean over the folds, each judged at the threshold that is best on all others, and its standard error. */
  readonly accuracy: number;
  readonly standardError: number;
  /** What a script reports that picks the threshold on the very comparisons it is judged on. */
  readonly naive: number;
}

export interface FoldedScores {
  readonly scores: Float64Array;
  readonly isMated: Uint8Array; // [scores], 1 or 0
  readonly folds: Int32Array; // [scores], from 0
}

/**
 * Accuracy over folds as LFW prescribes it (Huang et al., UMass 07-49, 2007, View 2): the threshold is chosen on the other
 * folds, the lowest where several do equally well; match when score >= threshold.
 *
 * @throws EvaluationError too-few-scores for fewer than 2 folds, or a fold without scores.
 */
export function foldAccuracy({ scores, isMated, folds }: FoldedScores): FoldAccuracy {
  const count = folds.reduce((most, fold) => Math.max(most, fold + 1), 0);
  const order = Uint32Array.from(scores.keys()).sort((one, other) => scores[one]! - scores[other]!);
  const shares = Array.from({ length: count }, (_, fold) => {
    const others = order.filter((at) => folds[at] !== fold);
    const own = order.filter((at) => folds[at] === fold);
    if (own.length === 0 || others.length === 0) throw new EvaluationError('too-few-scores', `Fold ${fold + 1} of ${count} has nothing to be judged on.`);
    const { threshold } = bestThreshold(others, { scores, isMated });
    return accuracyAt(own, { scores, isMated }, threshold);
  });
  const accuracy = shares.reduce((sum, share) => sum + share, 0) / count;
  const variance = shares.reduce((sum, share) => sum + (share - accuracy) ** 2, 0) / (count - 1);
  return { folds: count, accuracy, standardError: Math.sqrt(variance / count), naive: bestThreshold(order, { scores, isMated }).accuracy };
}

type Labelled = Pick<FoldedScores, 'scores' | 'isMated'>;

/** @param ascending places in ascending order of their scores. */
function bestThreshold(ascending: Uint32Array, { scores, isMated }: Labelled): { threshold: number; accuracy: number } {
  let right = 0;
  for (const at of ascending) right += isMated[at]!; // at the lowest score everything matches
  let best = { threshold: scores[ascending[0]!]!, right };
  for (let rank = 0; rank < ascending.length; rank++) {
    right += isMated[ascending[rank]!] === 1 ? -1 : 1;
    const next = ascending[rank + 1];
    const isTied = next !== undefined && scores[next] === scores[ascending[rank]!];
    if (!isTied && right > best.right) best = { threshold: next === undefined ? Infinity : scores[next]!, right };
  }
  return { threshold: best.threshold, accuracy: best.right / ascending.length };
}

function accuracyAt(ascending: Uint32Array, { scores, isMated }: Labelled, threshold: number): number {
  const from = firstIndex(ascending.length, (rank) => scores[ascending[rank]!]! >= threshold);
  let right = 0;
  ascending.forEach((at, rank) => (right += isMated[at] === (rank >= from ? 1 : 0) ? 1 : 0));
  return right / ascending.length;
}
