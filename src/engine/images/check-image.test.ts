import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { thumbnailSide } from '../../contract/engine-port.ts';
import { checkImage } from './check-image.ts';

const base = sharp({ create: { width: 40, height: 20, channels: 3, background: '#306090' } });
const [jpeg, png, webp, tiff, gif] = await Promise.all([
  base.clone().jpeg().toBuffer(), base.clone().png().toBuffer(), base.clone().webp().toBuffer(), base.clone().tiff().toBuffer(), base.clone().gif().toBuffer(),
]);
const noisy = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#306090', noise: { type: 'gaussian', mean: 128, sigma: 40 } } }).jpeg().toBuffer();
const check = (bytes: Uint8Array, name: string) => checkImage({ kind: 'bytes', bytes, name });

describe('a good picture', () => {
  test.each([['a.jpg', jpeg, 'jpeg'], ['a.png', png, 'png'], ['a.webp', webp, 'webp'], ['a.tif', tiff, 'tiff'], ['a.gif', gif, 'gif'], ['capture', png, 'png']])(
    '%s is accepted with its size, format and hash', async (name, bytes, format) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(await check(bytes, name)).toMatchObject({ ok: true, width: 40, height: 20, format, sha256 });
    });

  test('from ORL, a PGM file, is accepted', async () => {
    const bytes = Buffer.concat([Buffer.from('P5 92 112 255\n'), Buffer.alloc(92 * 112, 7)]);
    expect(await check(bytes, '1.pgm')).toMatchObject({ ok: true, width: 92, height: 112, format: 'pgm' });
  });

  test('is measured upright, as its EXIF orientation says', async () => {
    const turned = await base.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await check(turned, 'a.jpg')).toMatchObject({ ok: true, width: 20, height: 40 });
  });

  test('has the same pixel hash in another lossless format, and another when a pixel differs', async () => {
    const [one, other] = [await check(png, 'a.png'), await check(tiff, 'a.tif')];
    const changed = await sharp(png).linear(1, 3).png().toBuffer();
    expect(one.ok && other.ok && one.pixelHash === other.pixelHash && one.sha256 !== other.sha256).toBe(true);
    expect(await check(changed, 'a.png')).not.toMatchObject({ pixelHash: one.ok && one.pixelHash });
  });

  test('has nearly the same thumbnail at half the size and as a JPEG, and its mirror image a mirrored one', async () => {
    const scene = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).png().toBuffer();
    const large = await sharp(scene).resize(160, 120, { fit: 'fill', kernel: 'cubic' }).png().toBuffer();
    const thumbnail = async (image: Sharp): Promise<Uint8Array> => {
      const outcome = await check(await image.toBuffer(), 'capture');
      if (!outcome.ok) throw new Error(outcome.reason);
      return outcome.thumbnail;
    };
    const original = await thumbnail(sharp(large));
    const farthest = (other: Uint8Array): number => Math.max(...original.map((value, at) => Math.abs(value - other[at]!)));
    expect(original).toHaveLength(thumbnailSide ** 2);
    expect(Math.max(...original) - Math.min(...original)).toBeGreaterThan(60);
    expect(farthest(await thumbnail(sharp(large).resize(80, 60).png()))).toBeLessThan(8);
    expect(farthest(await thumbnail(sharp(large).jpeg({ quality: 75 })))).toBeLessThan(8);
    const mirrored = await thumbnail(sharp(large).flop().png());
    expect(farthest(mirrored.map((_, at) => mirrored[at + thumbnailSide - 1 - 2 * (at % thumbnailSide)]!))).toBeLessThan(2);
  });

  test.each(['grey 16-bit', 'alpha', 'CMYK'])('in %s is accepted', async (kind) => {
    const bytes = {
      'grey 16-bit': () => base.clone().toColourspace('grey16').png().toBuffer(),
      alpha: () => base.clone().ensureAlpha(0.4).png().toBuffer(),
      CMYK: () => base.clone().toColourspace('cmyk').jpeg().toBuffer(),
    }[kind]!;
    expect(await check(await bytes(), kind === 'CMYK' ? 'a.jpg' : 'a.png')).toMatchObject({ ok: true, width: 40, height: 20 });
  });
});

describe('a bad picture is refused with the reason:', () => {
  const hugePng = Buffer.concat([png.subarray(0, 16), Buffer.from([0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]), png.subarray(24)]);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><image href="file:///etc/passwd"/></svg>');
  test.each([
    ['an empty file', Buffer.alloc(0), 'a.jpg', 'empty'],
    ['a text', Buffer.from('hello, I am a picture'), 'a.jpg', 'not a picture of a kind we read'],
    ['an SVG drawing', svg, 'a.svg', 'SVG'],
    ['an SVG drawing that says it is a PNG', svg, 'a.png', 'SVG'],
    ['a truncated JPEG', noisy.subarray(0, noisy.length / 2), 'a.jpg', 'cut short or damaged'],
    ['a truncated PNG', png.subarray(0, png.length - 40), 'a.png', 'damaged'],
    ['a JPEG of two bytes', jpeg.subarray(0, 2), 'a.jpg', ''],
    ['a PNG called .jpg', png, 'a.jpg', 'holds a PNG picture; rename it to .png'],
    ['a PNG that claims 10,000 megapixels', hugePng, 'a.png', ''],
  ])('%s', async (_, bytes, name, reason) => {
    const outcome = await check(bytes, name);
    expect(outcome).toMatchObject({ ok: false });
    expect(!outcome.ok && outcome.reason).toContain(reason);
  });

  test('a tiny one', async () => {
    const tiny = await sharp({ create: { width: 3, height: 3, channels: 3, background: 'red' } }).png().toBuffer();
    expect(await check(tiny, 'a.png')).toMatchObject({ ok: false, reason: expect.stringContaining('3 x 3') });
  });

  test('a file that is not there, and a folder', async () => {
    expect(await checkImage({ kind: 'file', path: '/nowhere/at/all.png' })).toMatchObject({ ok: false, reason: 'the file is not there' });
    expect(await checkImage({ kind: 'file', path: '/tmp' })).toMatchObject({ ok: false, reason: 'it is not a file' });
  });
});
