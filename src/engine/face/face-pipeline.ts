import type { Pipeline } from '../pipeline/pipeline.ts';
import { ALIGNED_SIDE } from './align-face.ts';
import { loadFaceModels } from './face-models.ts';
import { findFaces } from './find-faces.ts';
import { describeFace } from './inspect-face.ts';

/** Faces, aligned to 112 x 112, as the embedders of faces are shown them. */
export const facePipeline: Pipeline = {
  version: 'face-2',
  noun: 'face',
  advice: 'choose a photo in which the whole face can be seen',
  find: async (photo) => {
    const faces = findFaces(photo, await loadFaceModels());
    return faces.map((face, index) => ({
      ...describeFace(face, photo, { index, others: faces.filter((other) => other !== face) }),
      crop: { width: ALIGNED_SIDE, height: ALIGNED_SIDE, pixels: face.aligned },
    }));
  },
};
