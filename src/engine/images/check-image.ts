import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { ImageCheck, ImageSource } from '../../contract/engine-port.ts';
import { describeFailure, openImage, UnreadableImage } from './open-image.ts';
import type { OpenedImage } from './open-image.ts';
import { thumbnailOf } from './thumbnail.ts';

/** Endings by the format that libvips or our own reader finds in the bytes. */
const ENDINGS: Record<string, string[]> = {
  jpeg: ['.jpg', '.jpeg', '.jpe', '.jfif'],
  png: ['.png'],
  webp: ['.webp'],
  tiff: ['.tif', '.tiff'],
  gif: ['.gif'],
  heif: ['.avif', '.heic', '.heif', '.hif'],
  pgm: ['.pgm', '.pnm'],
  ppm: ['.ppm', '.pnm'],
};
const KNOWN_ENDINGS = new Set(Object.values(ENDINGS).flat());
const SMALLEST_SIDE = 8;

/**
 * Decodes the picture to its last pixel and says whether it can be used. `sha256` is of the bytes; `pixelHash` of the
 * upright grey pixels after their size, so that a copy saved in another lossless format is found as well;
 * `thumbnail` is what copies with other pixels are suspected by.
 */
export async function checkImage(source: ImageSource): Promise<ImageCheck> {
  try {
    const image = await openImage(source);
    refuseWrongEnding(image);
    return await hashPixels(image);
  } catch (error) {
    if (error instanceof UnreadableImage) return { ok: false, reason: error.message };
    throw error;
  }
}

function refuseWrongEnding(image: OpenedImage): void {
  const ending = extname(image.name).toLowerCase();
  const rightOnes = ENDINGS[image.format] ?? [];
  if (!KNOWN_ENDINGS.has(ending) || rightOnes.includes(ending)) return;
  throw new UnreadableImage(`its name ends in ${ending} but it holds a ${image.format.toUpperCase()} picture; rename it to ${rightOnes[0]}`);
}

async function hashPixels(image: OpenedImage): Promise<ImageCheck> {
  const { width, height } = image;
  if (Math.min(width, height) < SMALLEST_SIDE) {
    throw new UnreadableImage(`it has only ${width} x ${height} pixels (at least ${SMALLEST_SIDE} x ${SMALLEST_SIDE} are needed)`);
  }
  let pixels: Buffer;
  try {
    pixels = await image.pipeline().greyscale().raw({ depth: 'uchar' }).toBuffer();
  } catch (error) {
    throw new UnreadableImage(describeFailure(error, image.bytes));
  }
  const size = new Uint32Array([width, height]);
  const pixelHash = createHash('sha256').update(size).update(pixels).digest('hex');
  const sha256 = createHash('sha256').update(image.bytes).digest('hex');
  return { ok: true, width, height, format: image.format, sha256, pixelHash, thumbnail: await thumbnailOf({ pixels, width, height }) };
}
