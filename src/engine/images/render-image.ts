import { RequestError } from '../../contract/request-error.ts';
import type { ImageSource } from '../../contract/engine-port.ts';
import { describeFailure, openImage, UnreadableImage } from './open-image.ts';

const WEBP_QUALITY = 82;

/** A picture for the screen: upright, at most `maxSide` pixels, as WebP. @throws RequestError('bad-image') */
export async function renderImage(source: ImageSource, maxSide: number): Promise<{ bytes: Uint8Array; mimeType: string }> {
  const name = source.kind === 'file' ? source.path : source.name;
  try {
    const image = await openImage(source);
    const bytes = await image
      .pipeline()
      .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: WEBP_QUALITY })
      .toBuffer()
      .catch((error: unknown) => {
        throw new UnreadableImage(describeFailure(error, image.bytes));
      });
    return { bytes: new Uint8Array(bytes), mimeType: 'image/webp' };
  } catch (error) {
    if (error instanceof UnreadableImage) throw new RequestError('bad-image', `${name} cannot be shown: ${error.message}.`);
    throw error;
  }
}
