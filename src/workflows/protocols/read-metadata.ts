import { RequestError } from '../../contract/request-error.ts';
import type { ComparisonList, Metadata } from './comparison-list.ts';
import { textOf } from './read-protocol.ts';
import { metadataOfImages, rowsOf } from './table-rows.ts';

/**
 * What is said of the images of a protocol: by the protocol itself and, where there is one, by a CSV of path (below the folder of images)
 * and any other columns, whose words win.
 *
 * @throws RequestError bad-dataset for a file that is no such table, or names none of the images.
 */
export async function metadataOf(list: ComparisonList, file: string | null): Promise<ReadonlyMap<string, Metadata>> {
  if (file === null) return list.metadata ?? new Map();
  const told = metadataOfImages(rowsOf(await textOf(file), file, ['path']));
  if (!list.samples.some(({ path }) => told.has(path))) {
    throw new RequestError('bad-dataset', `${file} says nothing of these images: its first path is ${[...told.keys()][0]!}, the protocol's is ${list.samples[0]!.path}. Write the paths as the protocol has them.`);
  }
  return new Map(list.samples.map(({ path }) => [path, { ...list.metadata?.get(path), ...told.get(path) }]));
}
