import { RequestError } from '../../contract/request-error.ts';
import type { GalleryTransform } from '../../contract/requests/cancelable.ts';
import { cosineSimilarity } from '../../evaluation/cosine-similarity.ts';
import type { ModelRecord } from '../../store/models.ts';
import type { FingerPosition } from '../../contract/vocabulary.ts';
import { mayBeOneFinger } from '../finger-positions.ts';
import { templateModel } from '../models.ts';
import type { SearchProbe } from '../searchable-gallery.ts';
import type { Workbench } from '../workbench.ts';
import { protectionInUse } from './protection-in-use.ts';

/** Somebody may give the gallery another protection between the look and the comparison; so many times it is done again. */
const attempts = 5;

const noFingers: ReadonlyMap<string, FingerPosition> = new Map();

export interface ScoredReferences {
  references: { imageId: string; score: number }[];
  /** References that were left out, because they are known to be of another finger. */
  ofOtherFingers: number;
  /** That the references are known to be of, each once. */
  fingers: FingerPosition[];
  /** The scores are scores of this transform. */
  transform: GalleryTransform;
}

/**
 * A template as the model gives it, under the gallery's protection, with each reference of a person that may be of its finger.
 *
 * @throws RequestError('conflict') when the protection is changed again and again meanwhile.
 */
export async function scoreReferences(workbench: Workbench, { model, subjectId }: { model: ModelRecord; subjectId: string }, { vector, finger }: SearchProbe): Promise<ScoredReferences> {
  const { gallery } = workbench.store;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const protection = await protectionInUse(workbench);
    const all = await gallery.listReferences(subjectId, templateModel(model, protection));
    // A face is of no finger: nobody's samples have to be opened to know that.
    const fingers = finger === null && model.recipe.modality === 'face' ? noFingers : await gallery.listFingersOf([subjectId]);
    const found = all.filter(({ sampleId }) => mayBeOneFinger(finger, fingers.get(sampleId) ?? null));
    if ((await gallery.protections.read()).current.id !== protection.id) continue;
    const probe = protection.protect(vector);
    const references = found.map(({ sampleId, vector: reference }) => ({ imageId: sampleId, score: cosineSimilarity(probe, reference) }));
    const known = new Set(found.flatMap(({ sampleId }) => fingers.get(sampleId) ?? []));
    return { references, ofOtherFingers: all.length - found.length, fingers: [...known], transform: protection.transform };
  }
  throw protectionChanging();
}

export function protectionChanging(): RequestError {
  return new RequestError('conflict', 'The templates of this gallery got another protection while they were compared. Nothing was compared; try again.');
}
