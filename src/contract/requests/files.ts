import { z } from 'zod';
import { lossFileSchema } from '../recipe/loss-file.ts';
import { absolutePath, identifier } from '../vocabulary.ts';
import { requests } from './request.ts';

export const embeddingFormat = z.enum(['csv', 'npy']);
export type EmbeddingFormat = z.infer<typeof embeddingFormat>;

const matrix = z.array(z.array(z.number()));

/** Value and gradients of a loss on a batch out of a file. */
export const lossReport = z.object({
  loss: z.number(),
  gradients: z.object({ embeddings: matrix, proxies: matrix.optional() }),
  /** Rows that took no part as anchors, by reason. */
  skipped: z.record(z.string(), z.number()),
});
export type LossReport = z.infer<typeof lossReport>;

/** Work from file to file, for scripts. */
export const fileRequests = requests({
  /**
   * Writes the embeddings of pictures, or of all pictures below folders, into a new file (a job). CSV: path, e0, e1...;
   * NPY: float32 [rows, size], with the paths of its rows in <file>.paths.csv. Pictures that fail are named in the job's log.
   */
  'embeddings.write': {
    input: z.strictObject({
      modelId: identifier.nullable().default(null),
      paths: z.array(absolutePath).min(1).max(100_000),
      file: absolutePath,
      format: embeddingFormat,
      /** Folder that keeps crops and embeddings by what the pictures hold; null: that of the dataset whose picture it is, or none. */
      cache: absolutePath.nullable().default(null),
    }),
    output: z.object({ jobId: identifier }),
  },
  /**
   * Writes pictures of fingers that do not exist into a new folder, with MANIFEST.csv (a job): of each subject a finger, of each finger
   * photos as a phone takes them and presses on a contact sensor. The same seed gives the same pictures.
   */
  'fingers.synthesize': {
    input: z.strictObject({
      folder: absolutePath,
      subjects: z.int().min(1).max(9999),
      samples: z.int().min(1).max(99),
      seed: z.int().min(0).max(2 ** 32 - 1),
    }),
    output: z.object({ jobId: identifier }),
  },
  /** Computes a loss on a batch, so that any outside script can check it. */
  'losses.compute': { input: lossFileSchema, output: lossReport },
});
