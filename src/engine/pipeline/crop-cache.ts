import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PipelineSample } from './pipeline.ts';

/** A folder holds no more than this: some 100,000 faces. What comes later is computed each time. */
export const CACHE_LIMIT_BYTES = 4 * 2 ** 30;

/** The samples of pictures, kept in a folder by what the pictures hold. Crops show people: the folder is the owner's only. */
export interface CropCache {
  get: (key: string) => Promise<PipelineSample[] | null>;
  put: (key: string, samples: readonly PipelineSample[]) => Promise<void>;
}

/** Names what a pipeline of this version sees in a picture with these bytes. */
export function cropKey(bytes: Uint8Array, version: string): string {
  return `${createHash('sha256').update(bytes).digest('hex')}-${version}`;
}

type Header = (Omit<PipelineSample, 'crop'> & { width: number; height: number })[];

const ENDING = '.crops';
/** Bytes in each folder, counted when it is first used. */
const filled = new Map<string, Promise<number>>();

export function openCropCache(folder: string, limitBytes: number = CACHE_LIMIT_BYTES): CropCache {
  const fileOf = (key: string): string => join(folder, key.slice(0, 2), `${key}${ENDING}`);
  return {
    get: async (key) => {
      const file = await readFile(fileOf(key)).catch(() => null);
      return file === null ? null : decode(file);
    },
    put: async (key, samples) => {
      const bytes = encode(samples);
      const before = await (filled.get(folder) ?? count(folder));
      if (before + bytes.length > limitBytes) return;
      filled.set(folder, Promise.resolve(before + bytes.length));
      await write(join(folder, key.slice(0, 2)), `${key}${ENDING}`, bytes);
    },
  };
}

async function count(folder: string): Promise<number> {
  const counting = readdir(folder, { recursive: true, withFileTypes: true }).then(
    async (entries) => {
      const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    () => 0,
  );
  filled.set(folder, counting);
  return counting;
}

/** Whole or not at all. A cache that cannot be written costs time only. */
async function write(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(folder, `${name}.${process.pid}.part`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(draft, bytes, { mode: 0o600 });
    await rename(draft, join(folder, name));
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/** Length of the header (4 bytes), the header as JSON, then the crops' pixels. */
function encode(samples: readonly PipelineSample[]): Buffer {
  const header: Header = samples.map(({ crop: { width, height }, ...sample }) => ({ ...sample, width, height }));
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, ...samples.map(({ crop }) => crop.pixels)]);
}

/** Null for a file that is not whole. */
function decode(file: Buffer): PipelineSample[] | null {
  if (file.length < 4) return null;
  let at = 4 + file.readUInt32LE(0);
  try {
    const header = JSON.parse(file.toString('utf8', 4, at)) as Header;
    const samples = header.map(({ width, height, ...sample }) => {
      const pixels = new Uint8Array(file.subarray(at, (at += width * height * 3)));
      return { ...sample, crop: { width, height, pixels } };
    });
    return at === file.length ? samples : null;
  } catch {
    return null;
  }
}
