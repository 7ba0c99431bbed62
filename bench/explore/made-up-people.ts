import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../../src/evaluation/random.ts';

/** How many are made up; every person has as many samples. */
export interface Population {
  people: number;
  samples: number;
}

const SIDE = 64; // pixels
const DIMENSION = 128; // of a template
const SPREAD = 1.5; // length of a sample's noise beside its centre's
const SEED = 11;

const nameOf = (person: number, sample: number): string => `p${person}-${sample}.jpg`;

/** Writes a picture a sample, and a manifest with a column of words, one of few numbers and one of a measured quality. Returns the manifest. */
export async function writePictures(folder: string, { people, samples }: Population): Promise<string> {
  const random = seededRandom(SEED);
  const lines = ['path,subject,light,session,sharpness'];
  mkdirSync(folder, { recursive: true });
  for (let person = 0; person < people; person++) {
    const hue = [random(), random(), random()];
    const written: Promise<unknown>[] = [];
    for (let sample = 0; sample < samples; sample++) {
      const path = nameOf(person, sample);
      written.push(sharp(pixelsOf(hue, random), { raw: { width: SIDE, height: SIDE, channels: 3 } }).jpeg({ quality: 80 }).toFile(join(folder, path)));
      lines.push([path, `Person ${person}`, ['day', 'lamp', 'night'][Math.floor(3 * random())], 1 + Math.floor(8 * random()), (100 * random()).toFixed(3)].join(','));
    }
    await Promise.all(written);
  }
  const manifest = join(folder, 'manifest.csv');
  writeFileSync(manifest, `${lines.join('\n')}\n`);
  return manifest;
}

/** A soft patch of the person's own colour, in a place of the sample's own: no two pictures are the same. */
function pixelsOf(hue: readonly number[], random: () => number): Uint8Array {
  const [x, y] = [SIDE * (0.3 + 0.4 * random()), SIDE * (0.3 + 0.4 * random())];
  return Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const near = Math.exp(-((pixel % SIDE - x) ** 2 + (Math.floor(pixel / SIDE) - y) ** 2) / 600);
    return 40 + 190 * near * hue[at % 3]! + 12 * random();
  });
}

/** A template for each picture by its name: around its person's centre, the same in every process. */
export function templateOf(path: string): Float32Array {
  const [person, sample] = /p(\d+)-(\d+)\.jpg$/.exec(path)!.slice(1).map(Number) as [number, number];
  const centre = directionOf(seededRandom(SEED + 1 + person));
  const own = directionOf(seededRandom(1_000_003 + 1009 * person + sample));
  return centre.map((value, column) => value + SPREAD * own[column]!);
}

/** A direction of a normal distribution in every number (Box and Muller, 1958), at unit length. */
function directionOf(random: () => number): Float32Array {
  const numbers = Float32Array.from({ length: DIMENSION }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  const length = Math.hypot(...numbers);
  return numbers.map((value) => value / length);
}
