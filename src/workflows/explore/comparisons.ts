import { RequestError } from '../../contract/request-error.ts';
import type { AllPairs } from '../../evaluation/all-pairs.ts';
import type { CurvePoint, EvaluationReport } from '../../contract/requests/evaluations.ts';
import type { KeptPairs } from '../../store/evaluation-pairs.ts';
import { findKeptPairs } from '../../store/evaluation-pairs.ts';
import { findEvaluation, findScores } from '../../store/evaluations.ts';
import type { EvaluationRecord } from '../../store/evaluations.ts';
import type { Database } from '../../store/statement.ts';
import { numbered } from '../embed-dataset.ts';
import { knownEvaluation } from '../known-evaluation.ts';
import { recentlyUsed } from '../recently-used.ts';

/** All pairs; or, where they are too many to keep, some of them, the curve of all, and the templates that the others follow from. */
export type ComparedPairs =
  | { kind: 'all'; allPairs: AllPairs }
  | { kind: 'some'; kept: KeptPairs; subjects: Int32Array; curve: CurvePoint[]; counts: EvaluationReport['counts'] };

/** An evaluation's comparisons by its own model, with what they compare. */
export interface Comparisons {
  samples: EvaluationRecord['samples'];
  compared: ComparedPairs;
  /** Names of the subjects, by number. */
  names: string[];
}

const capacityBytes = 256 * 1024 * 1024;

/** Reads the comparisons of evaluations; those looked at last stay in memory, because a screen asks for many lists of the same. */
export function comparisonsReader(database: Database): (evaluationId: string) => Comparisons {
  const known = recentlyUsed<Comparisons>(capacityBytes, ({ compared }) => (compared.kind === 'all' ? compared.allPairs.scores : compared.kept.scores).byteLength);
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
  const { samples, report } = knownEvaluation(database, evaluationId);
  const { subjects, names } = numbered(samples);
  const kept = findKeptPairs(database, evaluationId);
  if (kept !== undefined) return { samples, compared: { kind: 'some', kept, subjects, curve: report.systems[0]!.curve, counts: report.counts }, names };
  const scores = findScores(database, evaluationId, 'model');
  const pairs = (samples.length * (samples.length - 1)) / 2;
  if (scores?.length !== pairs) {
    throw new RequestError('conflict', `This evaluation keeps ${scores?.length ?? 0} scores, not the ${pairs} of all pairs, and cannot be explored. Run it again.`);
  }
  return { samples, compared: { kind: 'all', allPairs: { scores, subjects } }, names };
}
