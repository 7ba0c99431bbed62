import { z } from 'zod';
import { deviceReport, measuredDevice } from '../device.ts';
import { job } from '../jobs.ts';
import { absolutePath, identifier } from '../vocabulary.ts';
import { templateProtection } from './cancelable.ts';
import { requests } from './request.ts';
import { protection } from './protection.ts';
import { modelCard } from './models.ts';
import { thresholdInUse } from './matching.ts';

export const engineState = z.enum(['starting', 'ready', 'restarting', 'lost']);

/** What the header shows, and whether the desk is ready. */
export const deskState = z.object({
  project: z.object({
    name: z.string(), isDemo: z.boolean(), folder: z.string(),
    /** Where the gallery lies, without a password; null: in the folder. */
    server: z.string().nullable(),
  }),
  model: modelCard.nullable(),
  threshold: thresholdInUse.nullable(),
  /** Null until the engine has measured itself, a second or two after the start. */
  device: measuredDevice.nullable(),
  engine: engineState,
  counts: z.object({
    subjects: z.number().int(),
    samples: z.number().int(),
    datasets: z.number().int(),
    runs: z.number().int(),
    models: z.number().int(),
    evaluations: z.number().int(),
  }),
  protection,
  templates: templateProtection,
  host: z.enum(['electron', 'browser', 'terminal']),
  version: z.string(),
});
export type DeskState = z.infer<typeof deskState>;

const folderEntry = z.object({ name: z.string(), path: z.string(), kind: z.enum(['folder', 'file']) });

/** Which files are shown beside folders, by their ending. */
export const shownFiles = z.enum(['csv', 'backup']);
export type ShownFiles = z.infer<typeof shownFiles>;

export const deskRequests = requests({
  'desk.state': { input: z.strictObject({}), output: deskState },
  'device.report': { input: z.strictObject({ remeasure: z.boolean().default(false) }), output: deviceReport },
  'demo.reset': { input: z.strictObject({}), output: z.object({ jobId: identifier }) },
  'jobs.list': { input: z.strictObject({}), output: z.array(job) },
  'jobs.get': { input: z.strictObject({ jobId: identifier }), output: job },
  'jobs.cancel': { input: z.strictObject({ jobId: identifier }), output: job },
  /** Folders and dataset files below `path` (null: the home folder), for hosts without a native file dialogue. */
  'folders.list': {
    input: z.strictObject({ path: absolutePath.nullable().default(null), files: shownFiles.default('csv') }),
    output: z.object({ path: z.string(), parent: z.string().nullable(), entries: z.array(folderEntry) }),
  },
});
