import sharp from 'sharp';
import type { ImageSource } from '../../contract/engine-port.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { PipelineStep } from '../../contract/requests/inspections.ts';
import { UnreadableImage } from '../images/open-image.ts';
import { readPhoto } from './photo.ts';
import type { Photo } from './photo.ts';

/** RGB bytes, row-major. */
export type Raster = Pick<Photo, 'pixels' | 'width' | 'height'>;

/** @throws RequestError('bad-image') for a picture that cannot be read. */
export async function photoToInspect(image: ImageSource): Promise<Photo> {
  return readPhoto(image).catch((error: unknown) => {
    const name = image.kind === 'file' ? image.path : image.name;
    if (error instanceof UnreadableImage) throw new RequestError('bad-image', `${name} cannot be inspected: ${error.message}.`);
    throw error;
  });
}

export async function step(name: string, title: string, { pixels, width, height }: Raster): Promise<PipelineStep> {
  return { name, title, png: new Uint8Array(await sharp(pixels, { raw: { width, height, channels: 3 } }).png().toBuffer()) };
}
