import type { Pipeline } from '../pipeline/pipeline.ts';
import { ALIGNED_SIDE } from './align-face.ts';
import { loadFaceModels } from './face-models.ts';
import { findFacesIn } from './find-faces.ts';
import { describeFace } from './inspect-face.ts';

/** Faces, aligned to 112 x 112, as the embedders of faces are shown them. */
export const facePipeline: Pipeline = {
  version: 'face-2',
  noun: 'face',
  advice: 'choose a photo in which the whole face can be seen',
  find: async (photos) => {
    const found = findFacesIn(photos, await loadFaceModels());
    return found.map((faces, at) => faces.map((face, index) => ({
      ...describeFace(face, photos[at]!, { index, others: faces.filter((other) => other !== face) }),
      crop: { width: ALIGNED_SIDE, height: ALIGNED_SIDE, pixels: face.aligned },
    })));
  },
};
