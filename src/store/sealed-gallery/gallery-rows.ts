import type { TemplateModel } from '../templates.ts';
import type { ProtectionRows } from './protection-rows.ts';

/** A subject as it lies on the disk: opaque but for its identifier. `key` is the subject's own key, wrapped by the store's. */
export interface SubjectRow {
  id: string;
  /** Keyed hash of the name: equal names are found, nothing else. */
  nameTag: Uint8Array;
  key: Uint8Array;
  /** Envelope of SubjectDetails. */
  details: Uint8Array;
  isDemo: boolean;
  createdAt: number;
  /** When the person's data have to go; readable without keys, so that it happens on time. */
  expiresAt: number | null;
}

export interface SampleRow {
  id: string;
  subjectId: string;
  /** Keyed hash of the picture's SHA-256. */
  contentTag: Uint8Array;
  /** Envelope of SampleDetails. */
  details: Uint8Array;
  width: number;
  height: number;
  isDemo: boolean;
  createdAt: number;
  /** Envelope of the picture. */
  bytes: Uint8Array;
}

export type ListedSample = Omit<SampleRow, 'bytes' | 'contentTag'> & { hasTemplate: boolean };

export interface TemplateRow extends TemplateModel {
  sampleId: string;
  /** Envelope of the float32 vector. */
  vector: Uint8Array;
}

export interface SubjectCounts {
  id: string;
  samples: number;
  templates: number;
  /** The oldest sample. */
  portrait: string | null;
}

export interface EnrolmentRows {
  subject: SubjectRow | { id: string };
  sample: SampleRow;
  template: TemplateRow;
}

export type RowsOutcome =
  | { kind: 'enrolled' }
  | { kind: 'known-picture'; holder: SubjectRow }
  /** Somebody else made a person of this name meanwhile. */
  | { kind: 'name-taken' }
  | { kind: 'gone' }
  /** The templates of the gallery are under another protection than this one. */
  | { kind: 'other-protection' };

export interface SubjectChange {
  id: string;
  nameTag: Uint8Array;
  details: Uint8Array;
  /** The envelope of the details that this follows from. */
  was: Uint8Array;
  epoch: number;
  /** Left as it is where it is not said. */
  expiresAt?: number | null;
}

/** A key that was handed over with what it opens. */
export interface Owner {
  subjectId: string;
  key: Uint8Array;
}

export type SealedDetails = Owner & { sampleId: string; details: Uint8Array };

export type SealedTemplate = Owner & { sampleId: string; vector: Uint8Array };

/**
 * The gallery as sealed rows: what a database has to do, and all that it ever sees. Each function is one transaction. Whatever
 * writes envelopes names the epoch of its keys, and is refused ('locked') when the keys were replaced meanwhile.
 */
export interface GalleryRows {
  /** Grows with every template that comes, changes or goes. */
  revision(): Promise<number>;
  /** Grows with every subject that comes, changes or goes. */
  subjectsRevision(): Promise<number>;
  /** Subjects that came or changed after a revision of the subjects. */
  listSubjectsSince(revision: number): Promise<SubjectRow[]>;
  listSubjectIds(): Promise<string[]>;
  /** Identifiers in their order, from the one after `after` on; '' is before all. */
  listSubjectIdsAfter(after: string, limit: number): Promise<string[]>;
  /** Whose templates have changed since a revision of the templates, people who were deleted among them; and the revision now. */
  listChangedSubjects(since: number): Promise<{ revision: number; subjectIds: string[] }>;
  countSubjects(): Promise<number>;
  countSamples(): Promise<number>;
  findSubject(id: string): Promise<SubjectRow | undefined>;
  findSubjectByTag(nameTag: Uint8Array): Promise<SubjectRow | undefined>;
  /** Of these subjects; `templates` are those of the model. */
  countsOf(subjectIds: readonly string[], modelId: string | null): Promise<SubjectCounts[]>;
  /** 'changed': somebody else has written other details than `was` meanwhile. */
  updateSubject(change: SubjectChange): Promise<'updated' | 'taken' | 'changed' | 'gone'>;
  listExpired(now: number): Promise<string[]>;
  /** Takes a person away with everything that hangs on it; null when there is none. */
  removeSubject(id: string): Promise<{ samples: number; templates: number } | null>;
  /** Rows that are left of a subject and of samples: zero once they are deleted. */
  countRowsOf(subjectId: string, sampleIds: readonly string[]): Promise<number>;
  listSamples(subjectId: string, modelId: string | null): Promise<ListedSample[]>;
  readSample(id: string): Promise<(Owner & Pick<SampleRow, 'details' | 'bytes'>) | undefined>;
  ownerOf(sampleId: string): Promise<Owner | undefined>;
  findHolder(contentTag: Uint8Array): Promise<SubjectRow | undefined>;
  removeSample(id: string): Promise<boolean>;
  /** In one transaction; outcomes in the order of the rows. */
  enrol(rows: readonly EnrolmentRows[], epoch: number): Promise<RowsOutcome[]>;
  /** Nothing happens where the sample is gone, or its details are others than `was` by now. */
  updateSampleDetails(change: Pick<SampleRow, 'id' | 'details'> & { was: Uint8Array; epoch: number }): Promise<void>;
  /** Unless its sample or model was deleted meanwhile, or the gallery has another protection. */
  addTemplate(template: TemplateRow, epoch: number): Promise<void>;
  listReferences(subjectId: string, model: TemplateModel): Promise<{ sampleId: string; vector: Uint8Array }[]>;
  /** Of these subjects; the templates of one stand together. */
  listTemplatesOf(model: TemplateModel, subjectIds: readonly string[]): Promise<SealedTemplate[]>;
  /** Of every sample of these subjects; those of one stand together. */
  listDetailsOf(subjectIds: readonly string[]): Promise<SealedDetails[]>;
  /** Of one person, of every model. */
  listTemplatesOfSubject(subjectId: string): Promise<TemplateRow[]>;
  listSamplesWithoutTemplate(model: TemplateModel): Promise<string[]>;
  countTemplates(modelId: string): Promise<number>;
  /** Its templates go with it. */
  forgetModel(modelId: string): Promise<void>;
  listDemoSubjectIds(): Promise<string[]>;
  /** Takes the demo's samples from a person to whom the user added others; the person is the user's from then on. */
  disownDemo(subjectId: string): Promise<void>;
  /** The transform that the templates are under, and its changes. */
  protection: ProtectionRows;
  /** Afterwards no file of the store holds what was deleted: log, free pages. */
  scrub(): Promise<void>;
}
