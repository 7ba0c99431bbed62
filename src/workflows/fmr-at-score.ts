import { findKeptPairs } from '../store/evaluation-pairs.ts';
import { findEvaluation, findNewestEvaluationId, findScores } from '../store/evaluations.ts';
import type { Database } from '../store/statement.ts';
import type { GalleryTransform } from '../contract/requests/cancelable.ts';
import { recentlyUsed } from './recently-used.ts';
import { scoresOf, thresholdFor } from './thresholds.ts';

/** Share of a model's non-mated comparisons, evaluated under this transform, that score at least as high; null without an evaluation. */
export type FmrAtScore = (of: { modelId: string; transform: GalleryTransform }, score: number) => number | null;

const capacityBytes = 256 * 1024 * 1024;

/** Reads the scores of the evaluation that the threshold rests on, else of the newest one; keeps them in memory. */
export function fmrAtScore(database: Database): FmrAtScore {
  const known = recentlyUsed<Float64Array>(capacityBytes, (scores) => scores.byteLength);
  return (of, score) => {
    const evaluationId = thresholdFor(database, of)?.evaluationId ?? findNewestEvaluationId(database, { modelId: of.modelId, transform: scoresOf(of.transform) });
    if (evaluationId === undefined) return null;
    const scores = known.get(evaluationId) ?? nonMatedScores(database, evaluationId);
    if (scores === null || scores.length === 0) return null;
    known.set(evaluationId, scores);
    return countAtLeast(scores, score) / scores.length;
  };
}

function nonMatedScores(database: Database, evaluationId: string): Float64Array | null {
  const evaluation = findEvaluation(database, evaluationId);
  const scores = findScores(database, evaluationId, 'model');
  if (evaluation === undefined) return null;
  if (scores === undefined) {
    // Of too many to keep, those that were drawn evenly.
    const kept = findKeptPairs(database, evaluationId);
    return kept === undefined ? null : kept.scores.subarray(kept.mated, kept.mated + kept.drawn);
  }
  const numbers = new Map<string, number>();
  const subjects = Int32Array.from(evaluation.samples, ({ subject }) => {
    if (!numbers.has(subject)) numbers.set(subject, numbers.size);
    return numbers.get(subject)!;
  });
  const nonMated = new Float64Array(evaluation.report.counts.nonMated);
  let pair = 0;
  let kept = 0;
  for (let i = 0; i < subjects.length; i++) {
    for (let j = i + 1; j < subjects.length; j++, pair++) if (subjects[i] !== subjects[j]) nonMated[kept++] = scores[pair]!;
  }
  return nonMated.subarray(0, kept);
}

/** One pass over millions of scores takes milliseconds; sorting them first would take seconds. */
function countAtLeast(scores: Float64Array, score: number): number {
  let count = 0;
  for (let index = 0; index < scores.length; index++) if (scores[index]! >= score) count++;
  return count;
}
