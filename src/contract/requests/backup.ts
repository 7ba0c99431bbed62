import { z } from 'zod';
import { absolutePath } from '../vocabulary.ts';
import { newPassphrase } from './protection.ts';
import { requests } from './request.ts';

export const backupRequests = requests({
  /** Writes people, models, runs and the audit into one new encrypted file, and reads it back. A restore is a command: it opens no desk. */
  'backup.write': {
    input: z.strictObject({ file: absolutePath, passphrase: newPassphrase }),
    output: z.object({ file: z.string(), files: z.number().int(), bytes: z.number().int() }),
  },
});
