import type { ImageSource } from '../../contract/engine-port.ts';
import type { Look } from '../../contract/requests/inspections.ts';
import { photoToInspect } from '../face/inspection-step.ts';
import { findFingers, labelOf } from './find-fingers.ts';
import { fingerQuality } from './finger-quality.ts';

/**
 * Where the fingertips of a picture are and how good they are. Their quality is of the ridges, so all steps are made: it takes longer
 * than a look at a face.
 *
 * @param reduction pixels of the camera for each pixel of the picture; places are told in the camera's pixels.
 * @throws RequestError('bad-image')
 */
export async function lookForFingers(image: ImageSource, reduction: number): Promise<Look> {
  const photo = await photoToInspect(image);
  const scale = photo.reduction * reduction;
  const { tips } = findFingers(photo);
  return {
    width: Math.round(photo.width * scale),
    height: Math.round(photo.height * scale),
    samples: tips.map((tip, index) => ({
      label: labelOf(tip, index),
      outline: tip.outline.map(({ x, y }) => ({ x: Math.round(x * scale), y: Math.round(y * scale) })),
      landmarks: [],
      quality: fingerQuality(tip),
    })),
  };
}
