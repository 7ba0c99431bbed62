import { randomBytes } from 'node:crypto';
import type { SampleQuality } from '../../contract/requests/inspections.ts';
import type { FingerPosition } from '../../contract/vocabulary.ts';
import type { Consent, FormerlyHeld } from '../../contract/requests/consent.ts';
import { bytesOf, float32Of } from '../blobs.ts';
import { keyLength, seal, sealText, unseal, unsealText } from '../protection/envelope.ts';
import type { FieldKey, StoreKeys } from '../protection/store-keys.ts';
import type { TemplateModel } from '../templates.ts';
import type { ProtectionRow } from './protection-rows.ts';

/** What is known of a person besides pictures and templates. */
export interface SubjectDetails {
  name: string;
  note: string;
  /** What they agreed to; absent where nothing was recorded. */
  consent?: Consent | null;
  /** What held before, oldest first; absent where nothing was replaced. */
  formerly?: FormerlyHeld[];
}

export interface SampleDetails {
  fileName: string;
  /** As the pipeline judged the picture when it was enrolled; null where none did, missing in what was enrolled before there were any. */
  quality?: SampleQuality | null;
  /** Which finger it shows; missing where nobody said. */
  finger?: FingerPosition | null;
}

/** The key of one subject: who deletes its wrapped form makes every envelope of the subject unreadable, copies included. */
export interface SubjectKey {
  subjectId: string;
  key: Uint8Array;
}

export function newSubjectKey(keys: StoreKeys, subjectId: string): SubjectKey & { wrapped: Uint8Array } {
  const key = new Uint8Array(randomBytes(keyLength));
  return { subjectId, key, wrapped: wrapSubjectKey(keys, { subjectId, key }) };
}

export function wrapSubjectKey(keys: StoreKeys, { subjectId, key }: SubjectKey): Uint8Array {
  return seal(keys.wrap, key, ['subject key', subjectId, String(keys.epoch)]);
}

export function unwrapSubjectKey(keys: StoreKeys, subjectId: string, wrapped: Uint8Array): SubjectKey {
  return { subjectId, key: unseal(keys.wrap, wrapped, ['subject key', subjectId, String(keys.epoch)]) };
}

export function sealSubject({ subjectId, key }: SubjectKey, details: SubjectDetails): Uint8Array {
  return sealText(key, JSON.stringify(details), ['person', subjectId]);
}

export function unsealSubject({ subjectId, key }: SubjectKey, envelope: Uint8Array): SubjectDetails {
  return JSON.parse(unsealText(key, envelope, ['person', subjectId])) as SubjectDetails;
}

export function sealSampleDetails({ subjectId, key }: SubjectKey, sampleId: string, details: SampleDetails): Uint8Array {
  return sealText(key, JSON.stringify(details), ['sample details', subjectId, sampleId]);
}

export function unsealSampleDetails({ subjectId, key }: SubjectKey, sampleId: string, envelope: Uint8Array): SampleDetails {
  return JSON.parse(unsealText(key, envelope, ['sample details', subjectId, sampleId])) as SampleDetails;
}

export function sealPicture({ subjectId, key }: SubjectKey, sampleId: string, bytes: Uint8Array): Uint8Array {
  return seal(key, bytes, ['sample', subjectId, sampleId]);
}

export function unsealPicture({ subjectId, key }: SubjectKey, sampleId: string, envelope: Uint8Array): Uint8Array {
  return unseal(key, envelope, ['sample', subjectId, sampleId]);
}

/** Of which sample, by which weights and under which protection: a template moved to another row is refused. */
export interface TemplatePlace extends TemplateModel {
  sampleId: string;
}

export function sealVector({ subjectId, key }: SubjectKey, place: TemplatePlace, vector: Float32Array): Uint8Array {
  return seal(key, bytesOf(vector), templateContext(subjectId, place));
}

export function unsealVector({ subjectId, key }: SubjectKey, place: TemplatePlace, envelope: Uint8Array): Float32Array {
  return float32Of(unseal(key, envelope, templateContext(subjectId, place)));
}

function templateContext(subjectId: string, { sampleId, modelId, weightsHash, size, protection }: TemplatePlace): [string, ...string[]] {
  const unprotected: [string, ...string[]] = ['template', subjectId, sampleId, modelId, weightsHash, String(size)];
  // What was sealed before there were any protections names none.
  return protection === '' ? unprotected : [...unprotected, protection];
}

/** The secret key of a transform: of a gallery, and so of no one subject. */
export function sealProtectionKey(keys: FieldKey, { id, transform }: Pick<ProtectionRow, 'id' | 'transform'>, key: Uint8Array): Uint8Array {
  return seal(keys.fields, key, ['template key', id, transform]);
}

export function unsealProtectionKey(keys: FieldKey, { id, transform }: Pick<ProtectionRow, 'id' | 'transform'>, envelope: Uint8Array): Uint8Array {
  return unseal(keys.fields, envelope, ['template key', id, transform]);
}
