import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { RequestError } from '../../contract/request-error.ts';

/** What an envelope is about: the kind of thing, whose it is, which model made it. Bound to the content, and not kept in it. */
export type Context = readonly [kind: string, ...about: string[]];

/** AES-256-GCM. A key is 32 bytes; an envelope is [version 1][nonce 12][ciphertext][tag 16]. */
const algorithm = 'aes-256-gcm';
const version = 1;
const nonceLength = 12;
const tagLength = 16;
export const keyLength = 32;
/** By so many bytes an envelope is longer than what it holds. */
export const envelopeOverhead = 1 + nonceLength + tagLength;

export function seal(key: Uint8Array, content: Uint8Array, context: Context): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(associatedData(context));
  const body = cipher.update(content);
  cipher.final();
  return Buffer.concat([Uint8Array.of(version), nonce, body, cipher.getAuthTag()]);
}

/** @throws RequestError('storage') for an envelope that was changed, moved to another row, or sealed with another key. */
export function unseal(key: Uint8Array, envelope: Uint8Array, context: Context): Uint8Array {
  if (envelope.length < envelopeOverhead || envelope[0] !== version) throw damaged(context);
  const decipher = createDecipheriv(algorithm, key, envelope.subarray(1, 1 + nonceLength), { authTagLength: tagLength });
  decipher.setAAD(associatedData(context));
  decipher.setAuthTag(envelope.subarray(envelope.length - tagLength));
  const content = decipher.update(envelope.subarray(1 + nonceLength, envelope.length - tagLength));
  try {
    decipher.final();
  } catch {
    throw damaged(context);
  }
  return content;
}

export function sealText(key: Uint8Array, text: string, context: Context): Uint8Array {
  return seal(key, Buffer.from(text, 'utf8'), context);
}

export function unsealText(key: Uint8Array, envelope: Uint8Array, context: Context): string {
  return Buffer.from(unseal(key, envelope, context)).toString('utf8');
}

/** The version of the form stands in it too, so that an envelope cannot be passed off as one of another version. */
function associatedData(context: Context): Buffer {
  return Buffer.from(JSON.stringify(['likeness', version, ...context]), 'utf8');
}

function damaged([kind, about]: Context): RequestError {
  return new RequestError(
    'storage',
    `What is kept as ${kind}${about === undefined ? '' : ` of ${about}`} was changed from outside, or belongs to another key. ` +
      'Nothing of it was used. Restore a backup (likeness restore FILE), or delete it.',
  );
}
