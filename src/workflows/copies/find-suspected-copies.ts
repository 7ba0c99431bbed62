import type { SuspectedCopy } from '../../contract/suspected-copies.ts';
import type { ReadableImage } from '../check-images.ts';
import type { RunningJob } from '../jobs.ts';
import { runInThread } from '../run-in-thread.ts';

/** Looks for copies with other pixels among images that were opened, in a thread. Of images with equal pixels only the first should be among them. */
export async function findSuspectedCopies(images: readonly ReadableImage[], job: RunningJob): Promise<SuspectedCopy[]> {
  if (images.length < 2) return [];
  job.progress({ message: 'Looking for copies.', done: 0, total: images.length });
  const order = images.map(({ path, subject, width, height, thumbnail }) => ({ path, subject, width, height, thumbnail }));
  return runInThread('suspected-copies', order, { signal: job.signal, onProgress: ({ done, total }) => job.progress({ done, total }) });
}
