import type { ImageSource } from '../../contract/engine-port.ts';
import { describeFailure, openImage, UnreadableImage } from '../images/open-image.ts';

/** Photos are looked at in at most this size: a 100-megapixel photo takes 12 MB, and a face of a tenth of it is still 200 pixels wide. */
const LONGEST_SIDE = 2048;

/** Upright pixels, RGB bytes, row-major. */
export interface Photo {
  width: number;
  height: number;
  pixels: Uint8Array;
  /** Pixels of the file per pixel here, at least 1. */
  reduction: number;
}

/** @throws UnreadableImage */
export async function readPhoto(source: ImageSource): Promise<Photo> {
  const image = await openImage(source);
  try {
    const { data, info } = await image.pipeline()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb').removeAlpha()
      .raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    const pixels = info.channels === 3 ? new Uint8Array(data) : Uint8Array.from({ length: data.length * 3 }, (_, index) => data[Math.floor(index / 3)]!);
    return { width: info.width, height: info.height, pixels, reduction: image.width / info.width };
  } catch (error) {
    throw new UnreadableImage(describeFailure(error, image.bytes));
  }
}
