import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Holding } from '../contract/requests/deletion.ts';
import { readBesideLocks } from './read-beside-locks.ts';
import { standsIn } from './stands-in.ts';

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

/** Reads every file below a folder, and its name. A file that goes meanwhile holds nothing any more. */
export async function scanFiles(folder: string, wanted: Wanted): Promise<ScannedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const scanned: ScannedFile[] = [];
  for (const file of files) {
    const looks = looksFor(wanted, file);
    const holds = await findIn(join(folder, file), looks);
    if (looks.some(({ what, isIn }) => what === 'name' && isIn(Buffer.from(`\n${file}\n`)))) holds.add('name');
    scanned.push({ file, holds: [...holds] });
  }
  return scanned;
}

interface Look {
  what: Holding;
  length: number;
  isIn: (window: Buffer) => boolean;
}

function looksFor({ pieces, names, reference, mayHoldReference }: Wanted, file: string): Look[] {
  const words = (what: Holding, text: string): Look[] =>
    [...new Set([text.normalize('NFC'), text.normalize('NFD')])].map((form) => Buffer.from(form)).map((word) => ({ what, length: word.length, isIn: (window) => standsIn(window, word) }));
  return [
    ...pieces.map((piece): Look => ({ what: 'pieces', length: piece.length, isIn: (window) => window.includes(piece) })),
    ...names.flatMap((name) => words('name', name)),
    ...(mayHoldReference(file) ? [] : words('reference', reference)),
  ];
}

async function findIn(path: string, looks: readonly Look[]): Promise<Set<Holding>> {
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
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EBUSY'))) throw error;
  }
  return found;
}
