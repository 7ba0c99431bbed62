import { z } from 'zod';
import { identifier, instant } from './vocabulary.ts';

export const jobKind = z.enum(['demo', 'dataset', 'train', 'evaluate', 'enrol-folder', 're-embed', 'embed', 'scores', 'sweep', 'map', 'pretrained', 'protect-templates', 'backup']);
export type JobKind = z.infer<typeof jobKind>;

/** `interrupted`: the process ended under it; where it says so it can be resumed. */
export const jobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']);
export type JobState = z.infer<typeof jobState>;

/** Long work, as the jobs drawer shows it. It outlives a reload of the window. */
export const job = z.object({
  id: identifier,
  kind: jobKind,
  title: z.string(),
  /** What the job works on: a run, a dataset, an evaluation. */
  subjectId: identifier.nullable(),
  state: jobState,
  /** Units done and to do; `total` is null while unknown. */
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
  /** Units per second, smoothed; null before the first is known. */
  rate: z.number().nullable(),
  remainingMs: z.number().nullable(),
  message: z.string(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
  log: z.array(z.string()),
  /** Figures of a job that has some, for programs; null before its end. */
  result: z.record(z.string(), z.json()).nullable(),
});
export type Job = z.infer<typeof job>;
