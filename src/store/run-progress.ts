import type { Costliest, RunEpoch, RunStep } from '../contract/requests/runs.ts';
import type { Database } from './statement.ts';
import { sql } from './statement.ts';

/** Writes a step; a step taken again after a resume replaces the one it repeats. */
export function saveRunStep(database: Database, runId: string, step: RunStep): void {
  sql(
    database,
    `INSERT OR REPLACE INTO run_steps (run_id, step, epoch, loss, learning_rate, active_share, positive_distance,
       negative_distance, skipped, images_per_second, mean_norm, mean_cosine, alarm)
     VALUES (@runId, @step, @epoch, @loss, @learningRate, @activeShare, @positiveDistance, @negativeDistance, @skipped,
       @imagesPerSecond, @meanNorm, @meanCosine, @alarm)`,
  ).run({ runId, ...step, skipped: JSON.stringify(step.skipped) });
}

/** Every `stride`-th step, and the last one. */
export function listRunSteps(database: Database, runId: string, stride: number): RunStep[] {
  return sql<Omit<RunStep, 'skipped'> & { skipped: string }>(
    database,
    `SELECT step, epoch, loss, learning_rate AS learningRate, active_share AS activeShare,
       positive_distance AS positiveDistance, negative_distance AS negativeDistance, skipped,
       images_per_second AS imagesPerSecond, mean_norm AS meanNorm, mean_cosine AS meanCosine, alarm
     FROM run_steps
     WHERE run_id = @runId
       AND (step % @stride = 0 OR step = (SELECT max(step) FROM run_steps WHERE run_id = @runId))
     ORDER BY step`,
  )
    .all({ runId, stride })
    .map((row) => ({ ...row, skipped: JSON.parse(row.skipped) as Record<string, number> }));
}

export function countRunSteps(database: Database, runId: string): number {
  return sql<{ count: number }>(database, 'SELECT count(*) AS count FROM run_steps WHERE run_id = @runId').get({ runId })!.count;
}

export function saveRunEpoch(database: Database, runId: string, epoch: RunEpoch): void {
  sql(
    database,
    `INSERT OR REPLACE INTO run_epochs (run_id, epoch, step, mean_loss, validation_eer, learning_rate, alarm, kept, duration_ms)
     VALUES (@runId, @epoch, @step, @meanLoss, @validationEer, @learningRate, @alarm, @kept, @durationMs)`,
  ).run({ runId, ...epoch, kept: Number(epoch.kept) });
}

/** Only one epoch is the kept one: the newest that was. */
export function unkeepOtherEpochs(database: Database, runId: string, keptEpoch: number): void {
  sql(database, 'UPDATE run_epochs SET kept = 0 WHERE run_id = @runId AND epoch <> @keptEpoch').run({ runId, keptEpoch });
}

export function listRunEpochs(database: Database, runId: string): RunEpoch[] {
  return sql<Omit<RunEpoch, 'kept'> & { kept: number }>(
    database,
    `SELECT epoch, step, mean_loss AS meanLoss, validation_eer AS validationEer, learning_rate AS learningRate, alarm, kept,
       duration_ms AS durationMs
     FROM run_epochs WHERE run_id = @runId ORDER BY epoch`,
  )
    .all({ runId })
    .map((row) => ({ ...row, kept: row.kept === 1 }));
}

export function saveCostliest(database: Database, runId: string, costliest: Costliest): void {
  sql(database, 'UPDATE runs SET costliest = @costliest WHERE id = @runId').run({ runId, costliest: JSON.stringify(costliest) });
}

export function findCostliest(database: Database, runId: string): Costliest | null {
  const row = sql<{ costliest: string | null }>(database, 'SELECT costliest FROM runs WHERE id = @runId').get({ runId });
  return row?.costliest ? (JSON.parse(row.costliest) as Costliest) : null;
}

/** Forgets the steps after the last finished epoch: a resumed run takes them again. */
export function removeUnfinishedSteps(database: Database, runId: string): void {
  sql(
    database,
    `DELETE FROM run_steps WHERE run_id = @runId
       AND step > (SELECT coalesce(max(step), -1) FROM run_epochs WHERE run_id = @runId)`,
  ).run({ runId });
}
