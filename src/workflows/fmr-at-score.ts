import { findEvaluation, findNewestEvaluationId, findScores } from '../store/evaluations.ts';
import type { Database } from '../store/statement.ts';
import { findThreshold } from '../store/thresholds.ts';
import { recentlyUsed } from './recently-used.ts';

/** Share of a model's evaluated non-mated comparisons that score at least as high; null without an evaluation. */
export type FmrAtScore = (modelId: string, score: number) => number | null;

const capacityBytes = 256 * 1024 * 1024;

/** Reads the scores of the evaluation that the threshold rests on, else of the newest one; keeps them sorted in memory. */
export function fmrAtScore(database: Database): FmrAtScore {
  const sorted = recentlyUsed<Float64Array>(capacityBytes, (scores) => scores.byteLength);
  return (modelId, score) => {
    const evaluationId = findThreshold(database, modelId)?.evaluationId ?? findNewestEvaluationId(database, modelId);
    if (evaluationId === undefined) return null;
    const scores = sorted.get(evaluationId) ?? sortedNonMated(database, evaluationId);
    if (scores === null || scores.length === 0) return null;
    sorted.set(evaluationId, scores);
    return (scores.length - firstAtLeast(scores, score)) / scores.length;
  };
}

function sortedNonMated(database: Database, evaluationId: string): Float64Array | null {
  const evaluation = findEvaluation(database, evaluationId);
  const scores = findScores(database, evaluationId, 'model');
  if (evaluation === undefined || scores === undefined) return null;
  const subjects = evaluation.samples.map(({ subject }) => subject);
  const nonMated = new Float64Array(evaluation.report.counts.nonMated);
  let pair = 0;
  let kept = 0;
  for (let i = 0; i < subjects.length; i++) {
    for (let j = i + 1; j < subjects.length; j++, pair++) if (subjects[i] !== subjects[j]) nonMated[kept++] = scores[pair]!;
  }
  return nonMated.subarray(0, kept).sort();
}

/** Index of the first of the ascending scores that is at least `score`. */
function firstAtLeast(scores: Float64Array, score: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! >= score) high = middle;
    else low = middle + 1;
  }
  return low;
}
