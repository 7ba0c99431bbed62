import { RequestError } from '../contract/request-error.ts';
import type { GalleryTransform } from '../contract/requests/cancelable.ts';
import type { SubjectCard } from '../contract/requests/gallery.ts';
import type { ComparedFinger, Verification } from '../contract/requests/matching.ts';
import type { FingerPosition } from '../contract/vocabulary.ts';
import { fuseScores } from '../evaluation/fuse-scores.ts';
import type { ModelRecord } from '../store/models.ts';
import type { HandFinger } from './cut-hand.ts';
import { cutHand, requireHand } from './cut-hand.ts';
import { embedPictures } from './embed-pictures.ts';
import type { ChosenImage } from './images.ts';
import { embedderOf } from './models.ts';
import { protectionChanging, scoreReferences } from './templates/score-references.ts';
import { thresholdFor } from './thresholds.ts';
import type { Workbench } from './workbench.ts';

interface Claim {
  model: ModelRecord;
  subject: SubjectCard;
  image: ChosenImage;
  finger: FingerPosition | null;
}

/**
 * 1:1 of a whole hand: each finger with the person's references of the same finger, and the scores fused by the sum rule. A threshold for the
 * fused score has to be measured on hands of a development set. There is none yet, so the fused score decides nothing: the fingers do, each
 * for itself, by the threshold of single comparisons.
 *
 * @throws RequestError('conflict') when none of the fingers can be compared.
 */
export async function verifyHand(workbench: Workbench, { model, subject, image, finger }: Claim): Promise<Verification> {
  requireHand(model, finger);
  const cut = await cutHand(workbench, image);
  if ('reason' in cut) throw new RequestError('bad-image', `${image.fileName} cannot be compared as a hand: ${cut.reason}`);
  const { compared, transform } = await compareFingers(workbench, { model, subject }, cut);
  const threshold = thresholdFor(workbench.store.database, { modelId: model.id, transform });
  const fingers = compared.map((one): ComparedFinger => ({ ...one, isMatch: threshold === null || one.score === null ? null : one.score >= threshold.threshold }));
  const scores = fingers.flatMap(({ score }) => (score === null ? [] : [score]));
  if (scores.length === 0) throw new RequestError('conflict', `No finger of this hand can be compared with ${subject.name}: ${fingers.map((one) => `${one.finger}: ${one.reason ?? ''}`).join(' ')}`);
  const [fused] = fuseScores(scores.map((score) => Float64Array.of(score)), 'sum');
  return {
    probe: { label: `${cut[0]!.finger.split(' ')[0]!} hand`, quality: null, measures: {}, seen: cut.length, finger: null },
    score: fused!, isMatch: null, threshold: null, fmrAtScore: null, references: [], transform,
    model: { id: model.id, name: model.name },
    subject: { id: subject.id, name: subject.name, portrait: subject.portrait },
    hand: { fingers, threshold },
  };
}

type Undecided = Omit<ComparedFinger, 'isMatch'>;

async function compareFingers(workbench: Workbench, { model, subject }: Pick<Claim, 'model' | 'subject'>, cut: readonly HandFinger[]): Promise<{ compared: Undecided[]; transform: GalleryTransform }> {
  const embedded = await embedPictures(workbench, { embedder: embedderOf(workbench.home, model), images: cut.map(({ source }) => source), several: 'one' }, {});
  const compared: Undecided[] = [];
  const transforms = new Set<GalleryTransform>();
  for (const [index, { finger }] of cut.entries()) {
    const sample = embedded[index]!;
    const none = { finger, probe: null, score: null, references: [] };
    if ('reason' in sample) {
      compared.push({ ...none, reason: `It cannot be compared: ${sample.reason}.` });
      continue;
    }
    const { vector, ...seen } = sample;
    const probe = { ...seen, finger };
    const { references, transform, ofOtherFingers } = await scoreReferences(workbench, { model, subjectId: subject.id }, { vector, finger });
    transforms.add(transform);
    if (references.length === 0) compared.push({ ...none, probe, reason: ofOtherFingers > 0 ? 'It is not enrolled.' : `It has no template of ${model.name} yet.` });
    else compared.push({ ...none, probe, references, score: references.reduce((sum, one) => sum + one.score, 0) / references.length, reason: null });
  }
  if (transforms.size > 1) throw protectionChanging();
  return { compared, transform: [...transforms][0] ?? 'none' };
}
