import { insertSample, insertTemplates } from '../postgres/sample-statements.ts';
import { dropPlan, insertProtection, readProtections } from '../postgres/server-protection.ts';
import type { Transaction } from '../postgres/server.ts';
import { insertSubjects, listSubjectIdsAfter } from '../postgres/subject-statements.ts';
import type { SampleRow } from '../sealed-gallery/gallery-rows.ts';
import type { PeoplePlace, PeopleRows } from './people.ts';

/** Within a transaction: puts envelopes in the place of those that these people had. */
export async function replacePeople(transaction: Transaction, { subjects, samples, templates }: PeopleRows): Promise<void> {
  await transaction.run(
    `UPDATE likeness.subjects SET name_tag = fresh.name_tag, key = fresh.key, details = fresh.details
     FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bytea[]) AS fresh (id, name_tag, key, details) WHERE subjects.id = fresh.id`,
    [subjects.map(({ id }) => id), subjects.map(({ nameTag }) => nameTag), subjects.map(({ key }) => key), subjects.map(({ details }) => details)],
  );
  for (const some of inPieces(samples)) {
    await transaction.run(
      `UPDATE likeness.samples SET content_tag = fresh.content_tag, details = fresh.details, bytes = fresh.bytes
       FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bytea[]) AS fresh (id, content_tag, details, bytes) WHERE samples.id = fresh.id`,
      [some.map(({ id }) => id), some.map(({ contentTag }) => contentTag), some.map(({ details }) => details), some.map(({ bytes }) => bytes)],
    );
  }
  await transaction.run(
    `UPDATE likeness.templates SET vector = fresh.vector
     FROM unnest($1::text[], $2::text[], $3::bytea[]) AS fresh (sample_id, model_id, vector)
     WHERE templates.sample_id = fresh.sample_id AND templates.model_id = fresh.model_id`,
    [templates.map(({ sampleId }) => sampleId), templates.map(({ modelId }) => modelId), templates.map(({ vector }) => vector)],
  );
}

/** So much of pictures is sent at once: sent, it is in memory several times; one by one, a small picture costs a way to the server and back. */
const bytesAtOnce = 2 * 1024 * 1024;

function* inPieces(samples: readonly SampleRow[]): Generator<SampleRow[]> {
  let [piece, bytes] = [[] as SampleRow[], 0];
  for (const sample of samples) {
    if (piece.length > 0 && bytes + sample.bytes.length > bytesAtOnce) {
      yield piece;
      [piece, bytes] = [[], 0];
    }
    piece.push(sample);
    bytes += sample.bytes.length;
  }
  if (piece.length > 0) yield piece;
}

/** A PostgreSQL server. */
export function serverPeople(transaction: Transaction): PeoplePlace {
  return {
    listSubjectIdsAfter: (after, limit) => listSubjectIdsAfter(transaction, after, limit),
    read: async (subjectIds) => ({
      subjects: await transaction.all(
        `SELECT id, name_tag AS "nameTag", key, details, is_demo AS "isDemo", created_at AS "createdAt", expires_at AS "expiresAt"
         FROM likeness.subjects WHERE id = ANY($1)`,
        [subjectIds],
      ),
      samples: await transaction.all(
        `SELECT id, subject_id AS "subjectId", content_tag AS "contentTag", details, width, height, is_demo AS "isDemo",
           created_at AS "createdAt", bytes
         FROM likeness.samples WHERE subject_id = ANY($1) ORDER BY position`,
        [subjectIds],
      ),
      templates: await transaction.all(
        `SELECT sample_id AS "sampleId", model_id AS "modelId", weights_hash AS "weightsHash", size, protection, vector
         FROM likeness.samples JOIN likeness.templates ON sample_id = samples.id WHERE subject_id = ANY($1) ORDER BY position, model_id`,
        [subjectIds],
      ),
    }),
    readProtections: () => readProtections(transaction),
    writeProtection: async (current) => {
      await dropPlan(transaction);
      await insertProtection(transaction, 'current', current);
    },
    insert: async ({ subjects, samples, templates }) => {
      await insertSubjects(transaction, subjects);
      // Pictures one by one: together they would be in memory three times.
      for (const sample of samples) await insertSample(transaction, sample);
      await insertTemplates(transaction, templates);
    },
  };
}
