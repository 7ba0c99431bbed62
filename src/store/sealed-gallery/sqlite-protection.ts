import { requireEpoch } from '../protection/keyring.ts';
import type { Database } from '../statement.ts';
import { sql, transaction } from '../statement.ts';
import { keepTemplateIfWanted } from '../templates.ts';
import { planGone } from './plan-gone.ts';
import type { Adoption, NeededTemplates, OwnedTemplate, ProtectionRow, ProtectionRows, ProtectionRowsNow } from './protection-rows.ts';

/** Protection of the templates in the desk's own database. */
export function sqliteProtection(database: Database): ProtectionRows {
  return {
    read: async () => readProtections(database),
    plan: async (next, epoch) => transaction(database, () => {
      requireEpoch(database, epoch);
      const planned = readProtections(database).next;
      if (planned !== null) return planned;
      insertProtection(database, 'next', next);
      return next;
    }),
    listUnstaged: async (needed, subjectIds) => listUnstaged(database, needed, subjectIds),
    stage: async (templates, epoch) => transaction(database, () => {
      requireEpoch(database, epoch);
      const { next } = readProtections(database);
      if (templates.some(({ protection }) => protection !== next?.id)) throw planGone();
      for (const template of templates) keepTemplateIfWanted(database, 'next_templates', template);
    }),
    adopt: async (adoption, epoch) => transaction(database, () => {
      requireEpoch(database, epoch);
      if (readProtections(database).next?.id !== adoption.id) return null;
      const missing = countMissing(database, adoption);
      if (missing === 0) adopt(database);
      return { missing };
    }),
    drop: async () => transaction(database, () => { dropPlan(database); }),
  };
}

export function readProtections(database: Database): ProtectionRowsNow {
  const rows = sql<ProtectionRow & { state: 'current' | 'next' }>(database, 'SELECT state, id, transform, key, created_at AS createdAt FROM template_protections').all();
  const rowOf = (wanted: 'current' | 'next'): ProtectionRow | undefined => {
    const found = rows.find(({ state }) => state === wanted);
    return found && { id: found.id, transform: found.transform, key: found.key, createdAt: found.createdAt };
  };
  return { current: rowOf('current')!, next: rowOf('next') ?? null };
}

/** Within a transaction. */
export function insertProtection(database: Database, state: 'current' | 'next', row: ProtectionRow): void {
  sql(
    database,
    `INSERT OR REPLACE INTO template_protections (state, id, transform, key, created_at) VALUES (@state, @id, @transform, @key, @createdAt)`,
  ).run({ state, ...row });
}

/** Within a transaction. */
export function resealProtectionKey(database: Database, id: string, key: Uint8Array): void {
  sql(database, 'UPDATE template_protections SET key = @key WHERE id = @id').run({ id, key });
}

export function dropStaged(database: Database): void {
  sql(database, 'DELETE FROM next_templates').run();
}

/** Within a transaction. */
export function dropPlan(database: Database): void {
  dropStaged(database);
  sql(database, `DELETE FROM template_protections WHERE state = 'next'`).run();
}

function listUnstaged(database: Database, needed: NeededTemplates, subjectIds: readonly string[]): OwnedTemplate[] {
  return sql<OwnedTemplate>(
    database,
    `SELECT subject_id AS subjectId, subjects.key, templates.sample_id AS sampleId, templates.model_id AS modelId,
       templates.weights_hash AS weightsHash, templates.size, templates.protection, templates.vector
     FROM json_each(@subjectIds)
       CROSS JOIN subjects ON subjects.id = json_each.value CROSS JOIN samples ON samples.subject_id = subjects.id
       CROSS JOIN templates ON templates.sample_id = samples.id
     WHERE (@modelId IS NULL OR templates.model_id = @modelId) AND NOT EXISTS
       (SELECT 1 FROM next_templates WHERE next_templates.sample_id = templates.sample_id AND next_templates.model_id = templates.model_id)`,
  ).all({ subjectIds: JSON.stringify(subjectIds), modelId: needed === 'all' ? null : needed.modelId });
}

function countMissing(database: Database, { needed, without }: Adoption): number {
  return sql<{ count: number }>(
    database,
    `SELECT count(*) AS count FROM templates
     WHERE (@modelId IS NULL OR model_id = @modelId) AND sample_id NOT IN (SELECT value FROM json_each(@without)) AND NOT EXISTS
       (SELECT 1 FROM next_templates WHERE next_templates.sample_id = templates.sample_id AND next_templates.model_id = templates.model_id)`,
  ).get({ modelId: needed === 'all' ? null : needed.modelId, without: JSON.stringify(without) })!.count;
}

function adopt(database: Database): void {
  sql(database, 'DELETE FROM templates').run();
  sql(
    database,
    `INSERT INTO templates (sample_id, model_id, weights_hash, size, protection, vector)
     SELECT sample_id, model_id, weights_hash, size, protection, vector FROM next_templates`,
  ).run();
  sql(database, 'DELETE FROM next_templates').run();
  sql(database, `DELETE FROM template_protections WHERE state = 'current'`).run();
  sql(database, `UPDATE template_protections SET state = 'current' WHERE state = 'next'`).run();
}
