import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How much of a trace is looked for, from its middle: long enough to stand nowhere by chance. */
const traceLength = 32;

/** What would give a person away: part of every envelope, picture and vector. Too short a content has no trace of its own. */
export function tracesOf(contents: readonly Uint8Array[]): Buffer[] {
  return contents.flatMap((content) => {
    if (content.length < traceLength) return [];
    const middle = Math.floor((content.length - traceLength) / 2);
    const trace = Buffer.from(content.subarray(middle, middle + traceLength));
    // A stretch of one colour is in every picture.
    return new Set(trace).size < traceLength / 4 ? [] : [trace];
  });
}

/** Reads every file below a folder; `found` are those that hold any of the traces. A file that goes meanwhile holds nothing any more. */
export async function scanFiles(folder: string, traces: readonly Buffer[]): Promise<{ scanned: number; found: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const file of files) if (await holdsAny(file, traces)) found.push(file);
  return { scanned: files.length, found };
}

async function holdsAny(file: string, traces: readonly Buffer[]): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 4 * 1024 * 1024 }) as AsyncIterable<Buffer>) {
      const window = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (traces.some((trace) => window.includes(trace))) return true;
      rest = window.subarray(Math.max(0, window.length - traceLength + 1));
    }
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EBUSY')) return false;
    throw error;
  }
}
