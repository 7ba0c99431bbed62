import type { Pipeline } from '../pipeline/pipeline.ts';
import { ALIGNED_SIDE } from './align-face.ts';
import { loadFaceModels } from './face-models.ts';
import { findFacesIn } from './find-faces.ts';
import { describeFace } from './inspect-face.ts';

/** Faces, aligned to 112 x 112, as the embedders of faces are shown them. */
export const facePipeline: Pipeline = {
  version: 'face-3',
  noun: 'face',
  advice: 'choose a photo in which the whole face can be seen',
  find: async (photos) => {
    const models = await loadFaceModels();
    const found = findFacesIn(photos, models);
    return found.map((faces, at) => faces.map((face, index) => ({
      ...describeFace(face, photos[at]!, { index, others: faces.filter((other) => other !== face) }),
      crop: { width: ALIGNED_SIDE, height: ALIGNED_SIDE, pixels: face.aligned },
      embedding: { graphHash: models.embedderHash, vector: face.embedding },
    })));
  },
};
