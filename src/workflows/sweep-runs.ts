import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RequestError } from '../contract/request-error.ts';
import { parseJson } from './sweep-manifest.ts';
import type { PlannedRun } from './sweep-plan.ts';
import { writeWholeFile } from './write-whole-file.ts';

const searches = z.object({ value: z.number(), resamples: z.array(z.number().nullable()), influence: z.array(z.number()) });
const drawn = z.array(z.tuple([z.number(), z.number()]).readonly()).readonly();
const comparisons = z.object({ estimate: z.number(), drawn, alike: drawn.optional(), ofPairs: z.array(z.number()).readonly(), influence: z.array(z.number()).readonly() });

/** A finished run, as its file says; nothing in it is computed again. */
const finishedRun = z.object({
  format: z.literal('likeness-sweep-run-3'),
  key: z.string(),
  item: z.string(),
  kind: z.enum(['loss', 'untrained', 'raw-pixels']),
  seed: z.number(),
  figures: z.object({ meanAveragePrecisionAtR: searches, eer: comparisons, recallAt1: searches }),
  mated: z.number(),
  nonMated: z.number(),
  searches: z.number(),
  /** Of the trained ones: the epoch kept by validation, from 0, and what it was there. */
  training: z.object({
    keptEpoch: z.number(), epochs: z.number(), validationEer: z.number().nullable(), weightsHash: z.string(), parameters: z.number(),
    /** Of the epochs trained in one go; null where the run was resumed. */
    durationMs: z.number().nullable(),
  }).nullable(),
  device: z.string(),
  durationMs: z.number(),
  endedAt: z.number(),
});
export type FinishedRun = z.infer<typeof finishedRun>;

const failedRun = z.object({ key: z.string(), reason: z.string() });
export type FailedRun = z.infer<typeof failedRun>;

/** What was asked for in words; it changes nothing of what a sweep does. */
const askedSchema = z.object({ command: z.string(), note: z.string() });
export type Asked = z.infer<typeof askedSchema>;

/** Where a sweep keeps its things. */
export const sweepPlaces = {
  run: (folder: string, key: string): string => join(folder, 'runs', `${key}.json`),
  failure: (folder: string, key: string): string => join(folder, 'runs', `${key}.failed.json`),
  /** Checkpoints of a run that is not finished. */
  training: (folder: string, key: string): string => join(folder, 'training', key),
  model: (folder: string, key: string): string => join(folder, 'models', `${key}.safetensors`),
  asked: (folder: string): string => join(folder, 'asked.json'),
  results: (folder: string): string => join(folder, 'results.json'),
  page: (folder: string): string => join(folder, 'results.md'),
};

export async function makePlaces(folder: string): Promise<void> {
  for (const name of ['runs', 'training', 'models']) await mkdir(join(folder, name), { recursive: true });
}

export async function writeFinishedRun(folder: string, run: Omit<FinishedRun, 'format'>): Promise<void> {
  const content: FinishedRun = { format: 'likeness-sweep-run-3', ...run };
  await writeWholeFile(sweepPlaces.run(folder, run.key), `${JSON.stringify(content)}\n`);
  await rm(sweepPlaces.failure(folder, run.key), { force: true });
  await rm(sweepPlaces.training(folder, run.key), { recursive: true, force: true });
}

export async function writeFailedRun(folder: string, failure: FailedRun): Promise<void> {
  await writeWholeFile(sweepPlaces.failure(folder, failure.key), `${JSON.stringify(failure)}\n`);
}

/** The runs of these keys that are finished. @throws RequestError('storage') for a file that was damaged. */
export async function readFinishedRuns(folder: string, runs: readonly Pick<PlannedRun, 'key'>[]): Promise<FinishedRun[]> {
  return readAll(finishedRun, runs.map(({ key }) => sweepPlaces.run(folder, key)));
}

export async function readFailedRuns(folder: string, runs: readonly Pick<PlannedRun, 'key'>[]): Promise<FailedRun[]> {
  return readAll(failedRun, runs.map(({ key }) => sweepPlaces.failure(folder, key)));
}

export async function writeAsked(folder: string, { command, note }: Asked): Promise<void> {
  await writeWholeFile(sweepPlaces.asked(folder), `${JSON.stringify({ command, note })}\n`);
}

export async function readAsked(folder: string): Promise<Asked> {
  const [asked] = await readAll(askedSchema, [sweepPlaces.asked(folder)]);
  return asked ?? { command: '', note: '' };
}

async function readAll<Schema extends z.ZodType>(schema: Schema, files: readonly string[]): Promise<z.infer<Schema>[]> {
  const found: z.infer<Schema>[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw new RequestError('storage', `${file} cannot be read: ${error.message}.`);
    });
    if (text === null) continue;
    const parsed = schema.safeParse(parseJson(text));
    if (!parsed.success) throw new RequestError('storage', `${file} is damaged, or of another version. Remove it, and that run is done again.`);
    found.push(parsed.data);
  }
  return found;
}
