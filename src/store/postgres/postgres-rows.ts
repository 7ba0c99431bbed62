import type { ModelRecord } from '../models.ts';
import { keysChanged } from '../protection/keyring.ts';
import type { EnrolmentRows, GalleryRows, RowsOutcome, SubjectChange, TemplateRow } from '../sealed-gallery/gallery-rows.ts';
import * as samples from './sample-statements.ts';
import { readProtections, serverProtection } from './server-protection.ts';
import type { Server, Transaction } from './server.ts';
import { publishModel } from './shared-models.ts';
import * as subjects from './subject-statements.ts';
import { lockGallery } from './subject-statements.ts';

/** Models as this station knows them: the server learns of one with its first template. */
export type FindModel = (modelId: string) => Pick<ModelRecord, 'id' | 'weightsHash' | 'embeddingSize'> | undefined;

/** The gallery's rows on a PostgreSQL server that several stations may share. */
export function postgresRows(server: Server, findModel: FindModel): GalleryRows {
  return {
    revision: () => subjects.revisionOf(server, 'gallery'),
    subjectsRevision: () => subjects.revisionOf(server, 'subjects'),
    listSubjectsSince: (revision) => subjects.listSubjectsSince(server, revision),
    listSubjectIds: () => subjects.listSubjectIds(server),
    listSubjectIdsAfter: (after, limit) => subjects.listSubjectIdsAfter(server, after, limit),
    listChangedSubjects: (since) => subjects.listChangedSubjects(server, since),
    countSubjects: () => subjects.countSubjects(server),
    countSamples: () => samples.countSamples(server),
    findSubject: (id) => subjects.findSubject(server, id),
    findSubjectByTag: (nameTag) => subjects.findSubjectByTag(server, nameTag),
    countsOf: (ids, modelId) => subjects.countsOfSubjects(server, ids, modelId),
    updateSubject: ({ epoch, ...change }) => changeSealed(server, epoch, (transaction) => updateSubject(transaction, change)),
    listExpired: (now) => subjects.listExpired(server, now),
    removeSubject: (id) => change(server, (transaction) => removeSubject(transaction, id)),
    countRowsOf: (subjectId, sampleIds) => samples.countRowsOf(server, subjectId, sampleIds),
    listSamples: (subjectId, modelId) => samples.listSamples(server, subjectId, modelId),
    readSample: (id) => samples.readSample(server, id),
    ownerOf: (id) => samples.ownerOfSample(server, id),
    findHolder: (contentTag) => subjects.findHolder(server, contentTag),
    removeSample: (id) => change(server, async (transaction) => (await transaction.run('DELETE FROM likeness.samples WHERE id = $1', [id])) > 0),
    enrol: (rows, epoch) => changeSealed(server, epoch, async (transaction) => {
      await publishModels(transaction, rows.map(({ template }) => template), findModel);
      const { current } = await readProtections(transaction);
      const outcomes: RowsOutcome[] = [];
      for (const one of rows) outcomes.push(one.template.protection === current.id ? await enrol(transaction, one) : { kind: 'other-protection' });
      return outcomes;
    }),
    updateSampleDetails: ({ epoch, ...change }) => changeSealed(server, epoch, (transaction) => samples.updateSampleDetails(transaction, change)),
    addTemplate: (template, epoch) => changeSealed(server, epoch, async (transaction) => {
      await publishModels(transaction, [template], findModel);
      if (template.protection === (await readProtections(transaction)).current.id) await samples.keepTemplateIfWanted(transaction, 'templates', template);
    }),
    listReferences: (subjectId, model) => samples.listReferences(server, subjectId, model),
    listDetailsOf: (subjectIds) => samples.listDetailsOf(server, subjectIds),
    listTemplatesOfSubject: (subjectId) => samples.listTemplatesOfSubject(server, subjectId),
    listTemplatesOf: (model, subjectIds) => samples.listTemplatesOf(server, model, subjectIds),
    listSamplesWithoutTemplate: (model) => samples.listSamplesWithoutTemplate(server, model),
    countTemplates: (modelId) => samples.countTemplatesOfModel(server, modelId),
    forgetModel: (modelId) => change(server, async (transaction) => { await transaction.run('DELETE FROM likeness.models WHERE id = $1', [modelId]); }),
    listDemoSubjectIds: () => subjects.listDemoSubjectIds(server),
    disownDemo: (subjectId) => change(server, async (transaction) => {
      await transaction.run('DELETE FROM likeness.samples WHERE subject_id = $1 AND is_demo', [subjectId]);
      await transaction.run('UPDATE likeness.subjects SET is_demo = false WHERE id = $1', [subjectId]);
    }),
    protection: serverProtection(server, { change: (work) => change(server, work), changeSealed: (epoch, work) => changeSealed(server, epoch, work) }),
    scrub: async () => { await server.run('VACUUM likeness.templates, likeness.next_templates, likeness.template_protections, likeness.samples, likeness.subjects'); },
  };
}

