import sharp from 'sharp';
import { thumbnailSide } from '../../contract/engine-port.ts';

/** Upright grey pixels of a picture, one byte each, row by row. */
export interface GreyPixels {
  readonly pixels: Buffer;
  readonly width: number;
  readonly height: number;
}

/** The whole picture squeezed into a square of `thumbnailSide` pixels, whatever its shape: [thumbnailSide, thumbnailSide], row-major. */
export async function thumbnailOf({ pixels, width, height }: GreyPixels): Promise<Uint8Array> {
  const small = sharp(pixels, { raw: { width, height, channels: 1 } }).resize(thumbnailSide, thumbnailSide, { fit: 'fill' }).toColourspace('b-w');
  return Uint8Array.from(await small.raw({ depth: 'uchar' }).toBuffer());
}
