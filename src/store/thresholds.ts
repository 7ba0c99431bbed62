import type { ThresholdInUse } from '../contract/requests/matching.ts';
import type { Estimate } from '../contract/vocabulary.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

type ThresholdRow = Omit<ThresholdInUse, 'fmr' | 'fnmr'> & { fmr: string; fnmr: string };

/** One threshold for each model: a new choice replaces the former. */
export function saveThreshold(database: Database, chosen: ThresholdInUse): void {
  sql(
    database,
    `INSERT OR REPLACE INTO thresholds (model_id, threshold, target_fmr, fmr, fnmr, non_mated_comparisons, dataset_name,
       evaluation_id, chosen_at)
     VALUES (@modelId, @threshold, @targetFmr, @fmr, @fnmr, @nonMatedComparisons, @datasetName, @evaluationId, @chosenAt)`,
  ).run({ ...chosen, fmr: JSON.stringify(chosen.fmr), fnmr: JSON.stringify(chosen.fnmr) });
}

export function findThreshold(database: Database, modelId: string): ThresholdInUse | undefined {
  const row = sql<ThresholdRow>(
    database,
    `SELECT model_id AS modelId, threshold, target_fmr AS targetFmr, fmr, fnmr,
       non_mated_comparisons AS nonMatedComparisons, dataset_name AS datasetName, evaluation_id AS evaluationId,
       chosen_at AS chosenAt
     FROM thresholds WHERE model_id = @modelId`,
  ).get({ modelId });
  return row && { ...row, fmr: JSON.parse(row.fmr) as Estimate, fnmr: JSON.parse(row.fnmr) as Estimate };
}
