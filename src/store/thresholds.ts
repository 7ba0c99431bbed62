import type { ThresholdInUse } from '../contract/requests/matching.ts';
import type { Estimate } from '../contract/vocabulary.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

type ThresholdRow = Omit<ThresholdInUse, 'fmr' | 'fnmr'> & { fmr: string; fnmr: string };

/** One threshold for each model and transform: a new choice replaces the former. */
export function saveThreshold(database: Database, chosen: ThresholdInUse): void {
  sql(
    database,
    `INSERT OR REPLACE INTO thresholds (model_id, transform, threshold, target_fmr, fmr, fnmr, non_mated_comparisons, dataset_name,
       evaluation_id, chosen_at)
     VALUES (@modelId, @transform, @threshold, @targetFmr, @fmr, @fnmr, @nonMatedComparisons, @datasetName, @evaluationId, @chosenAt)`,
  ).run({ ...chosen, fmr: JSON.stringify(chosen.fmr), fnmr: JSON.stringify(chosen.fnmr) });
}

export function findThreshold(database: Database, { modelId, transform }: Pick<ThresholdInUse, 'modelId' | 'transform'>): ThresholdInUse | undefined {
  const row = sql<ThresholdRow>(
    database,
    `SELECT model_id AS modelId, transform, threshold, target_fmr AS targetFmr, fmr, fnmr,
       non_mated_comparisons AS nonMatedComparisons, dataset_name AS datasetName, evaluation_id AS evaluationId,
       chosen_at AS chosenAt
     FROM thresholds WHERE model_id = @modelId AND transform = @transform`,
  ).get({ modelId, transform });
  return row && { ...row, fmr: JSON.parse(row.fmr) as Estimate, fnmr: JSON.parse(row.fnmr) as Estimate };
}
