import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Holding } from '../contract/requests/deletion.ts';
import { readBesideLocks } from './read-beside-locks.ts';
import { standsIn, writtenForms } from './stands-in.ts';

/** How much of a trace is looked for, from its middle: long enough to stand nowhere by chance. */
const traceLength = 32;

/** What would give a person away. */
export interface Wanted {
  /** Pieces of envelopes, pictures and vectors (`tracesOf`). */
  pieces: readonly Buffer[];
  names: readonly string[];
  /** The random reference; it may stand where `mayHoldReference` says so. */
  reference: string;
  mayHoldReference: (file: string) => boolean;
}

export interface ScannedFile {
  /** From the folder on, with slashes. */
  file: string;
  /** To its end; else what it holds besides is not known. */
  isRead: boolean;
  holds: Holding[];
}

/** Part of every envelope, picture and vector. Too short a content has no trace of its own. */
export function tracesOf(contents: readonly Uint8Array[]): Buffer[] {
  return contents.flatMap((content) => {
    if (content.length < traceLength) return [];
    const middle = Math.floor((content.length - traceLength) / 2);
    const trace = Buffer.from(content.subarray(middle, middle + traceLength));
    // A stretch of one colour is in every picture.
    return new Set(trace).size < traceLength / 4 ? [] : [trace];
  });
}

/**
 * Reads every file below a folder, and its name. A file that goes meanwhile holds nothing any more; what the system does not let be read stands
 * among the others, a folder with a slash at its end.
 */
export async function scanFiles(folder: string, wanted: Wanted): Promise<ScannedFile[]> {
  const scanned: ScannedFile[] = [];
  for await (const file of below(folder, '')) {
    const looks = looksFor(wanted, file);
    const { isRead, holds } = file.endsWith('/') ? { isRead: false, holds: new Set<Holding>() } : await findIn(join(folder, file), looks);
    if (looks.some(({ what, isIn }) => what === 'name' && isIn(Buffer.from(`\n${file}\n`)))) holds.add('name');
    scanned.push({ file, isRead, holds: [...holds] });
  }
  return scanned;
}

/** The files below a folder, and the folders that cannot be listed. */
async function* below(root: string, folder: string): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') yield `${folder}/`;
    return;
  }
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* below(root, path);
    else if (entry.isFile()) yield path;
  }
}

/** Why the system did not let something be read. @throws whatever else it was */
function codeOf(error: unknown): unknown {
  if (error instanceof Error && 'code' in error) return error.code;
  throw error;
}

interface Look {
  what: Holding;
  length: number;
  isIn: (window: Buffer) => boolean;
}

function looksFor({ pieces, names, reference, mayHoldReference }: Wanted, file: string): Look[] {
  const words = (what: Holding, text: string): Look[] =>
    writtenForms(text).map((form) => Buffer.from(form)).map((word) => ({ what, length: word.length, isIn: (window) => standsIn(window, word) }));
  return [
    ...pieces.map((piece): Look => ({ what: 'pieces', length: piece.length, isIn: (window) => window.includes(piece) })),
    ...names.flatMap((name) => words('name', name)),
    ...(mayHoldReference(file) ? [] : words('reference', reference)),
  ];
}

async function findIn(path: string, looks: readonly Look[]): Promise<{ isRead: boolean; holds: Set<Holding> }> {
  const found = new Set<Holding>();
  const lookAt = (window: Buffer): void => {
    for (const { what, isIn } of looks) if (!found.has(what) && isIn(window)) found.add(what);
  };
  // Of a word the bytes beside it count too, so a file begins and ends with a line's end here.
  const kept = Math.max(...looks.map(({ length }) => length)) + 1;
  let rest = Buffer.from('\n');
  try {
    for await (const chunk of readBesideLocks(path, 4 * 1024 * 1024)) {
      const window = Buffer.concat([rest, chunk]);
      lookAt(window);
      rest = Buffer.from(window.subarray(Math.max(0, window.length - kept)));
    }
    lookAt(Buffer.concat([rest, Buffer.from('\n')]));
  } catch (error) {
    // The person is deleted already: what cannot be read must not keep the receipt away.
    return { isRead: codeOf(error) === 'ENOENT', holds: found };
  }
  return { isRead: true, holds: found };
}
