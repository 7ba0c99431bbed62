import { RequestError } from '../../contract/request-error.ts';
import type { Enrolment, EnrolmentOutcome } from '../gallery.ts';
import type { StoreKeys } from '../protection/store-keys.ts';
import { tagOf } from '../protection/store-keys.ts';
import type { EnrolmentRows, SampleRow, SubjectRow, TemplateRow } from './gallery-rows.ts';
import type { GalleryParts } from './sealed-gallery.ts';
import type { SubjectKey } from './sealing.ts';
import { newSubjectKey, sealPicture, sealSampleDetails, sealSubject, sealVector, unwrapSubjectKey } from './sealing.ts';
import { knownSubject } from './subject-directory.ts';

/** Others may make or delete the person between the look and the write; so many times it is done again. */
const attempts = 5;

/**
 * Keeps person, picture and template together, or nothing of them.
 *
 * @throws RequestError('not-found') when the person was deleted meanwhile.
 */
export async function enrol({ rows, vault }: Pick<GalleryParts, 'rows' | 'vault'>, enrolment: Enrolment): Promise<EnrolmentOutcome> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const keys = vault.keys();
    const { subject, key } = await ownerFor({ rows, vault }, enrolment.subject);
    const outcome = await rows.enrol({ subject, ...sealedRows(keys, key, enrolment), epoch: keys.epoch });
    if (outcome.kind === 'enrolled') return { kind: 'enrolled', subjectId: subject.id };
    if (outcome.kind === 'known-picture') return { kind: 'known-picture', subjectId: outcome.holder.id, name: knownSubject(keys, outcome.holder).name };
    if (outcome.kind === 'gone' && !('name' in enrolment.subject)) break;
  }
  throw new RequestError('not-found', 'This person was deleted meanwhile. Nothing was enrolled.');
}

async function ownerFor({ rows, vault }: Pick<GalleryParts, 'rows' | 'vault'>, asked: Enrolment['subject']): Promise<{ subject: EnrolmentRows['subject']; key: SubjectKey }> {
  const keys = vault.keys();
  const known = 'name' in asked ? await rows.findSubjectByTag(tagOf(keys, 'name', asked.name)) : await rows.findSubject(asked.id);
  if (known !== undefined) return { subject: { id: known.id }, key: unwrapSubjectKey(keys, known.id, known.key) };
  if (!('name' in asked)) throw new RequestError('not-found', 'This person was deleted meanwhile. Nothing was enrolled.');
  const { id, name, note, isDemo, createdAt } = asked;
  const key = newSubjectKey(keys, id);
  const subject: SubjectRow = { id, nameTag: tagOf(keys, 'name', name), key: key.wrapped, details: sealSubject(key, { name, note }), isDemo, createdAt };
  return { subject, key };
}

function sealedRows(keys: StoreKeys, key: SubjectKey, { sample, template }: Enrolment): { sample: SampleRow; template: TemplateRow } {
  const { id, fileName, bytes, sha256, width, height, isDemo, createdAt } = sample;
  return {
    sample: {
      id, subjectId: key.subjectId, width, height, isDemo, createdAt, contentTag: tagOf(keys, 'picture', sha256),
      details: sealSampleDetails(key, id, { fileName }), bytes: sealPicture(key, id, bytes),
    },
    template: { ...template, sampleId: id, vector: sealVector(key, { ...template, sampleId: id }, template.vector) },
  };
}
