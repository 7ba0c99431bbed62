import { RequestError } from '../../contract/request-error.ts';
import { alignFace, findLandmarks } from './align-face.ts';
import { detectFaces } from './detect-faces.ts';
import type { FaceModels } from './face-models.ts';
import type { AlignedFace } from './face-quality.ts';
import type { Photo } from './photo.ts';

/** What to do with several faces in a photo. */
export type FaceChoice = 'one' | 'largest' | 'all';

/** Every face of a photo, aligned, the largest first. */
export function findFaces(photo: Photo, models: FaceModels): AlignedFace[] {
  return detectFaces(photo, models).map((face) => {
    const { landmarks, presence } = findLandmarks(photo, face, models);
    return { ...face, landmarks, presence, aligned: alignFace(photo, landmarks) };
  });
}

/** @throws RequestError('bad-image') for no face, or for several where one is required. */
export function chooseFaces<Face>(faces: readonly Face[], choice: FaceChoice, name: string): readonly Face[] {
  const [largest] = faces;
  if (largest === undefined) throw new RequestError('bad-image', `${name}: no face was found. Choose a photo in which the whole face can be seen.`);
  if (choice === 'all') return faces;
  if (choice === 'one' && faces.length > 1) {
    throw new RequestError('bad-image', `${name}: ${faces.length} faces were found, and one is required. Crop the photo to the face, or take the largest.`);
  }
  return [largest];
}
