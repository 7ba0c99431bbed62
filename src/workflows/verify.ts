import { RequestError } from '../contract/request-error.ts';
import type { ParsedInput } from '../contract/requests.ts';
import type { Verification } from '../contract/requests/matching.ts';
import type { FingerPosition } from '../contract/vocabulary.ts';
import { cosineSimilarity } from '../evaluation/cosine-similarity.ts';
import type { ModelRecord } from '../store/models.ts';
import type { Probe } from './embed-probe.ts';
import { embedProbes } from './embed-probe.ts';
import type { FmrAtScore } from './fmr-at-score.ts';
import { knownSubject } from './gallery.ts';
import { findImage } from './images.ts';
import { requireModel } from './models.ts';
import { readPolicy } from './sample-policy.ts';
import { protectionInUse } from './templates/protection-in-use.ts';
import type { ScoredReferences } from './templates/score-references.ts';
import { scoreReferences } from './templates/score-references.ts';
import { thresholdFor } from './thresholds.ts';
import { verifyHand } from './verify-hand.ts';
import type { Workbench } from './workbench.ts';

/** 1:1. The score is the mean over the references (docs/decisions/0003-mean-over-references.md); of a hand, the sum over its fingers. */
export async function verify(workbench: Workbench, fmr: FmrAtScore, { probe, reference, several, finger }: ParsedInput<'verify.compare'>): Promise<Verification> {
  const { database } = workbench.store;
  const model = requireModel(database);
  const image = await findImage(workbench, probe);
  const subject = 'subjectId' in reference ? await knownSubject(workbench, reference.subjectId) : null;
  if (several === 'hand') {
    if (subject === null) throw new RequestError('invalid-input', 'A whole hand is compared with an enrolled person, not with another picture. Enrol the other picture first.');
    return verifyHand(workbench, { model, subject, image, finger });
  }
  const how: How = { model, several: several ?? readPolicy(database).several.verify };
  const [embedded] = await embedProbes(workbench, { image, ...how, finger });
  const { references, transform, ofOtherFingers, fingers } = 'subjectId' in reference
    ? await scoreReferences(workbench, { model, subjectId: reference.subjectId }, { vector: embedded.vector, finger: embedded.sample.finger })
    : await scorePicture(workbench, { how, probe: embedded }, reference.imageId);
  if (references.length === 0) throw notComparable(subject!.name, model, ofOtherFingers === 0 ? null : embedded.sample.finger);
  if (embedded.sample.finger === null && fingers.length > 1) throw whichFinger(subject!.name, fingers);
  const score = references.reduce((sum, one) => sum + one.score, 0) / references.length;
  const threshold = thresholdFor(database, { modelId: model.id, transform });
  return {
    probe: embedded.sample,
    score,
    isMatch: threshold === null ? null : score >= threshold.threshold,
    threshold,
    transform,
    model: { id: model.id, name: model.name },
    subject: subject && { id: subject.id, name: subject.name, portrait: subject.portrait },
    references,
    fmrAtScore: fmr({ modelId: model.id, transform }, score),
    hand: null,
  };
}

interface How {
  model: ModelRecord;
  several: 'one' | 'largest';
}

function notComparable(name: string, model: ModelRecord, finger: FingerPosition | null): RequestError {
  if (finger !== null) return new RequestError('conflict', `The probe is a ${finger}, and of ${name} other fingers are enrolled. Different fingers are not compared: take a picture of one of those, or enrol this one.`);
  return new RequestError('conflict', `${name} has no template of ${model.name} yet. Wait until the templates are made anew, or enrol a picture.`);
}

/** Most of the mean would be comparisons of different fingers. */
function whichFinger(name: string, fingers: readonly FingerPosition[]): RequestError {
  return new RequestError('invalid-input', `Of ${name} several fingers are enrolled (${fingers.join(', ')}). Say which one the probe shows: different fingers are not compared.`);
}

/** Another picture as the reference: under the gallery's protection too, because the threshold is. It shows whatever finger the probe does. */
async function scorePicture(workbench: Workbench, { how, probe }: { how: How; probe: Probe }, imageId: string): Promise<ScoredReferences> {
  const [{ vector }] = await embedProbes(workbench, { image: await findImage(workbench, imageId), ...how, finger: null });
  const { protect, transform } = await protectionInUse(workbench);
  return { references: [{ imageId, score: cosineSimilarity(protect(probe.vector), protect(vector)) }], ofOtherFingers: 0, fingers: [], transform };
}
