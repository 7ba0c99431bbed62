import { resolve } from 'node:path';
import type { EmbedderSource, PictureCache } from '../contract/engine-port.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';
import type { DatasetSample } from '../store/dataset-samples.ts';
import { embedPictures } from './embed-pictures.ts';
import type { RunningJob } from './jobs.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';

/** All that embedding must know of a sample. */
export type NamedSample = Pick<DatasetSample, 'path' | 'subject'>;

export interface EmbeddedSamples<Sample extends NamedSample = DatasetSample> {
  templates: TemplateSet;
  /** The samples that gave a template, row by row. */
  samples: Sample[];
  /** Row by row, as the pipeline judged them, 0 to 100; null without one. */
  qualities: (number | null)[];
  /** Of how many pictures, with several faces each, the largest was taken. */
  several: number;
  failures: { path: string; subject: string; reason: string }[];
}

export interface EmbedOrder<Sample extends NamedSample = DatasetSample> {
  embedder: EmbedderSource;
  root: string;
  /** As `EmbedRequest.cache`. */
  cache: PictureCache | null;
  samples: Sample[];
  /** Called with the number of samples done since the last call. */
  onDone: (count: number) => void;
}

const batchSize = 64;

/** Embeds samples in the batch engine. Those that fail are counted, not compared. */
export async function embedDataset<Sample extends NamedSample>(
  workbench: Workbench,
  order: EmbedOrder<Sample>,
  job: RunningJob,
): Promise<EmbeddedSamples<Sample>> {
  const samples: Sample[] = [];
  const failures: EmbeddedSamples['failures'] = [];
  const rows: Float32Array[] = [];
  const qualities: (number | null)[] = [];
  let several = 0;
  let dimension = 1;
  for (let start = 0; start < order.samples.length; start += batchSize) {
    const batch = order.samples.slice(start, start + batchSize);
    const images = batch.map(({ path }) => ({ kind: 'file' as const, path: resolve(order.root, path) }));
    const outcomes = await surviveOneLoss(job, () =>
      embedPictures(workbench, { embedder: order.embedder, images, several: 'largest', cache: order.cache }, { lane: 'batch', signal: job.signal }),
    );
    for (const [index, sample] of batch.entries()) {
      const outcome = outcomes[index]!;
      if ('reason' in outcome) {
        failures.push({ path: sample.path, subject: sample.subject, reason: outcome.reason });
        continue;
      }
      dimension = outcome.vector.length;
      samples.push(sample);
      rows.push(outcome.vector);
      qualities.push(outcome.quality?.score ?? null);
      if (outcome.seen > 1) several++;
    }
    order.onDone(batch.length);
  }
  return { templates: templateSet(rows, dimension, samples), samples, qualities, several, failures };
}

function templateSet(rows: Float32Array[], dimension: number, samples: readonly NamedSample[]): TemplateSet {
  const embeddings = new Float32Array(rows.length * dimension);
  for (const [row, vector] of rows.entries()) embeddings.set(vector, row * dimension);
  return { embeddings, dimension, subjects: numbered(samples).subjects };
}

/** Subjects numbered as they first appear. */
export function numbered(samples: readonly Pick<NamedSample, 'subject'>[]): { subjects: Int32Array; names: string[] } {
  const numbers = new Map<string, number>();
  for (const { subject } of samples) if (!numbers.has(subject)) numbers.set(subject, numbers.size);
  return { subjects: Int32Array.from(samples, ({ subject }) => numbers.get(subject)!), names: [...numbers.keys()] };
}
