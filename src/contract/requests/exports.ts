import { z } from 'zod';
import { absolutePath } from '../vocabulary.ts';
import { requests } from './request.ts';

/** Files that exports wrote, for hosts whose window keeps them as downloads. */
export const exportRequests = requests({
  /** A file below the exports of the data folder, and no other; 64 MB at most. */
  'exports.read': {
    input: z.strictObject({ folder: absolutePath, file: z.string().regex(/^[^/\\\0]{1,200}$/, 'is not the name of a file') }),
    output: z.object({ mimeType: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
});
