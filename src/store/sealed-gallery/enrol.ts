import { RequestError } from '../../contract/request-error.ts';
import type { Enrolment, EnrolmentOutcome } from '../gallery.ts';
import type { StoreKeys } from '../protection/store-keys.ts';
import { tagOf } from '../protection/store-keys.ts';
import type { EnrolmentRows, RowsOutcome, SampleRow, SubjectRow, TemplateRow } from './gallery-rows.ts';
import type { GalleryParts } from './sealed-gallery.ts';
import type { SubjectKey } from './sealing.ts';
import { newSubjectKey, sealPicture, sealSampleDetails, sealSubject, sealVector, unwrapSubjectKey } from './sealing.ts';
import { knownSubject } from './subject-directory.ts';

/** Others may make or delete the person between the look and the write; so many times it is done again. */
const attempts = 5;

type Parts = Pick<GalleryParts, 'rows' | 'vault'>;

/** Whose an enrolment is. */
interface Ownership {
  subject: EnrolmentRows['subject'];
  key: SubjectKey;
}

/**
 * Keeps person, picture and template together, or nothing of them.
 *
 * @throws RequestError('not-found') when the person was deleted meanwhile.
 */
export async function enrol(parts: Parts, enrolment: Enrolment): Promise<EnrolmentOutcome> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const keys = parts.vault.keys();
    const { subject, key } = await ownerFor(parts, enrolment.subject);
    const [outcome] = await parts.rows.enrol([{ subject, ...sealedRows(keys, key, enrolment) }], keys.epoch);
    const said = say(keys, subject.id, outcome!);
    if (said !== null) return said;
    if (outcome!.kind === 'gone' && !('name' in enrolment.subject)) break;
  }
  throw new RequestError('not-found', 'This person was deleted meanwhile. Nothing was enrolled.');
}

/**
 * Many at once, in one transaction but for those whose person somebody else made or deleted meanwhile: they are enrolled again, one by one.
 *
 * @throws RequestError('not-found') when somebody was deleted meanwhile; the others are enrolled then.
 */
export async function enrolMany(parts: Parts, enrolments: readonly Enrolment[]): Promise<EnrolmentOutcome[]> {
  const keys = parts.vault.keys();
  const made = new Map<string, Ownership>();
  const rows: EnrolmentRows[] = [];
  for (const enrolment of enrolments) {
    const name = 'name' in enrolment.subject ? enrolment.subject.name : null;
    const known = name === null ? undefined : made.get(name);
    const { subject, key } = known === undefined ? await ownerFor(parts, enrolment.subject) : { subject: { id: known.subject.id }, key: known.key };
    if (name !== null && known === undefined) made.set(name, { subject, key });
    rows.push({ subject, ...sealedRows(keys, key, enrolment) });
  }
  const outcomes = await parts.rows.enrol(rows, keys.epoch);
  const said: EnrolmentOutcome[] = [];
  for (const [index, outcome] of outcomes.entries()) said.push(say(keys, rows[index]!.subject.id, outcome) ?? (await enrol(parts, enrolments[index]!)));
  return said;
}

/** Null when it has to be tried again. */
function say(keys: StoreKeys, subjectId: string, outcome: RowsOutcome): EnrolmentOutcome | null {
  if (outcome.kind === 'enrolled') return { kind: 'enrolled', subjectId };
  if (outcome.kind === 'other-protection') return outcome;
  if (outcome.kind === 'known-picture') return { kind: 'known-picture', subjectId: outcome.holder.id, name: knownSubject(keys, outcome.holder).name };
  return null;
}

async function ownerFor({ rows, vault }: Parts, asked: Enrolment['subject']): Promise<Ownership> {
  const keys = vault.keys();
  const known = 'name' in asked ? await rows.findSubjectByTag(tagOf(keys, 'name', asked.name)) : await rows.findSubject(asked.id);
  if (known !== undefined) return { subject: { id: known.id }, key: unwrapSubjectKey(keys, known.id, known.key) };
  if (!('name' in asked)) throw new RequestError('not-found', 'This person was deleted meanwhile. Nothing was enrolled.');
  const { id, name, note, isDemo, createdAt, consent = null, expiresAt = null } = asked;
  const key = newSubjectKey(keys, id);
  const subject: SubjectRow = { id, nameTag: tagOf(keys, 'name', name), key: key.wrapped, details: sealSubject(key, { name, note, consent }), isDemo, createdAt, expiresAt };
  return { subject, key };
}

function sealedRows(keys: StoreKeys, key: SubjectKey, { sample, template }: Enrolment): { sample: SampleRow; template: TemplateRow } {
  const { id, fileName, quality, finger = null, bytes, sha256, width, height, isDemo, createdAt } = sample;
  return {
    sample: {
      id, subjectId: key.subjectId, width, height, isDemo, createdAt, contentTag: tagOf(keys, 'picture', sha256),
      details: sealSampleDetails(key, id, { fileName, quality, finger }), bytes: sealPicture(key, id, bytes),
    },
    template: { ...template, sampleId: id, vector: sealVector(key, { ...template, sampleId: id }, template.vector) },
  };
}
