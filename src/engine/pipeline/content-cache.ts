import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder holds no more than this: some 100,000 faces. What comes later is computed each time. */
export const CACHE_LIMIT_BYTES = 4 * 2 ** 30;

/** Files of a folder, named by what somebody's picture holds. They show or tell of people: the folder is the owner's only. */
export interface ContentCache {
  /** Null for what is not there. */
  get: (name: string) => Promise<Buffer | null>;
  put: (name: string, bytes: Uint8Array) => Promise<void>;
}

/** Bytes in each folder, counted when it is first used. */
const filled = new Map<string, Promise<number>>();

export function openContentCache(folder: string, limitBytes: number = CACHE_LIMIT_BYTES): ContentCache {
  return {
    get: (name) => readFile(join(folder, name.slice(0, 2), name)).catch(() => null),
    put: async (name, bytes) => {
      const before = await (filled.get(folder) ?? count(folder));
      if (before + bytes.length > limitBytes) return;
      filled.set(folder, Promise.resolve(before + bytes.length));
      await write(join(folder, name.slice(0, 2)), name, bytes);
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