/** Every change waits at the same place before it touches a row, so no two stations ever wait for each other. */
function change<Value>(server: Server, work: (transaction: Transaction) => Promise<Value>): Promise<Value> {
  return server.transaction(async (transaction) => {
    await lockGallery(transaction);
    return work(transaction);
  });
}

/** A change that brings envelopes: refused when the keys were replaced meanwhile. */
function changeSealed<Value>(server: Server, epoch: number, work: (transaction: Transaction) => Promise<Value>): Promise<Value> {
  return server.transaction(async (transaction) => {
    await requireEpoch(transaction, epoch);
    await lockGallery(transaction);
    return work(transaction);
  });
}

async function requireEpoch(transaction: Transaction, epoch: number): Promise<void> {
  // Held until the commit, so that no station changes the keys meanwhile.
  const [ring] = await transaction.all<{ epoch: number }>('SELECT epoch FROM likeness.keyring FOR SHARE');
  if (ring?.epoch !== epoch) throw keysChanged();
}

/** A template refers to its model. What this station does not know it does not publish, and the template is refused. */
async function publishModels(transaction: Transaction, templates: readonly TemplateRow[], findModel: FindModel): Promise<void> {
  for (const modelId of new Set(templates.map((template) => template.modelId))) {
    const model = findModel(modelId);
    if (model !== undefined) await publishModel(transaction, model);
  }
}

async function updateSubject(transaction: Transaction, { was, expiresAt, ...change }: Omit<SubjectChange, 'epoch'>): ReturnType<GalleryRows['updateSubject']> {
  const row = await subjects.findSubject(transaction, change.id);
  if (row === undefined) return 'gone';
  const holder = await subjects.findSubjectByTag(transaction, change.nameTag);
  if (holder !== undefined && holder.id !== change.id) return 'taken';
  if (Buffer.compare(row.details, was) !== 0) return 'changed';
  await subjects.updateSubject(transaction, change);
  if (expiresAt !== undefined) await subjects.setExpiry(transaction, change.id, expiresAt);
  return 'updated';
}

async function removeSubject(transaction: Transaction, id: string): Promise<{ samples: number; templates: number } | null> {
  const templates = await transaction.run('DELETE FROM likeness.templates WHERE sample_id IN (SELECT id FROM likeness.samples WHERE subject_id = $1)', [id]);
  const removed = await transaction.run('DELETE FROM likeness.samples WHERE subject_id = $1', [id]);
  const isRemoved = (await transaction.run('DELETE FROM likeness.subjects WHERE id = $1', [id])) > 0;
  return isRemoved ? { samples: removed, templates } : null;
}

async function enrol(transaction: Transaction, { subject, sample, template }: EnrolmentRows): Promise<RowsOutcome> {
  const holder = await subjects.findHolder(transaction, sample.contentTag);
  if (holder !== undefined) return { kind: 'known-picture', holder };
  if ('nameTag' in subject) {
    if ((await subjects.findSubjectByTag(transaction, subject.nameTag)) !== undefined) return { kind: 'name-taken' };
    await subjects.insertSubjects(transaction, [subject]);
  } else if ((await subjects.findSubject(transaction, subject.id)) === undefined) {
    return { kind: 'gone' };
  }
  await samples.insertSample(transaction, sample);
  await samples.insertTemplates(transaction, [template]);
  return { kind: 'enrolled' };
}
