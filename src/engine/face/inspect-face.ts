import type { ImageSource } from '../../contract/engine-port.ts';
import type { FoundSample, Inspection } from '../../contract/requests/inspections.ts';
import { ALIGNED_SIDE } from './align-face.ts';
import { loadFaceModels } from './face-models.ts';
import { faceQuality } from './face-quality.ts';
import type { AlignedFace } from './face-quality.ts';
import { findFaces } from './find-faces.ts';
import type { Point } from './geometry.ts';
import { photoToInspect, step } from './inspection-step.ts';
import type { Raster } from './inspection-step.ts';
import type { Photo } from './photo.ts';

const INK = [255, 140, 0];

/** Everything the face pipeline sees in a photo; no face is an answer too. @throws RequestError('bad-image', 'no-model') */
export async function inspectFace(image: ImageSource): Promise<Inspection> {
  const models = await loadFaceModels();
  const photo = await photoToInspect(image);
  const faces = findFaces(photo, models);
  const steps = [
    step('1-photo', 'The photo, upright, in sRGB', photo),
    step('2-faces', 'Faces that were found, with their landmarks', mark(photo, faces)),
    ...faces.map(({ aligned }, index) => step(`3-aligned-${index + 1}`, `Face ${index + 1}, aligned`, { pixels: aligned, width: ALIGNED_SIDE, height: ALIGNED_SIDE })),
  ];
  const { width, height, reduction } = photo;
  return {
    pipeline: 'face', width: Math.round(width * reduction), height: Math.round(height * reduction),
    samples: faces.map((face, index) => describeFace(face, photo, { index, others: faces.filter((other) => other !== face) })),
    steps: await Promise.all(steps),
  };
}

export function describeFace(face: AlignedFace, photo: Photo, { index, others }: { index: number; others: AlignedFace[] }): FoundSample {
  const inFile = (value: number): number => Math.round(value * photo.reduction * 10) / 10;
  return {
    label: `face ${index + 1}`,
    quality: faceQuality(face, photo, others),
    measures: {
      box: { left: inFile(face.left), top: inFile(face.top), width: inFile(face.width), height: inFile(face.height) },
      landmarks: face.landmarks.map(({ x, y }) => ({ x: inFile(x), y: inFile(y) })),
      confidence: face.confidence, presence: face.presence,
    },
  };
}

/** The photo with the boxes' outlines and a square on each landmark. */
function mark(photo: Photo, faces: readonly AlignedFace[]): Raster {
  const marked = { ...photo, pixels: photo.pixels.slice() };
  const pen = Math.max(1, Math.round(Math.max(photo.width, photo.height) / 400));
  for (const { left, top, width, height, landmarks } of faces) {
    for (const y of [top, top + height]) fill(marked, { x: left, y }, { width, height: pen });
    for (const x of [left, left + width]) fill(marked, { x, y: top }, { width: pen, height });
    for (const { x, y } of landmarks) fill(marked, { x: x - pen, y: y - pen }, { width: 2 * pen, height: 2 * pen });
  }
  return marked;
}

function fill({ pixels, width, height }: Raster, { x, y }: Point, size: { width: number; height: number }): void {
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
  for (let row = clamp(y, height); row < clamp(y + size.height, height); row++) {
    for (let column = clamp(x, width); column < clamp(x + size.width, width); column++) pixels.set(INK, (row * width + column) * 3);
  }
}
