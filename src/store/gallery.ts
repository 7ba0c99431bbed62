import { RequestError } from '../contract/request-error.ts';
import type { DeletionReceipt, SubjectCard } from '../contract/requests/gallery.ts';
import { emptyWriteAheadLog } from './checkpoint.ts';
import { deleteSubject } from './delete-subject.ts';
import type { Enrolment, EnrolmentOutcome } from './enrol-sample.ts';
import { enrolSample } from './enrol-sample.ts';
import { removeJobLinesAbout } from './job-lines.ts';
import type { SampleRecord } from './samples.ts';
import * as samples from './samples.ts';
import type { Database } from './statement.ts';
import { sql, transaction } from './statement.ts';
import type { SubjectQuery } from './subjects.ts';
import * as subjects from './subjects.ts';
import type { Template, TemplateModel } from './templates.ts';
import * as templates from './templates.ts';

export interface Reference {
  sampleId: string;
  vector: Float32Array;
}

/**
 * The enrolled people: subjects, their samples and templates. The one part of the store that several stations may share
 * and that holds biometric data, so it is asked through promises and an interface of its own.
 */
export interface Gallery {
  /** Grows with every change of what can be matched, by whichever process. */
  revision(): Promise<number>;
  listSubjects(query: SubjectQuery): Promise<{ total: number; subjects: SubjectCard[] }>;
  findSubject(id: string, modelId: string | null): Promise<SubjectCard | undefined>;
  findSubjectIdByName(name: string): Promise<string | undefined>;
  /** Forgets the log lines under the former name too. @throws RequestError('conflict') for a name that is taken. */
  renameSubject(id: string, name: string): Promise<void>;
  deleteSubject(id: string, deletedAt: number): Promise<DeletionReceipt>;
  listSamples(subjectId: string, modelId: string | null): Promise<SampleRecord[]>;
  readSample(id: string): Promise<{ bytes: Uint8Array; fileName: string } | undefined>;
  holdsSample(id: string): Promise<boolean>;
  /** Who has the picture with this content enrolled. */
  findHolder(sha256: string): Promise<{ subjectId: string; name: string } | undefined>;
  /** Deletes a picture and its templates, and wipes the log. False when there was none. */
  deleteSample(id: string): Promise<boolean>;
  /** Person, picture and template together or not at all. @throws RequestError('not-found') for a deleted person. */
  enrol(enrolment: Enrolment): Promise<EnrolmentOutcome>;
  /** Keeps the template unless its sample or model was deleted meanwhile. */
  addTemplate(template: Template): Promise<void>;
  listReferences(subjectId: string, model: TemplateModel): Promise<Reference[]>;
  listTemplates(model: TemplateModel): Promise<{ subjectId: string; vector: Float32Array }[]>;
  listSamplesWithoutTemplate(model: TemplateModel): Promise<string[]>;
  countTemplates(modelId: string): Promise<number>;
  /** Deletes what the demo enrolled; people to whom the user added pictures stay, with those pictures. */
  deleteDemo(deletedAt: number): Promise<void>;
}

export function sqliteGallery(database: Database): Gallery {
  return {
    revision: async () => galleryRevision(database),
    listSubjects: async (query) => ({
      total: subjects.countMatchingSubjects(database, query.search),
      subjects: subjects.listSubjects(database, query),
    }),
    findSubject: async (id, modelId) => subjects.findSubject(database, id, modelId),
    findSubjectIdByName: async (name) => subjects.findSubjectIdByName(database, name),
    renameSubject: async (id, name) => renameSubject(database, id, name),
    deleteSubject: async (id, deletedAt) => deleteSubject(database, id, deletedAt),
    listSamples: async (subjectId, modelId) => samples.listSamples(database, subjectId, modelId),
    readSample: async (id) => samples.readSampleBytes(database, id),
    holdsSample: async (id) => samples.holdsSample(database, id),
    findHolder: async (sha256) => samples.findHolder(database, sha256),
    deleteSample: async (id) => deleteSample(database, id),
    enrol: async (enrolment) => enrolSample(database, enrolment),
    addTemplate: async (template) => templates.insertTemplateIfWanted(database, template),
    listReferences: async (subjectId, model) => templates.listReferences(database, subjectId, model),
    listTemplates: async (model) => templates.listTemplatesOfModel(database, model),
    listSamplesWithoutTemplate: async (model) => templates.listSamplesWithoutTemplate(database, model),
    countTemplates: async (modelId) => templates.countTemplatesOfModel(database, modelId),
    deleteDemo: async (deletedAt) => deleteDemo(database, deletedAt),
  };
}

function galleryRevision(database: Database): number {
  return sql<{ value: number }>(database, `SELECT value FROM revisions WHERE name = 'gallery'`).get()!.value;
}

function renameSubject(database: Database, id: string, name: string): void {
  transaction(database, () => {
    const former = subjects.findSubject(database, id, null);
    if (former === undefined) throw new RequestError('not-found', 'This person is not enrolled (any more).');
    const holder = subjects.findSubjectIdByName(database, name);
    if (holder !== undefined && holder !== id) {
      throw new RequestError('conflict', `Somebody is enrolled as "${name}" already. Choose another name.`);
    }
    removeJobLinesAbout(database, former.name);
    subjects.renameSubject(database, id, name);
  });
}

function deleteSample(database: Database, id: string): boolean {
  const removed = samples.removeSample(database, id);
  emptyWriteAheadLog(database);
  return removed > 0;
}

function deleteDemo(database: Database, deletedAt: number): void {
  for (const id of subjects.listDemoSubjectIds(database)) {
    const own = samples.listSamples(database, id, null).filter((sample) => !sample.isDemo);
    if (own.length === 0) {
      deleteSubject(database, id, deletedAt);
      continue;
    }
    samples.removeDemoSamples(database, id);
    subjects.setSubjectOwned(database, id);
  }
  emptyWriteAheadLog(database);
}
