import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { heicPhoto } from '../test-support/heic-photo.ts';
import { readPhoto } from './photo.ts';
import type { Photo } from './photo.ts';

const read = async (bytes: Uint8Array): Promise<Photo> => readPhoto({ kind: 'bytes', bytes, name: 'photo' });
const plain = (background: string) => sharp({ create: { width: 40, height: 30, channels: 3, background } });
const pixelAt = ({ pixels, width }: Photo, x: number, y: number): number[] => [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];

/** Red above, blue below; red left above. */
const corners = () => plain('blue').composite([{ input: { create: { width: 20, height: 15, channels: 3, background: 'red' } }, left: 0, top: 0 }]);

describe('a photo', () => {
  // Where the upper left corner of the stored picture comes to lie (Exif 2.3, tag 0x0112).
  test.each([[1, 'upper left'], [2, 'upper right'], [3, 'lower right'], [4, 'lower left'], [5, 'upper left'], [6, 'upper right'], [7, 'lower right'], [8, 'lower left']])(
    'of EXIF orientation %i stands upright: its first corner is %s',
    async (orientation, corner) => {
      const photo = await read(await corners().withMetadata({ orientation }).png().toBuffer());
      expect([photo.width, photo.height]).toEqual(orientation > 4 ? [30, 40] : [40, 30]);
      const [x, y] = [corner.includes('left') ? 2 : photo.width - 3, corner.includes('upper') ? 2 : photo.height - 3];
      expect(pixelAt(photo, x, y)).toEqual([255, 0, 0]);
      expect(pixelAt(photo, photo.width - 1 - x, photo.height - 1 - y)).toEqual([0, 0, 255]);
    },
  );

  test.each([
    ['JPEG in CMYK', () => plain('#c08060').toColourspace('cmyk').jpeg({ quality: 100 })],
    ['TIFF of 16 bits', () => plain('#c08060').toColourspace('rgb16').tiff()],
    ['WebP', () => plain('#c08060').webp({ lossless: true })],
    ['AVIF', () => plain('#c08060').avif({ quality: 90 })],
    ['GIF', () => plain('#c08060').gif()],
    ['PNG in the colours of a phone (Display P3)', () => plain('#c08060').withIccProfile('p3').png()],
  ])('as %s has the colours of sRGB', async (_, make) => {
    const [red, green, blue] = pixelAt(await read(await make().toBuffer()), 20, 15);
    for (const [value, expected] of [[red, 0xc0], [green, 0x80], [blue, 0x60]]) expect(Math.abs(value! - expected!)).toBeLessThan(12);
  });

  test('in grey of 16 bits with transparency lies on white', async () => {
    const half = sharp({ create: { width: 40, height: 30, channels: 4, background: { r: 128, g: 128, b: 128, alpha: 0.5 } } });
    const photo = await read(await half.toColourspace('grey16').png().toBuffer());
    expect(photo.pixels).toHaveLength(40 * 30 * 3);
    for (const value of pixelAt(photo, 5, 5)) expect(Math.abs(value - 191)).toBeLessThan(4);
  });

  // sharp's own build of libheif reads AV1 only: the patents of HEVC.
  const canReadHeic = sharp.format.heif.input.fileSuffix?.includes('.heic') ?? false;
  test.runIf(canReadHeic)('in HEIC is read', async () => {
    expect(await read(heicPhoto)).toMatchObject({ width: 46, height: 56 });
  });
  test.skipIf(canReadHeic).each([['as an iPhone writes it', 'heic'], ['as other phones write it', 'mif1']])('in HEIC, %s, says what to do', async (_, brand) => {
    const photo = Buffer.from(heicPhoto);
    photo.write(brand, 8, 'latin1');
    await expect(read(photo)).rejects.toThrow(/HEIC.*save it as JPEG/);
    await expect(read(photo.subarray(0, 100))).rejects.toThrow(/HEIC.*save it as JPEG/);
  });

  test.each([
    ['JPEG', (huge: Sharp) => huge.jpeg()],
    ['JPEG that is turned by its EXIF mark', (huge: Sharp) => huge.withMetadata({ orientation: 6 }).jpeg()],
    ['PNG', (huge: Sharp) => huge.png({ compressionLevel: 1 })],
  ])('of 100 megapixels as %s takes less memory than its pixels', async (_, make) => {
    const folder = mkdtempSync(join(tmpdir(), 'likeness-photo-'));
    try {
      const path = join(folder, 'huge');
      await make(sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: 'teal' } })).toFile(path);
      // In a process of its own, since a process tells only the most it ever held.
      const script = `
        import { readPhoto } from ${JSON.stringify(join(import.meta.dirname, 'photo.ts'))};
        const before = process.resourceUsage().maxRSS;
        const { width } = await readPhoto({ kind: 'file', path: ${JSON.stringify(path)} });
        console.log(JSON.stringify({ width, grown: (process.resourceUsage().maxRSS - before) * 1024 }));`;
      const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
      const { width, grown } = JSON.parse(answer) as { width: number; grown: number };
      expect(width).toBe(2048);
      expect(grown).toBeLessThan(300e6);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});
