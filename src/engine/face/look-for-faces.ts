import type { ImageSource } from '../../contract/engine-port.ts';
import type { Look } from '../../contract/requests/inspections.ts';
import { loadFaceModels } from './face-models.ts';
import { faceQuality } from './face-quality.ts';
import { findFaces } from './find-faces.ts';
import { photoToInspect } from './inspection-step.ts';

/**
 * Where the faces of a picture are and how good they are, the largest first: what the pipeline finds, and nothing drawn or kept.
 *
 * @param isFrame whether the next picture is already waiting.
 * @param reduction pixels of the camera for each pixel of the picture; sizes and places are told in the camera's pixels.
 * @throws RequestError('bad-image', 'no-model')
 */
export async function lookForFaces(image: ImageSource, { reduction, isFrame }: { reduction: number; isFrame: boolean }): Promise<Look> {
  const models = await loadFaceModels();
  const picture = await photoToInspect(image);
  const photo = { ...picture, reduction: picture.reduction * reduction };
  // Who stands before the camera is found at first sight; of an empty room a frame must not take longer.
  const faces = isFrame ? findFaces(photo, models, 1) : findFaces(photo, models);
  const inCamera = (x: number, y: number): { x: number; y: number } => ({ x: Math.round(x * photo.reduction), y: Math.round(y * photo.reduction) });
  return {
    width: Math.round(photo.width * photo.reduction),
    height: Math.round(photo.height * photo.reduction),
    samples: faces.map((face, index) => {
      const [right, bottom] = [face.left + face.width, face.top + face.height];
      return {
        label: `face ${index + 1}`,
        outline: [inCamera(face.left, face.top), inCamera(right, face.top), inCamera(right, bottom), inCamera(face.left, bottom)],
        landmarks: face.landmarks.map(({ x, y }) => inCamera(x, y)),
        quality: faceQuality(face, photo, faces.filter((other) => other !== face)),
      };
    }),
  };
}
