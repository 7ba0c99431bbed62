import type { Consent, FormerlyHeld, Held } from '../contract/requests/consent.ts';
import type { Deletion } from '../contract/requests/deletion.ts';
import type { SubjectCard } from '../contract/requests/gallery.ts';
import type { SampleQuality } from '../contract/requests/inspections.ts';
import type { FingerPosition } from '../contract/vocabulary.ts';
import type { TemplateProtections } from './sealed-gallery/template-protections.ts';
import type { Template, TemplateModel } from './templates.ts';

export interface SubjectQuery {
  /** Any part of the name, in whichever case, accents aside. */
  search: string;
  offset: number;
  limit: number;
  modelId: string | null;
}

/** What went of somebody whose time was over while the store was locked. */
export interface Shredded {
  subjectId: string;
  deletedAt: number;
  samples: number;
  templates: number;
  rowsLeft: number;
}

export interface NewSubject {
  id: string;
  name: string;
  note: string;
  isDemo: boolean;
  createdAt: number;
  consent?: Consent | null;
  /** When the data have to go; null: not by themselves. */
  expiresAt?: number | null;
}

export interface NewSample {
  id: string;
  fileName: string;
  bytes: Uint8Array;
  width: number;
  height: number;
  /** Of the picture's bytes; kept as a keyed hash only. */
  sha256: string;
  /** As the pipeline judged it at enrolment; null without one. */
  quality: SampleQuality | null;
  /** Which finger it shows, where that is known. */
  finger?: FingerPosition | null;
  isDemo: boolean;
  createdAt: number;
}

export type SampleRecord = Omit<NewSample, 'bytes' | 'sha256' | 'finger'> & { subjectId: string; finger: FingerPosition | null; hasTemplate: boolean };

/** One picture with its template. The person is known by identifier, or by name and made where nobody has it yet. */
export interface Enrolment {
  subject: { id: string } | NewSubject;
  sample: NewSample;
  template: Omit<Template, 'sampleId'>;
}

export type EnrolmentOutcome =
  | { kind: 'enrolled'; subjectId: string }
  /** The very same picture is enrolled already, of this person or another. */
  | { kind: 'known-picture'; subjectId: string; name: string }
  /** The gallery got another template protection meanwhile: nothing was enrolled; transform the template anew. */
  | { kind: 'other-protection' };

export interface Reference {
  sampleId: string;
  vector: Float32Array;
}

/** A template and whose it is. */
export interface SubjectTemplate {
  subjectId: string;
  sampleId: string;
  vector: Float32Array;
}

/**
 * The enrolled people: subjects, their samples and templates. The one part of the store that several stations may share
 * and that holds biometric data, so it is asked through promises and an interface of its own. All of it is sealed on the disk
 * (`sealed-gallery/`); every function rejects with RequestError('locked') while the store is locked.
 */
export interface Gallery {
  /** Grows with every change of what can be matched, by whichever process. */
  revision(): Promise<number>;
  listSubjects(query: SubjectQuery): Promise<{ total: number; subjects: SubjectCard[] }>;
  findSubject(id: string, modelId: string | null): Promise<SubjectCard | undefined>;
  findSubjectIdByName(name: string): Promise<string | undefined>;
  /** Forgets the log lines under the former name too. @throws RequestError('conflict') for a name that is taken. */
  renameSubject(id: string, name: string): Promise<void>;
  deleteSubject(id: string, deletedAt: number): Promise<Deletion>;
  /** What was agreed to and until when the data are kept, and what held before, oldest first. */
  readConsent(id: string): Promise<Held & { formerly: FormerlyHeld[] }>;
  /** Records what `decide` makes of what holds now (it may throw); that is kept as what held before. */
  changeConsent(id: string, at: number, decide: (held: Held) => Held): Promise<Held & { replaced: Held }>;
  /** People whose time was over by then. Needs no keys. */
  listExpired(now: number): Promise<string[]>;
  /** Deletes a person without any key: rows, key, log lines. Null when there is none. */
  shredSubject(id: string, deletedAt: number): Promise<Shredded | null>;
  listSamples(subjectId: string, modelId: string | null): Promise<SampleRecord[]>;
  readSample(id: string): Promise<{ bytes: Uint8Array; fileName: string } | undefined>;
  holdsSample(id: string): Promise<boolean>;
  /** Who has the picture with this content enrolled. */
  findHolder(sha256: string): Promise<{ subjectId: string; name: string } | undefined>;
  /** Deletes a picture and its templates, and wipes the log. False when there was none. */
  deleteSample(id: string): Promise<boolean>;
  /** Person, picture and template together or not at all. @throws RequestError('not-found') for a deleted person. */
  enrol(enrolment: Enrolment): Promise<EnrolmentOutcome>;
  /** Many at once, each as by `enrol`; outcomes in their order. */
  enrolMany(enrolments: readonly Enrolment[]): Promise<EnrolmentOutcome[]>;
  /** Keeps the quality of a sample that nobody had judged before; one that was judged stays as it was. */
  noteQuality(sampleId: string, quality: SampleQuality): Promise<void>;
  /** Keeps the template unless its sample or model was deleted meanwhile, or the gallery got another protection. */
  addTemplate(template: Template): Promise<void>;
  /** The transform that the templates are under. */
  readonly protections: TemplateProtections;
  listReferences(subjectId: string, model: TemplateModel): Promise<Reference[]>;
  /** Identifiers of people in their order, from the one after `after` on ('' is before all): for reading everything in pieces. */
  listSubjectIds(after: string, limit: number): Promise<string[]>;
  /** Whose templates have changed since a revision, people who were deleted among them; and the revision until which that is all. */
  listChangedSubjects(since: number): Promise<{ revision: number; subjectIds: string[] }>;
  /** The templates of these people; those of one person stand together. */
  listTemplatesOf(model: TemplateModel, subjectIds: readonly string[]): Promise<SubjectTemplate[]>;
  /** Which finger each sample of these people shows, of those where that is known. */
  listFingersOf(subjectIds: readonly string[]): Promise<Map<string, FingerPosition>>;
  listSamplesWithoutTemplate(model: TemplateModel): Promise<string[]>;
  countTemplates(modelId: string): Promise<number>;
  /** Of everybody; answered while the store is locked too. */
  count(): Promise<{ subjects: number; samples: number }>;
  /** Deletes the templates of a model that is removed. */
  forgetModel(modelId: string): Promise<void>;
  /** Deletes what the demo enrolled; people to whom the user added pictures stay, with those pictures. */
  deleteDemo(deletedAt: number): Promise<void>;
}
