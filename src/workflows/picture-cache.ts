import { rm } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { listDatasets } from '../store/datasets.ts';
import { rootOf } from './dataset-layout.ts';
import type { Workbench } from './workbench.ts';

/**
 * Where the crops and embeddings of a dataset's pictures are kept by content. They show and tell of people: the folder is this user's only,
 * and goes with the dataset. Pictures of enrolled people have no such place.
 */
export function cacheOfDataset(home: string, datasetId: string): string {
  return join(home, 'crops', datasetId);
}

export async function removeCacheOfDataset(home: string, datasetId: string): Promise<void> {
  await rm(cacheOfDataset(home, datasetId), { recursive: true, force: true });
}

/** That of the dataset whose folder holds the picture, the innermost of several; null for a picture of no dataset. */
export function cacheOfPicture({ home, store: { database } }: Pick<Workbench, 'home' | 'store'>, path: string): string | null {
  const holders = listDatasets(database).map((dataset) => ({ id: dataset.id, root: rootOf(dataset) })).filter(({ root }) => isWithin(root, path));
  const [innermost] = holders.sort((one, other) => other.root.length - one.root.length);
  return innermost === undefined ? null : cacheOfDataset(home, innermost.id);
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
