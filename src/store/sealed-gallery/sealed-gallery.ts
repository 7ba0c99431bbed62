import { setImmediate } from 'node:timers/promises';
import type { FingerPosition } from '../../contract/vocabulary.ts';
import type { ScanReport } from '../../contract/requests/deletion.ts';
import type { SubjectCard } from '../../contract/requests/gallery.ts';
import type { Gallery, SubjectTemplate } from '../gallery.ts';
import type { JobLines } from '../job-lines.ts';
import { lockedError } from '../protection/vault.ts';
import type { Vault } from '../protection/vault.ts';
import { tagOf } from '../protection/store-keys.ts';
import type { StoreKeys } from '../protection/store-keys.ts';
import type { Receipts } from '../receipts.ts';
import type { ScannedFile, Wanted } from '../scan-files.ts';
import type { Template, TemplateModel } from '../templates.ts';
import { changeConsent, renameSubject } from './change-subject.ts';
import { deleteDemo, deleteSubject, shredSubject } from './delete-subject.ts';
import { enrol, enrolMany } from './enrol.ts';
import type { GalleryRows, Owner } from './gallery-rows.ts';
import { noteQuality } from './note-quality.ts';
import type { SubjectKey } from './sealing.ts';
import { sealVector, unsealPicture, unsealSampleDetails, unsealVector, unwrapSubjectKey } from './sealing.ts';
import type { KnownSubject, SubjectDirectory } from './subject-directory.ts';
import { knownSubject, subjectDirectory } from './subject-directory.ts';
import { templateProtections } from './template-protections.ts';

/** What the gallery stands on. */
export interface GalleryParts {
  rows: GalleryRows;
  vault: Vault;
  jobLines: JobLines;
  receipts: Receipts;
  /** Looks for what would give a person away in every file of the data folder. */
  scanFiles(wanted: Omit<Wanted, 'mayHoldReference'>): Promise<ScannedFile[]>;
  /** Rows of this machine's database that hold a name in clear. */
  rowsNaming(name: string): ScanReport['tables'];
}

/** The gallery as the product knows it, over rows that no database can read. */
export function sealedGallery(parts: GalleryParts): Gallery & { forget(): void } {
  const { rows, vault } = parts;
  const directory = subjectDirectory(rows, vault);
  return {
    forget: () => { directory.forget(); },
    revision: () => { vault.keys(); return rows.revision(); },
    listSubjects: (query) => listSubjects(parts, directory, query),
    findSubject: async (id, modelId) => {
      const row = await rows.findSubject(id);
      return row && (await cardsOf(rows, [knownSubject(vault.keys(), row)], modelId))[0];
    },
    findSubjectIdByName: async (name) => (await rows.findSubjectByTag(tagOf(vault.keys(), 'name', name)))?.id,
    renameSubject: (id, name) => renameSubject(parts, id, name),
    ...consentOf(parts),
    deleteSubject: (id, deletedAt) => deleteSubject(parts, id, deletedAt),
    listSamples: async (subjectId, modelId) => {
      const row = await rows.findSubject(subjectId);
      if (row === undefined) return [];
      const key = unwrapSubjectKey(vault.keys(), subjectId, row.key);
      return (await rows.listSamples(subjectId, modelId)).map(({ details, ...sample }) => ({ ...sample, quality: null, finger: null, ...unsealSampleDetails(key, sample.id, details) }));
    },
    readSample: async (id) => {
      const keys = vault.keys();
      const row = await rows.readSample(id);
      if (row === undefined) return undefined;
      const key = unwrapSubjectKey(keys, row.subjectId, row.key);
      return { bytes: unsealPicture(key, id, row.bytes), fileName: unsealSampleDetails(key, id, row.details).fileName };
    },
    holdsSample: async (id) => (await rows.ownerOf(id)) !== undefined,
    findHolder: async (sha256) => {
      const keys = vault.keys();
      const row = await rows.findHolder(tagOf(keys, 'picture', sha256));
      return row && { subjectId: row.id, name: knownSubject(keys, row).name };
    },
    deleteSample: async (id) => {
      vault.keys();
      const isRemoved = await rows.removeSample(id);
      await rows.scrub();
      return isRemoved;
    },
    enrol: (enrolment) => enrol(parts, enrolment),
    enrolMany: (enrolments) => enrolMany(parts, enrolments),
    noteQuality: (sampleId, quality) => noteQuality(parts, sampleId, quality),
    addTemplate: (template) => addTemplate(parts, template),
    protections: templateProtections(parts),
    listReferences: (subjectId, model) => listReferences(parts, subjectId, model),
    listSubjectIds: (after, limit) => rows.listSubjectIdsAfter(after, limit),
    listChangedSubjects: (since) => { vault.keys(); return rows.listChangedSubjects(since); },
    listTemplatesOf: (model, subjectIds) => listTemplatesOf(parts, model, subjectIds),
    listFingersOf: (subjectIds) => listFingersOf(parts, subjectIds),
    listSamplesWithoutTemplate: (model) => rows.listSamplesWithoutTemplate(model),
    countTemplates: (modelId) => rows.countTemplates(modelId),
    count: async () => ({ subjects: await rows.countSubjects(), samples: await rows.countSamples() }),
    forgetModel: (modelId) => rows.forgetModel(modelId),
    deleteDemo: (deletedAt) => deleteDemo(parts, deletedAt),
  };
}

