import sharp from 'sharp';
import { expect, test } from 'vitest';
import { randomStream } from '../../learning/random.ts';
import { readPhoto } from '../face/photo.ts';
import { checkImage } from './check-image.ts';
import { UnreadableImage } from './open-image.ts';

const FILES = 500;
const MEMORY_LIMIT = 512 * 2 ** 20;

type Damage = (whole: Buffer, seed: number) => Buffer;

/** Each does to a good picture what a bad disk, a bad network or a bad person does. */
const damages: Damage[] = [
  function truncate(whole, seed) { return whole.subarray(0, randomStream(seed, 'cut').below(whole.length)); },
  function scribble(whole, seed) {
    const random = randomStream(seed, 'scribble');
    const bytes = Buffer.from(whole);
    for (let count = 0; count < 40; count++) bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  function claimAnEnormousSize(_whole, seed) {
    const bomb = Buffer.from(PNG);
    bomb.writeUInt32BE(50_000 + seed, 16);
    bomb.writeUInt32BE(50_000, 20);
    return bomb;
  },
  function drawFromElsewhere(_whole, seed) {
    return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><image href="file:///etc/passwd?${seed}" width="64" height="64"/></svg>`);
  },
  function noise(whole, seed) {
    const random = randomStream(seed, 'noise');
    return Buffer.from(whole.map((byte, index) => (index < 12 ? byte : random.below(256))));
  },
];

const picture = sharp({ create: { width: 96, height: 80, channels: 3, background: 'sienna', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
const PNG = await picture.clone().png().toBuffer();
const originals = [PNG, await picture.clone().jpeg().toBuffer(), await picture.clone().webp().toBuffer(), await picture.clone().tiff().toBuffer(), await picture.clone().gif().toBuffer()];

test(`${FILES} damaged or hostile files end in a picture or in words, in bounded memory`, async () => {
  const before = process.memoryUsage.rss();
  const outcomes = { read: 0, refused: 0 };
  for (let seed = 0; seed < FILES; seed++) {
    const bytes = damages[seed % damages.length]!(originals[Math.floor(seed / damages.length) % originals.length]!, seed);
    const source = { kind: 'bytes' as const, bytes, name: `file-${seed}.jpg` };
    const check = await checkImage(source);
    if (!check.ok) expect(check.reason).toMatch(/\w{2,}/);
    const photo = await readPhoto(source).catch((error: unknown) => error);
    if (photo instanceof UnreadableImage) outcomes.refused++;
    else {
      expect(photo).toHaveProperty('pixels');
      outcomes.read++;
    }
  }
  expect(outcomes.read + outcomes.refused).toBe(FILES);
  // Bombs, drawings and noise are three in five, and none of them is a picture.
  expect(outcomes.refused).toBeGreaterThanOrEqual(0.6 * FILES);
  expect(process.memoryUsage.rss() - before).toBeLessThan(MEMORY_LIMIT);
}, 120_000);
