import { z } from 'zod';
import { identifier, instant } from '../vocabulary.ts';

/** What a file may still hold of a person: a piece of a picture, template, envelope or key; the name; the random reference. */
export const holding = z.enum(['pieces', 'name', 'reference']);
export type Holding = z.infer<typeof holding>;

/** What a scan after a deletion read, and what it found. It does not say who it was. */
export const scanReport = z.object({
  /** Files and folders of the data folder by their names; "other" is what Likeness did not put there, whose names could say who it was. Counts of files. */
  places: z.array(z.object({ place: z.string(), files: z.number().int(), withPieces: z.number().int(), withName: z.number().int(), withReference: z.number().int() })),
  /** Rows of the database that hold the name in clear, by table: of a dataset in which the person is too, say. */
  tables: z.array(z.object({ table: z.string(), rows: z.number().int() })),
});
export type ScanReport = z.infer<typeof scanReport>;

/** Proof of a deletion: what went, and what a query (zero, or the deletion failed) and a scan of files found afterwards. */
export const deletionReceipt = z.object({
  subjectId: identifier,
  deletedAt: instant,
  samples: z.number().int(),
  templates: z.number().int(),
  rowsLeft: z.number().int(),
  /** Files of the data folder that were read through, and those that still held a piece of a picture, template, envelope or key, such as exports; null before version 9. */
  filesScanned: z.number().int().nullable(),
  filesLeft: z.number().int().nullable(),
  /** Null before version 14, and of somebody who went while the store was locked. */
  scan: scanReport.nullable(),
  /** Ed25519, base64; null before version 9. */
  signature: z.string().nullable(),
});
export type DeletionReceipt = z.infer<typeof deletionReceipt>;

/** The receipt, and what only whoever deletes is told, since names of files may say who it was. */
export const deletion = deletionReceipt.extend({
  /** Files of the data folder in which something is left, from the data folder on. */
  remains: z.array(z.object({ file: z.string(), holds: z.array(holding) })),
  /** Files and folders (with a slash at the end) that the system did not let be read. */
  unread: z.array(z.string()),
});
export type Deletion = z.infer<typeof deletion>;