async function listSubjects({ rows }: GalleryParts, directory: SubjectDirectory, query: Parameters<Gallery['listSubjects']>[0]): ReturnType<Gallery['listSubjects']> {
  const found = await directory.search(query.search);
  const page = found.slice(query.offset, query.offset + query.limit);
  return { total: found.length, subjects: await cardsOf(rows, page, query.modelId) };
}

/** In the order of the subjects; who was deleted meanwhile is left out. */
async function cardsOf(rows: GalleryRows, subjects: readonly KnownSubject[], modelId: string | null): Promise<SubjectCard[]> {
  const counts = new Map((await rows.countsOf(subjects.map(({ id }) => id), modelId)).map((count) => [count.id, count]));
  return subjects.flatMap(({ id, name, note, createdAt }) => {
    const count = counts.get(id);
    return count === undefined ? [] : [{ id, name, note, samples: count.samples, templates: count.templates, portrait: count.portrait, createdAt }];
  });
}

/** Consent and the day on which the data go. */
function consentOf(parts: GalleryParts): Pick<Gallery, 'readConsent' | 'changeConsent' | 'listExpired' | 'shredSubject'> {
  const { rows, vault } = parts;
  return {
    readConsent: async (id) => {
      const row = await rows.findSubject(id);
      if (row === undefined) return { consent: null, expiresAt: null, formerly: [] };
      const { consent = null, formerly = [] } = knownSubject(vault.keys(), row);
      return { consent, expiresAt: row.expiresAt, formerly };
    },
    changeConsent: (id, at, decide) => changeConsent(parts, id, { at, decide }),
    listExpired: (now) => rows.listExpired(now),
    shredSubject: (id, deletedAt) => shredSubject(parts, id, deletedAt),
  };
}

async function addTemplate({ rows, vault }: GalleryParts, template: Template): Promise<void> {
  const keys = vault.keys();
  const owner = await rows.ownerOf(template.sampleId);
  if (owner === undefined) return;
  const vector = sealVector(unwrapSubjectKey(keys, owner.subjectId, owner.key), template, template.vector);
  await rows.addTemplate({ ...template, vector }, keys.epoch);
}

async function listReferences({ rows, vault }: GalleryParts, subjectId: string, model: TemplateModel): ReturnType<Gallery['listReferences']> {
  const keys = vault.keys();
  const row = await rows.findSubject(subjectId);
  if (row === undefined) return [];
  const key = unwrapSubjectKey(keys, subjectId, row.key);
  return (await rows.listReferences(subjectId, model)).map(({ sampleId, vector }) => ({ sampleId, vector: unsealVector(key, { ...model, sampleId }, vector) }));
}

/** So many envelopes are opened before others get their turn. */
const unsealedAtOnce = 2000;

/** Calls `open` with each row and its owner's key; rows of one owner stand together. @throws RequestError('locked') when the store is locked meanwhile. */
async function openEach<Row extends Owner>({ vault, keys }: { vault: Vault; keys: StoreKeys }, rows: readonly Row[], open: (row: Row, key: SubjectKey) => void): Promise<void> {
  let owner: SubjectKey | null = null;
  for (const [index, row] of rows.entries()) {
    if (index % unsealedAtOnce === 0 && index > 0) {
      await setImmediate();
      if (vault.isLocked()) throw lockedError();
    }
    if (owner?.subjectId !== row.subjectId) owner = unwrapSubjectKey(keys, row.subjectId, row.key);
    open(row, owner);
  }
}

async function listTemplatesOf({ rows, vault }: GalleryParts, model: TemplateModel, subjectIds: readonly string[]): ReturnType<Gallery['listTemplatesOf']> {
  const keys = vault.keys();
  const templates: SubjectTemplate[] = [];
  await openEach({ vault, keys }, await rows.listTemplatesOf(model, subjectIds), ({ subjectId, sampleId, vector }, key) => {
    templates.push({ subjectId, sampleId, vector: unsealVector(key, { ...model, sampleId }, vector) });
  });
  return templates;
}

async function listFingersOf({ rows, vault }: GalleryParts, subjectIds: readonly string[]): ReturnType<Gallery['listFingersOf']> {
  const keys = vault.keys();
  const fingers = new Map<string, FingerPosition>();
  await openEach({ vault, keys }, await rows.listDetailsOf(subjectIds), ({ sampleId, details }, key) => {
    const { finger } = unsealSampleDetails(key, sampleId, details);
    if (finger) fingers.set(sampleId, finger);
  });
  return fingers;
}
