import { emptyWriteAheadLog } from '../checkpoint.ts';
import { requireEpoch } from '../protection/keyring.ts';
import * as samples from '../samples.ts';
import type { Database } from '../statement.ts';
import { sql, transaction } from '../statement.ts';
import * as subjects from '../subjects.ts';
import * as templates from '../templates.ts';
import { readProtections, sqliteProtection } from './sqlite-protection.ts';
import type { EnrolmentRows, GalleryRows, RowsOutcome, SubjectChange } from './gallery-rows.ts';

/** The gallery's rows in the desk's own database. */
export function sqliteRows(database: Database): GalleryRows {
  return {
    revision: async () => galleryRevision(database),
    subjectsRevision: async () => subjects.subjectsRevision(database),
    listSubjectsSince: async (revision) => subjects.listSubjectsSince(database, revision),
    listSubjectIds: async () => subjects.listSubjectIds(database),
    listSubjectIdsAfter: async (after, limit) => subjects.listSubjectIdsAfter(database, after, limit),
    listChangedSubjects: async (since) => subjects.listChangedSubjects(database, since),
    countSubjects: async () => subjects.countSubjects(database),
    countSamples: async () => samples.countSamples(database),
    findSubject: async (id) => subjects.findSubject(database, id),
    findSubjectByTag: async (nameTag) => subjects.findSubjectByTag(database, nameTag),
    countsOf: async (ids, modelId) => subjects.countsOfSubjects(database, ids, modelId),
    updateSubject: async (change) => updateSubject(database, change),
    listExpired: async (now) => subjects.listExpired(database, now),
    removeSubject: async (id) => removeSubject(database, id),
    countRowsOf: async (subjectId, sampleIds) =>
      subjects.countSubjectRows(database, subjectId) + samples.countSamplesOfSubject(database, subjectId) + templates.countTemplatesOfSamples(database, [...sampleIds]),
    listSamples: async (subjectId, modelId) => samples.listSamples(database, subjectId, modelId),
    readSample: async (id) => samples.readSample(database, id),
    ownerOf: async (id) => samples.ownerOfSample(database, id),
    findHolder: async (contentTag) => subjects.findHolder(database, contentTag),
    removeSample: async (id) => samples.removeSample(database, id) > 0,
    enrol: async (rows, epoch) => transaction(database, () => {
      requireEpoch(database, epoch);
      const { current } = readProtections(database);
      return rows.map((one) => (one.template.protection === current.id ? enrol(database, one) : { kind: 'other-protection' }));
    }),
    updateSampleDetails: async ({ epoch, ...change }) => transaction(database, () => {
      requireEpoch(database, epoch);
      samples.updateSampleDetails(database, change);
    }),
    addTemplate: async (template, epoch) => transaction(database, () => {
      requireEpoch(database, epoch);
      if (template.protection === readProtections(database).current.id) templates.keepTemplateIfWanted(database, 'templates', template);
    }),
    listReferences: async (subjectId, model) => templates.listReferences(database, subjectId, model),
    listTemplatesOf: async (model, subjectIds) => templates.listTemplatesOf(database, model, subjectIds),
    listDetailsOf: async (subjectIds) => samples.listDetailsOf(database, subjectIds),
    listTemplatesOfSubject: async (subjectId) => templates.listTemplatesOfSubject(database, subjectId),
    listSamplesWithoutTemplate: async (model) => templates.listSamplesWithoutTemplate(database, model),
    countTemplates: async (modelId) => templates.countTemplatesOfModel(database, modelId),
    // The model's row is in the same database, and takes its templates along.
    forgetModel: async () => undefined,
    listDemoSubjectIds: async () => subjects.listDemoSubjectIds(database),
    disownDemo: async (subjectId) => transaction(database, () => {
      samples.removeDemoSamples(database, subjectId);
      subjects.setSubjectOwned(database, subjectId);
    }),
    protection: sqliteProtection(database),
    scrub: async () => { emptyWriteAheadLog(database); },
  };
}

function galleryRevision(database: Database): number {
  return sql<{ value: number }>(database, `SELECT value FROM revisions WHERE name = 'gallery'`).get()!.value;
}

function updateSubject(database: Database, { epoch, was, expiresAt, ...change }: SubjectChange): Awaited<ReturnType<GalleryRows['updateSubject']>> {
  return transaction(database, () => {
    requireEpoch(database, epoch);
    const row = subjects.findSubject(database, change.id);
    if (row === undefined) return 'gone';
    const holder = subjects.findSubjectByTag(database, change.nameTag);
    if (holder !== undefined && holder.id !== change.id) return 'taken';
    if (Buffer.compare(row.details, was) !== 0) return 'changed';
    subjects.updateSubject(database, change);
    if (expiresAt !== undefined) subjects.setExpiry(database, change.id, expiresAt);
    return 'updated';
  });
}

function removeSubject(database: Database, id: string): { samples: number; templates: number } | null {
  return transaction(database, () => {
    const removed = { templates: templates.removeTemplatesOfSubject(database, id), samples: samples.removeSamplesOfSubject(database, id) };
    return subjects.removeSubject(database, id) === 0 ? null : removed;
  });
}

/** Within a transaction. */
function enrol(database: Database, { subject, sample, template }: EnrolmentRows): RowsOutcome {
  const holder = subjects.findHolder(database, sample.contentTag);
  if (holder !== undefined) return { kind: 'known-picture', holder };
  if ('nameTag' in subject) {
    if (subjects.findSubjectByTag(database, subject.nameTag) !== undefined) return { kind: 'name-taken' };
    subjects.insertSubject(database, subject);
  } else if (subjects.countSubjectRows(database, subject.id) === 0) {
    return { kind: 'gone' };
  }
  samples.insertSample(database, sample);
  templates.insertTemplate(database, template);
  return { kind: 'enrolled' };
}
