import sharp from 'sharp';
import { expect, test } from 'vitest';
import { centralCrop } from './crop.ts';
import { loadPixels } from './load-pixels.ts';

const grey = { width: 16, height: 16, channels: 1 } as const;
const colour = { width: 16, height: 16, channels: 3 } as const;
const load = (bytes: Uint8Array, input: typeof grey | typeof colour) => loadPixels({ kind: 'bytes', bytes, name: 'a' }, input);

test('a colour picture becomes grey by its luminance, or stays in colour', async () => {
  const red = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#ff0000' } }).png().toBuffer();
  const pixels = await load(red, colour);
  expect([pixels.length, pixels[0], pixels[1], pixels[2]]).toEqual([768, 255, 0, 0]);
  const [first] = await load(red, grey);
  expect(first).toBeGreaterThan(40);
  expect(first).toBeLessThan(150);
});

test('a grey picture is repeated into three channels', async () => {
  const pgm = Buffer.concat([Buffer.from('P5 20 20 255\n'), Buffer.alloc(400, 77)]);
  expect([...(await load(pgm, colour))]).toEqual(new Array(768).fill(77));
});

test('a picture with transparency lies on white', async () => {
  const clear = await sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer();
  expect((await load(clear, grey))[0]).toBe(255);
});

test('a picture is turned upright before it is cropped', async () => {
  // Left half black, right half white; orientation 3 turns it by 180 degrees.
  const halves = Buffer.from(Uint8Array.from({ length: 32 * 32 }, (_, index) => (index % 32 < 16 ? 0 : 255)));
  const turned = await sharp(halves, { raw: { width: 32, height: 32, channels: 1 } }).withMetadata({ orientation: 3 }).jpeg().toBuffer();
  const pixels = await load(turned, grey);
  expect(pixels[0]).toBeGreaterThan(200);
  expect(pixels[15]).toBeLessThan(50);
});

test('the crop is the largest centred part with the proportions of the input', () => {
  expect(centralCrop({ width: 92, height: 112 }, { width: 112, height: 112 })).toEqual({ left: 0, top: 10, width: 92, height: 92 });
  expect(centralCrop({ width: 300, height: 100 }, { width: 64, height: 64 })).toEqual({ left: 100, top: 0, width: 100, height: 100 });
  expect(centralCrop({ width: 1, height: 1 }, { width: 112, height: 112 })).toEqual({ left: 0, top: 0, width: 1, height: 1 });
});
