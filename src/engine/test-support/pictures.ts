import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainingSample } from '../../contract/engine-port.ts';
import { randomStream } from '../../learning/random.ts';

/** A new folder that the operating system may clear. */
export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'likeness-engine-'));

const SIDE = 32;

/**
 * Pictures that a small network can tell apart in a few steps: each subject is a pattern of light and dark squares of its own,
 * each picture of it a noisy, shifted copy. Grey PGM files of 32 x 32.
 */
export async function writePatternSubjects(folder: string, { subjects, pictures, firstSeed = 0 }: { subjects: number; pictures: number; firstSeed?: number }): Promise<TrainingSample[]> {
  await mkdir(folder, { recursive: true });
  const samples: TrainingSample[] = [];
  for (let label = 0; label < subjects; label++) {
    for (let picture = 0; picture < pictures; picture++) {
      const path = join(folder, `subject-${label}-${picture}.pgm`);
      await writeFile(path, pattern(firstSeed + label, picture));
      samples.push({ path, label, metadata: { half: label % 2 === 0 ? 'even' : 'odd' } });
    }
  }
  return samples;
}

function pattern(subject: number, picture: number): Uint8Array {
  const squares = randomStream(subject, 'squares');
  const light = Array.from({ length: 64 }, () => (squares.uniform() < 0.5 ? 60 : 190));
  const noise = randomStream(subject, 'noise', picture);
  const [shiftX, shiftY] = [noise.below(3), noise.below(3)];
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, index) => {
    const column = Math.min(7, Math.floor(((index % SIDE) + shiftX) / 4));
    const row = Math.min(7, Math.floor((Math.floor(index / SIDE) + shiftY) / 4));
    return light[row * 8 + column]! + noise.between(-30, 30);
  });
  return new Uint8Array([...Buffer.from(`P5 ${SIDE} ${SIDE} 255\n`), ...pixels]);
}
