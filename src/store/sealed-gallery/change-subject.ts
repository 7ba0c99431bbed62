import { RequestError } from '../../contract/request-error.ts';
import type { Held } from '../../contract/requests/consent.ts';
import { tagOf } from '../protection/store-keys.ts';
import type { GalleryParts } from './sealed-gallery.ts';
import type { SubjectDetails } from './sealing.ts';
import { sealSubject, unsealSubject, unwrapSubjectKey } from './sealing.ts';

/** Others may change the same person between the look and the write; so many times it is done again. */
const attempts = 5;

export async function renameSubject(parts: GalleryParts, id: string, name: string): Promise<void> {
  const former = await changeSubject(parts, id, ({ details }) => ({ details: { ...details, name } }));
  parts.jobLines.forget(former.details.name);
}

/** So much of what held before is kept of a person. */
const mostKept = 200;

/** What was agreed to and the day on which the data go are written together, and beside them what they replace. */
export async function changeConsent(parts: GalleryParts, id: string, { at, decide }: { at: number; decide: (held: Held) => Held }): Promise<Held & { replaced: Held }> {
  let held: Held = { consent: null, expiresAt: null };
  const { details, expiresAt } = await changeSubject(parts, id, ({ details: { formerly = [], ...known }, expiresAt: formerExpiry }) => {
    const replaced = { consent: known.consent ?? null, expiresAt: formerExpiry };
    held = decide(replaced);
    const isFirst = replaced.consent === null && replaced.expiresAt === null;
    return { details: { ...known, consent: held.consent, formerly: isFirst ? formerly : [...formerly, { ...replaced, replacedAt: at }].slice(-mostKept) }, expiresAt: held.expiresAt };
  });
  return { ...held, replaced: { consent: details.consent ?? null, expiresAt } };
}

interface Known {
  details: SubjectDetails;
  expiresAt: number | null;
}

interface Change {
  details: SubjectDetails;
  /** Left as it is where it is not said. */
  expiresAt?: number | null;
}

/** @returns what was known before. @throws RequestError */
async function changeSubject({ rows, vault }: GalleryParts, id: string, change: (known: Known) => Change): Promise<Known> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const keys = vault.keys();
    const row = await rows.findSubject(id);
    if (row === undefined) break;
    const key = unwrapSubjectKey(keys, id, row.key);
    const former = { details: unsealSubject(key, row.details), expiresAt: row.expiresAt };
    const { details, ...expiry } = change(former);
    const sealed = sealSubject(key, details);
    const outcome = await rows.updateSubject({ id, nameTag: tagOf(keys, 'name', details.name), details: sealed, was: row.details, epoch: keys.epoch, ...expiry });
    if (outcome === 'updated') return former;
    if (outcome === 'taken') throw new RequestError('conflict', `Somebody is enrolled as "${details.name}" already. Choose another name.`);
  }
  throw new RequestError('not-found', 'This person is not enrolled (any more), or others keep changing what is known of them. Look again.');
}
