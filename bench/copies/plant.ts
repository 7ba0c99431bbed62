import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { checkImage } from '../../src/engine/images/check-image.ts';
import { openImage } from '../../src/engine/images/open-image.ts';
import type { ThumbnailedImage } from '../../src/workflows/copies/suspected-copies.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const CROP = 0.03;
const BRIGHTER = 1.1;

/** What a copy may have gone through, by its name in the table. */
export const CHANGES: Readonly<Record<string, (picture: Sharp, size: Size) => Sharp>> = {
  'JPEG 95': (picture) => picture.jpeg({ quality: 95 }),
  'JPEG 75': (picture) => picture.jpeg({ quality: 75 }),
  'JPEG 50': (picture) => picture.jpeg({ quality: 50 }),
  'half the size': (picture, { width, height }) => picture.resize(Math.round(width / 2), Math.round(height / 2), { fit: 'fill' }).png(),
  'twice the size': (picture, { width, height }) => picture.resize(2 * width, 2 * height, { fit: 'fill' }).png(),
  'mirrored': (picture) => picture.flop().png(),
  '10 % brighter': (picture) => picture.linear(BRIGHTER, 0).png(),
  'border of 3 % cut off': (picture, { width, height }) => {
    const [left, top] = [width, height].map((side) => Math.max(1, Math.round(CROP * side))) as [number, number];
    return picture.extract({ left, top, width: width - 2 * left, height: height - 2 * top }).png();
  },
};

/** A changed copy of a picture, as the engine sees it. */
export async function plantCopy(picture: { path: string; subject: string }, change: string): Promise<ThumbnailedImage> {
  const image = await openImage({ kind: 'file', path: picture.path });
  const bytes = await CHANGES[change]!(sharp(await image.pipeline().png({ compressionLevel: 0 }).toBuffer()), image).toBuffer();
  const check = await checkImage({ kind: 'bytes', bytes, name: 'copy' });
  if (!check.ok) throw new Error(`${picture.path}, ${change}: ${check.reason}`);
  return { path: copyName(picture.path), subject: picture.subject, ...check };
}

/** Behind its original, in any order. */
export const copyName = (path: string): string => `${path} copy`;
