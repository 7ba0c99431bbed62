import { insertSample, insertTemplate } from '../postgres/sample-statements.ts';
import type { Transaction } from '../postgres/server.ts';
import { insertSubject, listSubjectIdsAfter } from '../postgres/subject-statements.ts';
import type { PeoplePlace } from './people.ts';

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
        `SELECT sample_id AS "sampleId", model_id AS "modelId", weights_hash AS "weightsHash", size, vector
         FROM likeness.samples JOIN likeness.templates ON sample_id = samples.id WHERE subject_id = ANY($1) ORDER BY position, model_id`,
        [subjectIds],
      ),
    }),
    insert: async ({ subjects, samples, templates }) => {
      for (const subject of subjects) await insertSubject(transaction, subject);
      for (const sample of samples) await insertSample(transaction, sample);
      for (const template of templates) await insertTemplate(transaction, template);
    },
  };
}
