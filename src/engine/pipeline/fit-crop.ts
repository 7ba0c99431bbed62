import sharp from 'sharp';
import type { NetworkInput } from '../../contract/recipe/network.ts';
import type { Raster } from '../face/inspection-step.ts';
import { centralCrop } from '../images/crop.ts';

/** A sample as the network sees it: the largest centred part with the input's proportions, scaled; [height, width, channels] bytes. */
export async function fitCrop({ width, height, pixels }: Raster, input: Pick<NetworkInput, 'width' | 'height' | 'channels'>): Promise<Uint8Array> {
  if (width === input.width && height === input.height && input.channels === 3) return pixels;
  const scaled = sharp(pixels, { raw: { width, height, channels: 3 } })
    .extract(centralCrop({ width, height }, input))
    .resize(input.width, input.height, { fit: 'fill', kernel: 'cubic' });
  const coloured = input.channels === 1 ? scaled.greyscale() : scaled.toColourspace('srgb');
  return new Uint8Array(await coloured.raw({ depth: 'uchar' }).toBuffer());
}
