import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { EmbeddingFormat } from '../contract/requests/files.ts';
import type { ModelRecord } from '../store/models.ts';
import { counted } from './counted.ts';
import { inNaturalOrder, looksLikeImage } from './dataset-scan.ts';
import { embedPictures } from './embed-pictures.ts';
import type { EmbeddingRow } from './embedding-files.ts';
import { embeddingCsv, embeddingNpy, pathsCsv } from './embedding-files.ts';
import { openJournal } from './embedding-journal.ts';
import type { Journaled } from './embedding-journal.ts';
import type { Conclusion, RunningJob } from './jobs.ts';
import { embedderOf } from './models.ts';
import { cacheOfPicture } from './picture-cache.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';
import { writeWholeFile } from './write-whole-file.ts';

export interface EmbeddingOrder {
  model: ModelRecord;
  paths: string[];
  file: string;
  format: EmbeddingFormat;
  /** Folder that keeps crops and embeddings; null: that of the dataset whose picture it is, or none. */
  cache: string | null;
}

/** So many the engine is asked for at a time; after each lot the journal knows what was done. */
export const picturesPerCall = 64;

/** Embeds pictures and writes their vectors. Those that fail are named in the log and have no row. Interrupted, it goes on where it was. */
export async function writeEmbeddings(workbench: Workbench, order: EmbeddingOrder, job: RunningJob): Promise<Conclusion> {
  const pictures = (await Promise.all(order.paths.map(picturesAt))).flat();
  if (pictures.length === 0) throw new RequestError('bad-image', 'There is no picture to embed in what was named.');
  const journal = await openJournal(order.file, order.model);
  const outcomes = new Map(journal.known);
  const missing = pictures.filter((path) => !outcomes.has(path));
  if (missing.length < pictures.length) job.log(`${pictures.length - missing.length} pictures were embedded before an interruption.`);
  for (let start = 0; start < missing.length; start += picturesPerCall) {
    job.progress({ done: pictures.length - missing.length + start, total: pictures.length });
    const batch = await embedBatch(workbench, { ...order, paths: missing.slice(start, start + picturesPerCall) }, job);
    await journal.add(batch);
    for (const outcome of batch) outcomes.set(outcome.path, outcome);
  }
  job.progress({ done: pictures.length, total: pictures.length });
  const all = pictures.map((path) => outcomes.get(path)!);
  const rows = all.filter((outcome) => 'vector' in outcome);
  for (const outcome of all) if ('reason' in outcome) job.log(`${outcome.path}: ${outcome.reason}`);
  await writeRows(order, rows);
  await journal.end();
  const failed = pictures.length - rows.length;
  return {
    message: `${counted(rows.length, 'embedding')} of ${order.model.name} are in ${order.file}.${failed === 0 ? '' : ` ${failed} failed; the log names them.`}`,
    result: { pictures: pictures.length, embedded: rows.length, failedToAcquire: failed, failureToAcquireRate: failed / pictures.length },
  };
}

async function picturesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new RequestError('bad-image', `${path} does not exist.`);
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const pictures = entries.filter((entry) => entry.isFile() && looksLikeImage(entry.name));
  return pictures.map((entry) => join(entry.parentPath, entry.name)).sort(inNaturalOrder);
}

type Batch = Pick<EmbeddingOrder, 'model' | 'paths' | 'cache'>;

async function embedBatch(workbench: Workbench, { model, paths, cache }: Batch, job: RunningJob): Promise<Journaled[]> {
  const images = paths.map((path) => ({ kind: 'file' as const, path }));
  const folder = cache ?? cacheOfPicture(workbench, paths[0]!);
  const outcomes = await surviveOneLoss(job, () =>
    embedPictures(workbench, { embedder: embedderOf(workbench.home, model), images, several: 'largest', cache: folder === null ? null : { folder, embeddings: true } }, { lane: 'batch', signal: job.signal }),
  );
  return outcomes.map((outcome, index): Journaled => {
    const path = paths[index]!;
    if ('reason' in outcome) return { path, reason: outcome.reason };
    if (outcome.seen > 1) job.log(`${path}: of ${outcome.seen} that were found the largest was taken`);
    return { path, vector: outcome.vector };
  });
}

async function writeRows({ file, format, model }: EmbeddingOrder, rows: readonly EmbeddingRow[]): Promise<void> {
  if (format === 'csv') return writeWholeFile(file, embeddingCsv(rows, model.embeddingSize));
  await writeWholeFile(`${file}.paths.csv`, pathsCsv(rows));
  await writeWholeFile(file, embeddingNpy(rows, model.embeddingSize));
}
