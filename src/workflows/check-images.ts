import type { ImageCheck } from '../contract/engine-port.ts';
import { resolve } from 'node:path';
import type { DatasetFindings } from '../contract/requests/datasets.ts';
import type { FoundImage } from './dataset-scan.ts';
import type { RunningJob } from './jobs.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';

export type ReadableImage = FoundImage & Extract<ImageCheck, { ok: true }>;

/** Small enough that a person who asks the same engine for something hardly waits. */
const batchSize = 16;

/** Opens every picture once, in the engine; those that cannot be read come back with the reason. */
export async function checkImages(
  workbench: Pick<Workbench, 'engine'>,
  found: { root: string; images: FoundImage[] },
  job: RunningJob,
): Promise<{ readable: ReadableImage[]; unreadable: DatasetFindings['unreadable'] }> {
  const { root, images } = found;
  const readable: ReadableImage[] = [];
  const unreadable: DatasetFindings['unreadable'] = [];
  for (let start = 0; start < images.length; start += batchSize) {
    const batch = images.slice(start, start + batchSize);
    const sources = batch.map(({ path }) => ({ kind: 'file' as const, path: resolve(root, path) }));
    const checks = await surviveOneLoss(job, () =>
      workbench.engine.call('images.check', { images: sources }, { signal: job.signal }),
    );
    for (const [index, check] of checks.entries()) {
      const image = batch[index]!;
      if (check.ok) readable.push({ ...image, ...check });
      else unreadable.push({ path: image.path, reason: check.reason });
    }
    job.progress({ done: start + batch.length, total: images.length });
  }
  return { readable, unreadable };
}

/** Keeps the first of all pictures with the same bytes or the same pixels, whoever they are said to show. */
export function dropDuplicates(images: readonly ReadableImage[]): {
  kept: ReadableImage[];
  duplicates: DatasetFindings['duplicates'];
} {
  const first = new Map<string, ReadableImage>();
  const kept: ReadableImage[] = [];
  const duplicates: DatasetFindings['duplicates'] = [];
  for (const image of images) {
    const original = first.get(image.sha256) ?? first.get(image.pixelHash);
    if (original === undefined) {
      first.set(image.sha256, image).set(image.pixelHash, image);
      kept.push(image);
    } else {
      duplicates.push({ path: image.path, of: original.path, sameSubject: original.subject === image.subject });
    }
  }
  return { kept, duplicates };
}
