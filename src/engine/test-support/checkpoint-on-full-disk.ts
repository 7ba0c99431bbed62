import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fillDisk } from '../../store/test-support/small-disk.ts';
import { writeAtomically } from '../checkpoints/write-atomically.ts';

/** What the process on the small disk found. */
export interface FullDiskCheckpoint {
  refusal: string;
  whileFull: string;
  files: string[];
  withRoom: string;
}

// Writes a checkpoint, and the next one onto a full disk, for a test.
const disk = process.argv[2]!;
const path = join(disk, 'checkpoint.safetensors');
const epoch = (sign: string): string => sign.repeat(1_000_000);
const kept = (): string => readFileSync(path, 'utf8').replace(/(.)\1+/g, '$1');
await writeAtomically(path, epoch('1'));
const { makeRoom } = fillDisk(disk);
const refusal = await writeAtomically(path, epoch('2')).then(() => 'none', (error: Error & { code: string }) => `${error.code}: ${error.message}`);
const [whileFull, files] = [kept(), readdirSync(disk).filter((name) => name !== 'filler')];
makeRoom();
await writeAtomically(path, epoch('3'));
process.stdout.write(JSON.stringify({ refusal, whileFull, files, withRoom: kept() } satisfies FullDiskCheckpoint));
