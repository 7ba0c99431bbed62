import { planGone } from '../sealed-gallery/plan-gone.ts';
import type { Adoption, NeededTemplates, OwnedTemplate, ProtectionRow, ProtectionRows, ProtectionRowsNow } from '../sealed-gallery/protection-rows.ts';
import { sayDeed } from './long-deeds.ts';
import { keepTemplateIfWanted } from './sample-statements.ts';
import type { Server, Transaction } from './server.ts';

/** How this database is changed: after the one lock that every change takes, sealed or not. */
export interface Changes {
  change<Value>(work: (transaction: Transaction) => Promise<Value>): Promise<Value>;
  changeSealed<Value>(epoch: number, work: (transaction: Transaction) => Promise<Value>): Promise<Value>;
}

/** Protection of the templates on a server; stations that change it at once work on the same change. */
export function serverProtection(server: Server, { change, changeSealed }: Changes): ProtectionRows {
  return {
    read: () => readProtections(server),
    plan: (next, epoch) => changeSealed(epoch, async (transaction) => {
      const planned = (await readProtections(transaction)).next;
      if (planned !== null) return planned;
      await insertProtection(transaction, 'next', next);
      return next;
    }),
    listUnstaged: (needed, subjectIds) => listUnstaged(server, needed, subjectIds),
    stage: (templates, epoch) => changeSealed(epoch, async (transaction) => {
      const { next } = await readProtections(transaction);
      if (templates.some(({ protection }) => protection !== next?.id)) throw planGone();
      for (const template of templates) await keepTemplateIfWanted(transaction, 'next_templates', template);
    }),
    adopt: (adoption, epoch) => changeSealed(epoch, async (transaction) => {
      if ((await readProtections(transaction)).next?.id !== adoption.id) return null;
      await sayDeed(transaction, 'reissue');
      const missing = await countMissing(transaction, adoption);
      if (missing === 0) await adopt(transaction);
      return { missing };
    }),
    drop: () => change(dropPlan),
  };
}

export async function readProtections(on: Transaction): Promise<ProtectionRowsNow> {
  const rows = await on.all<ProtectionRow & { state: 'current' | 'next' }>('SELECT state, id, transform, key, created_at AS "createdAt" FROM likeness.template_protections');
  const rowOf = (wanted: 'current' | 'next'): ProtectionRow | undefined => {
    const found = rows.find(({ state }) => state === wanted);
    return found && { id: found.id, transform: found.transform, key: found.key, createdAt: found.createdAt };
  };
  return { current: rowOf('current')!, next: rowOf('next') ?? null };
}

export async function insertProtection(on: Transaction, state: 'current' | 'next', { id, transform, key, createdAt }: ProtectionRow): Promise<void> {
  await on.run(
    `INSERT INTO likeness.template_protections (state, id, transform, key, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (state) DO UPDATE SET id = excluded.id, transform = excluded.transform, key = excluded.key, created_at = excluded.created_at`,
    [state, id, transform, key, createdAt],
  );
}

export async function resealProtectionKey(on: Transaction, id: string, key: Uint8Array): Promise<void> {
  await on.run('UPDATE likeness.template_protections SET key = $2 WHERE id = $1', [id, key]);
}

export async function dropStaged(on: Transaction): Promise<void> {
  await on.run('DELETE FROM likeness.next_templates');
}

export async function dropPlan(on: Transaction): Promise<void> {
  await dropStaged(on);
  await on.run(`DELETE FROM likeness.template_protections WHERE state = 'next'`);
}

function listUnstaged(on: Transaction, needed: NeededTemplates, subjectIds: readonly string[]): Promise<OwnedTemplate[]> {
  return on.all(
    `SELECT subject_id AS "subjectId", subjects.key, templates.sample_id AS "sampleId", templates.model_id AS "modelId",
       templates.weights_hash AS "weightsHash", templates.size, templates.protection, templates.vector
     FROM likeness.subjects JOIN likeness.samples ON subject_id = subjects.id JOIN likeness.templates ON sample_id = samples.id
     WHERE subjects.id = ANY($1) AND ($2::text IS NULL OR templates.model_id = $2) AND NOT EXISTS
       (SELECT 1 FROM likeness.next_templates WHERE next_templates.sample_id = templates.sample_id AND next_templates.model_id = templates.model_id)`,
    [subjectIds, needed === 'all' ? null : needed.modelId],
  );
}

async function countMissing(on: Transaction, { needed, without }: Adoption): Promise<number> {
  const [row] = await on.all<{ count: number }>(
    `SELECT count(*) AS count FROM likeness.templates
     WHERE ($1::text IS NULL OR model_id = $1) AND NOT (sample_id = ANY($2)) AND NOT EXISTS
       (SELECT 1 FROM likeness.next_templates WHERE next_templates.sample_id = templates.sample_id AND next_templates.model_id = templates.model_id)`,
    [needed === 'all' ? null : needed.modelId, without],
  );
  return row!.count;
}

async function adopt(on: Transaction): Promise<void> {
  await on.run('DELETE FROM likeness.templates');
  await on.run(
    `INSERT INTO likeness.templates (sample_id, model_id, weights_hash, size, protection, vector)
     SELECT sample_id, model_id, weights_hash, size, protection, vector FROM likeness.next_templates`,
  );
  await on.run('DELETE FROM likeness.next_templates');
  await on.run(`DELETE FROM likeness.template_protections WHERE state = 'current'`);
  await on.run(`UPDATE likeness.template_protections SET state = 'current' WHERE state = 'next'`);
}
