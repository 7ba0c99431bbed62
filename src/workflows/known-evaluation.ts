import { RequestError } from '../contract/request-error.ts';
import type { EvaluationReport } from '../contract/requests/evaluations.ts';
import type { EvaluationRecord } from '../store/evaluations.ts';
import { findEvaluation } from '../store/evaluations.ts';
import type { Database } from '../store/statement.ts';

/** @throws RequestError('not-found') */
export function knownEvaluation(database: Database, evaluationId: string): EvaluationRecord {
  const evaluation = findEvaluation(database, evaluationId);
  if (evaluation === undefined) {
    throw new RequestError('not-found', 'This evaluation is not known (any more), or its job has not ended yet.');
  }
  return { ...evaluation, report: complete(evaluation.report) };
}

/** A report of before something was counted says that it has none. */
function complete(report: EvaluationReport): EvaluationReport {
  const corrections = (report.corrections as typeof report.corrections | undefined) ?? [];
  const systems = report.systems.map((system) => ({
    ...system,
    retrieval: (system.retrieval as typeof system.retrieval | undefined) ?? null,
    detail: (system.detail as typeof system.detail | undefined) ?? null,
  }));
  const manifest = (report.manifest as typeof report.manifest | undefined) ?? null;
  return { ...report, corrections, systems, manifest };
}
