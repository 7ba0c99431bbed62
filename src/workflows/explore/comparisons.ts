import { RequestError } from '../../contract/request-error.ts';
import type { AllPairs } from '../../evaluation/all-pairs.ts';
import { findEvaluation, findScores } from '../../store/evaluations.ts';
import type { EvaluationRecord } from '../../store/evaluations.ts';
import type { Database } from '../../store/statement.ts';
import { numbered } from '../embed-dataset.ts';
import { knownEvaluation } from '../known-evaluation.ts';
import { recentlyUsed } from '../recently-used.ts';

/** An evaluation's comparisons by its own model, with what they compare. */
export interface Comparisons {
  samples: EvaluationRecord['samples'];
  allPairs: AllPairs;
  /** Names of the subjects, by number. */
  names: string[];
}

const capacityBytes = 256 * 1024 * 1024;

/** Reads the comparisons of evaluations; those looked at last stay in memory, because a screen asks for many lists of the same. */
export function comparisonsReader(database: Database): (evaluationId: string) => Comparisons {
  const known = recentlyUsed<Comparisons>(capacityBytes, ({ allPairs }) => allPairs.scores.byteLength);
  return (evaluationId) => {
    const before = known.get(evaluationId);
    // It may have been removed meanwhile.
    if (before !== undefined && findEvaluation(database, evaluationId) !== undefined) return before;
    const comparisons = read(database, evaluationId);
    known.set(evaluationId, comparisons);
    return comparisons;
  };
}

function read(database: Database, evaluationId: string): Comparisons {
  const { samples } = knownEvaluation(database, evaluationId);
  const scores = findScores(database, evaluationId, 'model');
  const pairs = (samples.length * (samples.length - 1)) / 2;
  if (scores?.length !== pairs) {
    throw new RequestError('conflict', `This evaluation keeps ${scores?.length ?? 0} scores, not the ${pairs} of all pairs, and cannot be explored. Run it again.`);
  }
  const { subjects, names } = numbered(samples);
  return { samples, allPairs: { scores, subjects }, names };
}
