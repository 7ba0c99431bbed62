import { z } from 'zod';
import { absolutePath, identifier, instant, page } from '../vocabulary.ts';
import { deletionReceipt } from './deletion.ts';
import { requests } from './request.ts';

export const auditLine = z.object({
  sequence: z.number().int(),
  at: instant,
  action: z.string(),
  subjectId: z.string().nullable(),
  /** The person's name now; null of one who was deleted, or where a line is about nobody. */
  name: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  /** The name of whoever did it; null where nobody was signed in. */
  operator: z.string().nullable(),
});
export type AuditLine = z.infer<typeof auditLine>;

/** Details of a line that are instants, by name; the rest of its numbers are not. */
export const instantsOfAudit: ReadonlySet<string> = new Set(['at', 'until', 'expiresAt', 'formerlyExpiresAt', 'deletedAt']);

export const auditVerdict = z.object({
  isWhole: z.boolean(),
  lines: z.number().int(),
  /** The first thing that is wrong. */
  problem: z.object({ sequence: z.number().int(), kind: z.string(), message: z.string() }).nullable(),
  /** "line:hash" of the newest line. Written down elsewhere, it lets a later check find a log that was put back to an older state. */
  head: z.string().nullable(),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;

const actionName = z.string().max(60).nullable().default(null);

export const auditRequests = requests({
  /** Newest first. */
  'audit.list': {
    input: z.strictObject({ action: actionName, subjectId: identifier.nullable().default(null), ...page }),
    output: z.object({ total: z.number().int(), lines: z.array(auditLine), actions: z.array(z.string()) }),
  },
  /** Recomputes every hash. `head`: one that was written down before. */
  'audit.verify': { input: z.strictObject({ head: z.string().max(200).nullable().default(null) }), output: auditVerdict },
  /** Writes the log into a new file, one line of JSON each; where none is named, into the data folder's exports. */
  'audit.export': { input: z.strictObject({ file: absolutePath.nullable().default(null) }), output: z.object({ file: z.string(), lines: z.number().int() }) },
  'receipts.list': { input: z.strictObject({}), output: z.array(deletionReceipt) },
  /** Checks every signature; null where a receipt is from a version that did not sign. */
  'receipts.verify': { input: z.strictObject({}), output: z.array(z.object({ receipt: deletionReceipt, isGenuine: z.boolean().nullable() })) },
});
