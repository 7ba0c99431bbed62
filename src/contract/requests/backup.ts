import { z } from 'zod';
import { absolutePath, identifier } from '../vocabulary.ts';
import { newPassphrase } from './protection.ts';
import { requests } from './request.ts';

/** Of a backup that is there already. */
const passphrase = z.string().min(1, 'is empty').max(1000);
const job = z.object({ jobId: identifier });

export const backupRequests = requests({
  /** Writes people, models, runs and the audit into one new encrypted file, and reads it back (a job). */
  'backup.write': { input: z.strictObject({ file: absolutePath, passphrase: newPassphrase }), output: job },
  /** Reads a backup to its end: whole, unchanged, opened by this passphrase (a job). */
  'backup.verify': { input: z.strictObject({ file: absolutePath, passphrase }), output: job },
  /**
   * Puts a backup in the place of everything that is here (a job): unpacked and proved first, then the desk closes, changes its store and opens
   * again. `own` is the passphrase of the store, or of the operator who asks; null where the store has none. Not in the terminal, where it is a
   * command of its own.
   */
  'backup.restore': { input: z.strictObject({ file: absolutePath, passphrase, own: passphrase.nullable().default(null) }), output: job },
});
