import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { EmbeddingFormat } from '../contract/requests/files.ts';
import type { ModelRecord } from '../store/models.ts';
import { inNaturalOrder, looksLikeImage } from './dataset-scan.ts';
import { embedPictures } from './embed-pictures.ts';
import type { EmbeddingRow } from './embedding-files.ts';
import { embeddingCsv, embeddingNpy, pathsCsv } from './embedding-files.ts';
import type { RunningJob } from './jobs.ts';
import { embedderOf } from './models.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';
import { writeWholeFile } from './write-whole-file.ts';

export interface EmbeddingOrder {
  model: ModelRecord;
  paths: string[];
  file: string;
  format: EmbeddingFormat;
}

const batchSize = 64;

/** Embeds pictures and writes their vectors. Those that fail are named in the log and have no row. */
export async function writeEmbeddings(workbench: Workbench, order: EmbeddingOrder, job: RunningJob): Promise<string> {
  const pictures = (await Promise.all(order.paths.map(picturesAt))).flat();
  if (pictures.length === 0) throw new RequestError('bad-image', 'There is no picture to embed in what was named.');
  const rows: EmbeddingRow[] = [];
  for (let start = 0; start < pictures.length; start += batchSize) {
    job.progress({ done: start, total: pictures.length });
    rows.push(...(await embedBatch(workbench, { model: order.model, paths: pictures.slice(start, start + batchSize) }, job)));
  }
  job.progress({ done: pictures.length, total: pictures.length });
  await writeRows(order, rows);
  const failed = pictures.length - rows.length;
  return `${rows.length} embeddings of ${order.model.name} are in ${order.file}.${failed === 0 ? '' : ` ${failed} failed; the log names them.`}`;
}

async function picturesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new RequestError('bad-image', `${path} does not exist.`);
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const pictures = entries.filter((entry) => entry.isFile() && looksLikeImage(entry.name));
  return pictures.map((entry) => join(entry.parentPath, entry.name)).sort(inNaturalOrder);
}

interface Batch {
  model: ModelRecord;
  paths: string[];
}

async function embedBatch(workbench: Workbench, { model, paths }: Batch, job: RunningJob): Promise<EmbeddingRow[]> {
  const images = paths.map((path) => ({ kind: 'file' as const, path }));
  const outcomes = await surviveOneLoss(job, () =>
    embedPictures(workbench, { embedder: embedderOf(workbench.home, model), images, several: 'largest' }, { lane: 'batch', signal: job.signal }),
  );
  return outcomes.flatMap((outcome, index) => {
    const path = paths[index]!;
    if ('vector' in outcome) return [{ path, vector: outcome.vector }];
    job.log(`${path}: ${outcome.reason}`);
    return [];
  });
}

async function writeRows({ file, format, model }: EmbeddingOrder, rows: readonly EmbeddingRow[]): Promise<void> {
  if (format === 'csv') return writeWholeFile(file, embeddingCsv(rows, model.embeddingSize));
  await writeWholeFile(`${file}.paths.csv`, pathsCsv(rows));
  await writeWholeFile(file, embeddingNpy(rows, model.embeddingSize));
}
