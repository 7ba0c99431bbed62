import type { ImageSource } from '../../contract/engine-port.ts';
import type { NetworkInput } from '../../contract/recipe/network.ts';
import { centralCrop } from './crop.ts';
import type { Crop } from './crop.ts';
import { describeFailure, openImage, UnreadableImage } from './open-image.ts';

/**
 * The picture as the network sees it: upright, cropped, scaled; [height, width, channels] bytes, row-major.
 * @throws UnreadableImage
 */
export async function loadPixels(source: ImageSource, input: Pick<NetworkInput, 'width' | 'height' | 'channels'>, crop: Crop = centralCrop): Promise<Uint8Array> {
  const image = await openImage(source);
  const pipeline = image
    .pipeline()
    .extract(crop(image, input))
    .resize(input.width, input.height, { fit: 'fill', kernel: 'cubic' });
  const coloured = input.channels === 1 ? pipeline.greyscale() : pipeline.toColourspace('srgb').removeAlpha();
  try {
    const { data, info } = await coloured.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    return info.channels === input.channels ? new Uint8Array(data) : spread(data, input.channels);
  } catch (error) {
    throw new UnreadableImage(describeFailure(error, image.bytes));
  }
}

/** Repeats a grey value into each channel. */
function spread(grey: Uint8Array, channels: number): Uint8Array {
  const pixels = new Uint8Array(grey.length * channels);
  for (let index = 0; index < pixels.length; index++) pixels[index] = grey[Math.floor(index / channels)]!;
  return pixels;
}
