import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { RequestError } from '../../contract/request-error.ts';
import { readArchive } from './archive.ts';
import type { BackupOrder } from './watched.ts';

/** What is done with the files of a backup, one after the other. */
export interface Unpacking {
  begin(name: string): Promise<void>;
  write(bytes: Buffer): Promise<void>;
  end(): Promise<void>;
}

export interface BackupContent {
  files: number;
  bytes: number;
}

/** Reads a backup through; every piece is proved before anything is done with it. @throws RequestError */
export async function readFiles({ file, passphrase, signal, onProgress }: BackupOrder, { begin, write, end }: Unpacking): Promise<BackupContent> {
  const source = await openBackup(file);
  const content: BackupContent = { files: 0, bytes: 0 };
  let [waiting, left, isInFile, read] = [Buffer.alloc(0), 0, false, 0];
  try {
    const { size: total } = await source.stat();
    for await (const piece of readArchive(source, passphrase)) {
      signal?.throwIfAborted();
      onProgress?.(Math.min((read += piece.length), total), total);
      waiting = Buffer.concat([waiting, piece]);
      for (;;) {
        if (!isInFile) {
          const headEnd = waiting.indexOf('\n');
          if (headEnd < 0) break;
          const { name, size } = JSON.parse(waiting.subarray(0, headEnd).toString('utf8')) as { name: string; size: number };
          await begin(name);
          [waiting, left, isInFile] = [waiting.subarray(headEnd + 1), size, true];
          content.files += 1;
          content.bytes += size;
        }
        const taken = waiting.subarray(0, left);
        await write(taken);
        [waiting, left] = [waiting.subarray(taken.length), left - taken.length];
        if (left > 0) break;
        await end();
        isInFile = false;
      }
    }
  } finally {
    await source.close();
  }
  if (left > 0) throw new RequestError('invalid-input', 'This backup ends in the middle of a file. Nothing was changed.');
  return content;
}

async function openBackup(file: string): Promise<FileHandle> {
  return open(file, 'r').catch((error: unknown) => {
    throw new RequestError('not-found', `The backup ${file} cannot be opened (${error instanceof Error ? error.message : String(error)}). Look for it where it was written.`);
  });
}
