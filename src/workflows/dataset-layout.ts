import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { DatasetLayout } from '../contract/requests/datasets.ts';
import type { DatasetScan } from './dataset-scan.ts';
import { looksLikeImage } from './dataset-scan.ts';
import { scanFolders } from './scan-folders.ts';
import { scanManifest } from './scan-manifest.ts';

/** Where a dataset is and how it is laid out; for a manifest the path is the CSV file's own. */
export interface DatasetPlace {
  layout: Exclude<DatasetLayout, 'auto'>;
  path: string;
}

/**
 * Finds out how a folder or file is laid out.
 *
 * @throws RequestError('bad-dataset') when there is nothing there, or not what was asked for.
 */
export async function locateDataset(path: string, wanted: DatasetLayout): Promise<DatasetPlace> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new RequestError('bad-dataset', `There is nothing at ${path}, or it may not be read.`);
  if (found.isFile()) {
    if (wanted === 'auto' || wanted === 'csv') return { layout: 'csv', path };
    throw new RequestError('bad-dataset', `${path} is a file; choose the folder that holds the subjects' folders.`);
  }
  const names = await readdir(path);
  const manifest = names.find((name) => name.toLowerCase() === 'manifest.csv');
  if (wanted === 'csv' || (wanted === 'auto' && manifest !== undefined)) {
    if (manifest !== undefined) return { layout: 'csv', path: join(path, manifest) };
    throw new RequestError('bad-dataset', `${path} is a folder without a manifest.csv; choose the CSV file itself.`);
  }
  const isOrl = await looksLikeOrl(path, names);
  if (wanted === 'orl' && !isOrl) {
    throw new RequestError('bad-dataset', `${path} has not the layout of the ORL faces: folders s1, s2... with 1.pgm, 2.pgm...`);
  }
  return { layout: isOrl && wanted !== 'folders' ? 'orl' : 'folders', path };
}

export function scanDataset({ layout, path }: DatasetPlace): Promise<DatasetScan> {
  return layout === 'csv' ? scanManifest(path) : scanFolders(path);
}

/** The folder that the paths of a dataset's pictures are relative to. */
export function rootOf({ layout, path }: { layout: DatasetLayout; path: string }): string {
  return layout === 'csv' ? dirname(path) : path;
}

async function looksLikeOrl(path: string, names: string[]): Promise<boolean> {
  const subjects = names.filter((name) => /^s\d+$/.test(name));
  const first = subjects[0];
  if (first === undefined) return false;
  const images = (await readdir(join(path, first)).catch(() => [])).filter(looksLikeImage);
  return images.length > 0 && images.every((name) => /^\d+\.pgm$/.test(name));
}
