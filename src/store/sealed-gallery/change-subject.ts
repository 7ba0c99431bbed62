import { RequestError } from '../../contract/request-error.ts';
import type { Consent } from '../../contract/requests/consent.ts';
import { tagOf } from '../protection/store-keys.ts';
import type { GalleryParts } from './sealed-gallery.ts';
import type { SubjectDetails } from './sealing.ts';
import { sealSubject, unwrapSubjectKey } from './sealing.ts';
import type { KnownSubject } from './subject-directory.ts';
import { knownSubject } from './subject-directory.ts';

/** Others may change the same person between the look and the write; so many times it is done again. */
const attempts = 5;

export async function renameSubject(parts: GalleryParts, id: string, name: string): Promise<void> {
  const former = await changeSubject(parts, id, ({ note, consent }) => ({ details: { name, note, consent: consent ?? null } }));
  parts.jobLines.forget(former.name);
}

/** What was agreed to and the day on which the data go are written together. */
export async function setConsent(parts: GalleryParts, id: string, { consent, expiresAt }: { consent: Consent | null; expiresAt: number | null }): Promise<void> {
  await changeSubject(parts, id, ({ name, note }) => ({ details: { name, note, consent }, expiresAt }));
}

interface Change {
  details: SubjectDetails;
  /** Left as it is where it is not said. */
  expiresAt?: number | null;
}

/** @returns what was known before. @throws RequestError */
async function changeSubject({ rows, vault }: GalleryParts, id: string, change: (known: KnownSubject) => Change): Promise<KnownSubject> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const keys = vault.keys();
    const row = await rows.findSubject(id);
    if (row === undefined) break;
    const former = knownSubject(keys, row);
    const { details, ...expiry } = change(former);
    const sealed = sealSubject(unwrapSubjectKey(keys, id, row.key), details);
    const outcome = await rows.updateSubject({ id, nameTag: tagOf(keys, 'name', details.name), details: sealed, was: row.details, epoch: keys.epoch, ...expiry });
    if (outcome === 'updated') return former;
    if (outcome === 'taken') throw new RequestError('conflict', `Somebody is enrolled as "${details.name}" already. Choose another name.`);
  }
  throw new RequestError('not-found', 'This person is not enrolled (any more), or others keep changing what is known of them. Look again.');
}
