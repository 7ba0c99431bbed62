import { z } from 'zod';
import { requests } from './request.ts';

/** How the store is protected, and whether it is open. */
export const protection = z.object({
  /** 'key-file': its key lies beside the data, for everybody who can read the folder; 'operators': by the passphrase of each. */
  by: z.enum(['key-file', 'passphrase', 'operators']),
  isLocked: z.boolean(),
  /** The key store of the operating system opens it too; it is there at all. */
  bySystem: z.boolean(),
  hasSystem: z.boolean(),
  /** Minutes without anybody at the window after which the store locks itself; 0: never. */
  lockAfterMinutes: z.number().int(),
  /** When another window or station changed the keys, where the store has not been opened with them here since (milliseconds since 1970). */
  keysChangedAt: z.number().int().nullable(),
});
export type Protection = z.infer<typeof protection>;

export const shortestPassphrase = 12;

/** A new passphrase. Long enough to be worth the scrypt; what it is made of is nobody's business. */
export const newPassphrase = z.string().min(shortestPassphrase, `needs at least ${shortestPassphrase} characters`).max(1000);
const passphrase = z.string().min(1, 'is empty').max(1000);

export const protectionRequests = requests({
  'protection.unlock': { input: z.strictObject({ passphrase }), output: protection },
  'protection.unlockBySystem': { input: z.strictObject({}), output: protection },
  'protection.lock': { input: z.strictObject({}), output: protection },
  /** Somebody is at the window: the store does not lock itself yet. */
  'protection.touch': { input: z.strictObject({}), output: z.object({ isLocked: z.boolean() }) },
  /** Sets or changes the passphrase: everything is sealed anew with new keys, and a key file is destroyed. `current` is the one so far. */
  'protection.protect': {
    input: z.strictObject({ current: passphrase.nullable().default(null), next: newPassphrase, usesSystem: z.boolean().default(false) }),
    output: protection,
  },
  /** New keys for everything, opened as before. */
  'protection.rotate': { input: z.strictObject({ passphrase: passphrase.nullable().default(null) }), output: protection },
  'protection.setLockAfter': { input: z.strictObject({ minutes: z.number().int().min(0).max(24 * 60) }), output: protection },
});
