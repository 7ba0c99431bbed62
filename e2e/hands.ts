import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { photograph } from '../src/engine/finger/synthetic/photograph.ts';
import { drawConditions, fourFingers, printOf, randomOf } from '../src/engine/finger/synthetic/scenes.ts';

const ridgesAcross = 36;

/** Photos of one synthetic left hand. All its fingers have one print, because growing four takes four times as long. */
export async function photosOfHand(count: number): Promise<string[]> {
  const print = printOf({ seed: 5, subject: 1, hand: 'left', finger: 0 });
  const folder = await mkdtemp(join(tmpdir(), 'likeness-hands-'));
  return Promise.all(Array.from({ length: count }, async (_, index) => {
    const random = randomOf(index + 1);
    const { fingers, size, width } = fourFingers([print, print, print, print], 'left', random);
    const { photo: { pixels } } = photograph(fingers, drawConditions(random, size, width / ridgesAcross), random);
    const path = join(folder, `hand-${index + 1}.png`);
    await sharp(pixels, { raw: { ...size, channels: 3 } }).png().toFile(path);
    return path;
  }));
}
