import type { EvaluationReport, ScoredSystem } from '../contract/requests/evaluations.ts';
import type { ScoreTransform } from '../contract/requests/cancelable.ts';
import { bytesOf, float64Of } from './blobs.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** A sample as the scores of an evaluation count it: its place in the list is its row and column. */
export interface EvaluatedSample {
  path: string;
  subject: string;
  /** As the model's pipeline judged it, 0 to 100; left out where none did. */
  quality?: number;
}

export interface EvaluationRecord {
  report: EvaluationReport;
  samples: EvaluatedSample[];
  isDemo: boolean;
}

export function insertEvaluation(database: Database, { report, samples, isDemo }: EvaluationRecord): void {
  sql(
    database,
    `INSERT INTO evaluations (id, model_id, dataset_id, report, samples, is_demo, created_at)
     VALUES (@id, @modelId, @datasetId, @report, @samples, @isDemo, @createdAt)`,
  ).run({
    id: report.id,
    modelId: report.modelId,
    datasetId: report.datasetId,
    report: JSON.stringify(report),
    samples: JSON.stringify(samples),
    isDemo: Number(isDemo),
    createdAt: report.createdAt,
  });
}

export function listEvaluations(database: Database): EvaluationReport[] {
  return sql<{ report: string }>(database, 'SELECT report FROM evaluations ORDER BY created_at DESC, rowid DESC')
    .all()
    .map((row) => JSON.parse(row.report) as EvaluationReport);
}

export function findEvaluation(database: Database, id: string): EvaluationRecord | undefined {
  const row = sql<{ report: string; samples: string; isDemo: number }>(
    database,
    'SELECT report, samples, is_demo AS isDemo FROM evaluations WHERE id = @id',
  ).get({ id });
  return (
    row && {
      report: JSON.parse(row.report) as EvaluationReport,
      samples: JSON.parse(row.samples) as EvaluatedSample[],
      isDemo: row.isDemo === 1,
    }
  );
}

/** Of a model under a transform of its templates. */
export function findNewestEvaluationId(database: Database, { modelId, transform }: { modelId: string; transform: ScoreTransform }): string | undefined {
  return sql<{ id: string }>(
    database,
    `SELECT id FROM evaluations WHERE model_id = @modelId AND coalesce(json_extract(report, '$.transform'), 'none') = @transform
     ORDER BY created_at DESC, rowid DESC LIMIT 1`,
  ).get({ modelId, transform })?.id;
}

export function removeEvaluation(database: Database, id: string): void {
  sql(database, 'DELETE FROM evaluations WHERE id = @id').run({ id });
}

export function removeDemoEvaluations(database: Database): void {
  sql(database, 'DELETE FROM evaluations WHERE is_demo = 1').run();
}

export interface SystemScores {
  evaluationId: string;
  system: ScoredSystem['kind'];
  /** float64 scores of all pairs i < j, row by row. */
  scores: Float64Array;
}

export function insertScores(database: Database, { evaluationId, system, scores }: SystemScores): void {
  sql(
    database,
    'INSERT INTO evaluation_scores (evaluation_id, system, scores) VALUES (@evaluationId, @system, @scores)',
  ).run({ evaluationId, system, scores: bytesOf(scores) });
}

export function findScores(database: Database, evaluationId: string, system: ScoredSystem['kind']): Float64Array | undefined {
  const row = sql<{ scores: Uint8Array }>(
    database,
    'SELECT scores FROM evaluation_scores WHERE evaluation_id = @evaluationId AND system = @system',
  ).get({ evaluationId, system });
  return row && float64Of(row.scores);
}
