import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import { counted } from './counted.ts';
import type { DatasetScan, FoundImage } from './dataset-scan.ts';
import { inNaturalOrder, looksLikeImage } from './dataset-scan.ts';

/**
 * A folder for each subject, at any depth: the folder that holds a picture names its subject, wherever it lies. A name
 * that repeats in two places ("gallery/anna", "probes/anna") is one subject, and the notes say so.
 *
 * @throws RequestError('bad-dataset') for a folder that cannot be read.
 */
export async function scanFolders(root: string): Promise<DatasetScan> {
  const scan: DatasetScan = { images: [], unreadable: [], emptyFolders: [], skippedFiles: 0, columns: [], notes: [] };
  await walk(root, { root, scan });
  const loose = scan.images.filter((image) => !image.path.includes('/'));
  if (loose.length > 0) {
    scan.images = scan.images.filter((image) => image.path.includes('/'));
    scan.unreadable.push(
      ...loose.map(({ path }) => ({ path, reason: 'It lies outside any subject folder, so nobody knows whom it shows.' })),
    );
  }
  scan.images.sort((one, other) => inNaturalOrder(one.subject, other.subject) || inNaturalOrder(one.path, other.path));
  noteRepeatedFolders(scan);
  return scan;
}

interface Walk {
  root: string;
  scan: DatasetScan;
}

/** Returns whether any picture lies in or below the folder. */
async function walk(folder: string, { root, scan }: Walk): Promise<boolean> {
  let hasImages = false;
  let hasFolders = false;
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      hasFolders = true;
      hasImages = (await walk(path, { root, scan })) || hasImages;
    } else if (looksLikeImage(entry.name) && (await isFile(entry, path))) {
      hasImages = true;
      scan.images.push(foundImage(root, path));
    } else {
      scan.skippedFiles++;
    }
  }
  if (!hasImages && !hasFolders && folder !== root) scan.emptyFolders.push(withSlashes(relative(root, folder)));
  return hasImages;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => !entry.name.startsWith('.')).sort((one, other) => inNaturalOrder(one.name, other.name));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError('bad-dataset', `The folder ${folder} cannot be read (${reason}). Check that it exists and is readable.`);
  }
}

/** A link counts as the file it leads to; links to folders are not followed, they could lead in circles. */
async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

function foundImage(root: string, path: string): FoundImage {
  const inside = withSlashes(relative(root, path));
  return { path: inside, subject: inside.split('/').at(-2)?.normalize('NFC') ?? '', metadata: {} };
}

function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function noteRepeatedFolders(scan: DatasetScan): void {
  const places = new Map<string, Set<string>>();
  for (const { subject, path } of scan.images) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    places.set(subject, (places.get(subject) ?? new Set()).add(folder));
  }
  const repeated = [...places].filter(([, folders]) => folders.size > 1);
  if (repeated.length === 0) return;
  const [subject, folders] = repeated[0]!;
  scan.notes.push(
    {
      text: `${counted(repeated.length, 'subject folder name stands', 'subject folder names stand')} in several places and ` +
        `${repeated.length === 1 ? 'is' : 'are each'} one subject`,
      example: `"${subject}": ${[...folders].slice(0, 3).join(', ')}`,
    },
  );
}
