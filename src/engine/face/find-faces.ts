import { alignFace, findLandmarks } from './align-face.ts';
import type { FoundLandmarks } from './align-face.ts';
import { describeFaces } from './describe-faces.ts';
import { detectFaces, dropRepeated } from './detect-faces.ts';
import type { DetectedFace, View } from './detect-faces.ts';
import type { FaceModels } from './face-models.ts';
import type { AlignedFace } from './face-quality.ts';
import type { Photo } from './photo.ts';

/** Below this presence what was detected is no face (docs/faces.md has the figures). */
const LEAST_PRESENCE = 0.6;

/** The square of the photo's longer side times `share`, around its middle. */
const whole = (share: number) => (photo: Photo): View[] => {
  const side = Math.max(photo.width, photo.height) * share;
  return [{ photo, left: (photo.width - side) / 2, top: (photo.height - side) / 2, side }];
};

/** Squares of half the photo's longer side, every quarter of it. */
function parts(photo: Photo): View[] {
  const side = Math.max(photo.width, photo.height) / 2;
  const begins = (length: number): number[] => {
    const count = Math.max(1, Math.ceil((length - side) / (side / 2)) + 1);
    return Array.from({ length: count }, (_, index) => (count === 1 ? (length - side) / 2 : (index * (length - side)) / (count - 1)));
  };
  return begins(photo.height).flatMap((top) => begins(photo.width).map((left) => ({ photo, left, top, side })));
}

/**
 * How a photo is looked at until there is a face. The detector was made for faces with something around them: of a photo that a face fills
 * it sees too little, so that the first look has a black frame around the photo and the second a wider one; the last is for small faces.
 */
const LOOKS: readonly ((photo: Photo) => View[])[] = [whole(4 / 3), whole(2), parts];

/** Every face of a photo, aligned and embedded, the largest first; none is a normal answer. */
export function findFaces(photo: Photo, models: FaceModels, looks = LOOKS.length): AlignedFace[] {
  return findFacesIn([photo], models, looks)[0]!;
}

/** The faces of each photo; several photos at once are faster than one by one. @param looks how many looks there are at most. */
export function findFacesIn(photos: readonly Photo[], models: FaceModels, looks = LOOKS.length): AlignedFace[][] {
  const found: SeenFace[][] = photos.map(() => []);
  for (const look of LOOKS.slice(0, looks)) {
    const without = [...found.keys()].filter((index) => found[index]!.length === 0);
    const views = without.flatMap((index) => look(photos[index]!).map((view) => ({ ...view, index })));
    const candidates = detectFaces(views, models).flatMap((faces, view) => faces.map((face) => ({ face, photo: views[view]!.photo, index: views[view]!.index })));
    const landmarks = findLandmarks(candidates, models);
    for (const [at, { face, index }] of candidates.entries()) {
      if (landmarks[at]!.presence >= LEAST_PRESENCE) found[index]!.push({ ...face, ...landmarks[at]! });
    }
  }
  const aligned = found.map((faces, index) => dropRepeated(faces).sort(byArea).map((face) => ({ ...face, aligned: alignFace(photos[index]!, face.landmarks) })));
  const features = describeFaces(aligned.flat().map((face) => face.aligned), models)[Symbol.iterator]();
  return aligned.map((faces) => faces.map((face) => ({ ...face, ...features.next().value! })));
}

type SeenFace = DetectedFace & FoundLandmarks;

const byArea = (one: DetectedFace, other: DetectedFace): number => other.width * other.height - one.width * one.height;
