import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { keyLength, seal, unseal } from '../protection/envelope.ts';
import type { FieldKey } from '../protection/store-keys.ts';
import type { Database } from '../statement.ts';
import { sql, transaction } from '../statement.ts';

/** Keys that outlive a rotation: what was signed with an old one can be checked for ever, and new ones sign from then on. */
export type SigningPurpose = 'audit' | 'receipt';

interface SigningKeyRow {
  purpose: SigningPurpose;
  number: number;
  sealed: Uint8Array;
  public: Uint8Array | null;
}

/** An HMAC key for the audit, an Ed25519 pair for receipts: made where a store has none yet. */
export function ensureSigningKeys(database: Database, keys: FieldKey): void {
  transaction(database, () => {
    for (const purpose of ['audit', 'receipt'] as const) if (newestNumber(database, purpose) === 0) addSigningKey(database, keys, purpose);
  });
}

/** Within the transaction of a rotation: old keys are sealed anew, and each purpose gets a new one. */
export function resealSigningKeys(database: Database, from: FieldKey, to: FieldKey): void {
  for (const { purpose, number, sealed } of listSigningKeys(database)) {
    const secret = unseal(from.fields, sealed, contextOf(purpose, number));
    sql(database, 'UPDATE signing_keys SET sealed = @sealed WHERE purpose = @purpose AND number = @number').run({ purpose, number, sealed: seal(to.fields, secret, contextOf(purpose, number)) });
  }
  for (const purpose of ['audit', 'receipt'] as const) addSigningKey(database, to, purpose);
}

export function newestNumber(database: Database, purpose: SigningPurpose): number {
  return sql<{ number: number }>(database, 'SELECT coalesce(max(number), 0) AS number FROM signing_keys WHERE purpose = @purpose').get({ purpose })!.number;
}

/** The secret of a signing key; undefined for a number that there is not. */
export function findSecret(database: Database, keys: FieldKey, { purpose, number }: { purpose: SigningPurpose; number: number }): Uint8Array | undefined {
  const row = sql<SigningKeyRow>(database, 'SELECT sealed FROM signing_keys WHERE purpose = @purpose AND number = @number').get({ purpose, number });
  return row && unseal(keys.fields, row.sealed, contextOf(purpose, number));
}

export function privateKeyOf(secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' });
}

/** Derived from the private key, so that a public key put into the table from outside proves nothing. */
export function publicKeyOf(secret: Uint8Array): KeyObject {
  return createPublicKey(privateKeyOf(secret));
}

function addSigningKey(database: Database, keys: FieldKey, purpose: SigningPurpose): void {
  const number = newestNumber(database, purpose) + 1;
  const { secret, open } = purpose === 'audit' ? { secret: randomBytes(keyLength), open: null } : newPair();
  sql(
    database,
    'INSERT INTO signing_keys (purpose, number, sealed, public, created_at) VALUES (@purpose, @number, @sealed, @public, @createdAt)',
  ).run({ purpose, number, sealed: seal(keys.fields, secret, contextOf(purpose, number)), public: open, createdAt: Date.now() });
}

function newPair(): { secret: Buffer; open: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { secret: privateKey.export({ format: 'der', type: 'pkcs8' }), open: publicKey.export({ format: 'der', type: 'spki' }) };
}

function listSigningKeys(database: Database): SigningKeyRow[] {
  return sql<SigningKeyRow>(database, 'SELECT purpose, number, sealed, public FROM signing_keys ORDER BY purpose, number').all();
}

function contextOf(purpose: SigningPurpose, number: number): [string, ...string[]] {
  return ['signing key', purpose, String(number)];
}
