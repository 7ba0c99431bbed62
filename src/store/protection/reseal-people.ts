import { createHash } from 'node:crypto';
import type { PeopleRows } from '../move/people.ts';
import type { SampleRow, SubjectRow, TemplateRow } from '../sealed-gallery/gallery-rows.ts';
import type { SubjectKey } from '../sealed-gallery/sealing.ts';
import * as sealing from '../sealed-gallery/sealing.ts';
import type { StoreKeys } from './store-keys.ts';
import { tagOf } from './store-keys.ts';

/** From a person's former key to the new one. */
interface KeyChange {
  from: SubjectKey;
  to: SubjectKey;
}

/** Opens all that belongs to these people with the old keys and seals it with the new ones, under new keys of their own. */
export function resealPeople({ subjects, samples, templates }: PeopleRows, from: StoreKeys, to: StoreKeys): PeopleRows {
  const changes = new Map<string, KeyChange>();
  const sealedSubjects = subjects.map((row) => {
    const fresh = sealing.newSubjectKey(to, row.id);
    const change = { from: sealing.unwrapSubjectKey(from, row.id, row.key), to: fresh };
    changes.set(row.id, change);
    return resealSubject({ ...row, key: fresh.wrapped }, change, to);
  });
  const ownerOf = new Map(samples.map(({ id, subjectId }) => [id, changes.get(subjectId)!]));
  return {
    subjects: sealedSubjects,
    samples: samples.map((row) => resealSample(row, ownerOf.get(row.id)!, to)),
    templates: templates.map((row) => resealTemplate(row, ownerOf.get(row.sampleId)!)),
  };
}

function resealSubject(row: SubjectRow, { from, to }: KeyChange, keys: StoreKeys): SubjectRow {
  const details = sealing.unsealSubject(from, row.details);
  return { ...row, nameTag: tagOf(keys, 'name', details.name), details: sealing.sealSubject(to, details) };
}

function resealSample(row: SampleRow, { from, to }: KeyChange, keys: StoreKeys): SampleRow {
  const bytes = sealing.unsealPicture(from, row.id, row.bytes);
  return {
    ...row,
    contentTag: tagOf(keys, 'picture', createHash('sha256').update(bytes).digest('hex')),
    details: sealing.sealSampleDetails(to, row.id, sealing.unsealSampleDetails(from, row.id, row.details)),
    bytes: sealing.sealPicture(to, row.id, bytes),
  };
}

function resealTemplate(row: TemplateRow, { from, to }: KeyChange): TemplateRow {
  return { ...row, vector: sealing.sealVector(to, row, sealing.unsealVector(from, row, row.vector)) };
}
