import type { ImageSource } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers, ParsedInput } from '../contract/requests.ts';
import type { Candidate, Identification, ThresholdInUse, Verification } from '../contract/requests/matching.ts';
import { cosineSimilarity } from '../evaluation/cosine-similarity.ts';
import type { ModelRecord } from '../store/models.ts';
import { findThreshold } from '../store/thresholds.ts';
import type { FmrAtScore } from './fmr-at-score.ts';
import { fmrAtScore } from './fmr-at-score.ts';
import { knownSubject } from './gallery.ts';
import type { ChosenImage } from './images.ts';
import { findImage } from './images.ts';
import { embedderOf, modelInUse, requireModel, templateModel } from './models.ts';
import type { FoundSubject, SearchableGallery } from './searchable-gallery.ts';
import { chooseOfferedThreshold } from './thresholds.ts';
import type { Workbench } from './workbench.ts';

type MatchingHandlers = Pick<Handlers, 'verify.compare' | 'identify.search' | 'thresholds.get' | 'thresholds.choose'>;

export function matchingHandlers(workbench: Workbench, searchable: SearchableGallery): MatchingHandlers {
  const { database } = workbench.store;
  const fmr = fmrAtScore(database);
  return {
    'verify.compare': (input) => verify(workbench, fmr, input),
    'identify.search': (input) => identify(workbench, searchable, input),
    'thresholds.get': () => {
      const model = modelInUse(database);
      return (model && findThreshold(database, model.id)) ?? null;
    },
    'thresholds.choose': (input) => chooseOfferedThreshold(workbench, input),
  };
}

/** 1:1. The score is the mean over the references (docs/decisions/0003-mean-over-references.md). */
async function verify(
  workbench: Workbench,
  fmr: FmrAtScore,
  { probe, reference }: ParsedInput<'verify.compare'>,
): Promise<Verification> {
  const model = requireModel(workbench.store.database);
  const probeImage = await findImage(workbench, probe);
  const { subject, references, probeVector } =
    'subjectId' in reference
      ? await againstSubject(workbench, { model, probeImage, subjectId: reference.subjectId })
      : await againstImage(workbench, { model, probeImage, referenceImage: await findImage(workbench, reference.imageId) });
  const scored = references.map(({ imageId, vector }) => ({ imageId, score: cosineSimilarity(probeVector, vector) }));
  const score = scored.reduce((sum, one) => sum + one.score, 0) / scored.length;
  const threshold = findThreshold(workbench.store.database, model.id) ?? null;
  return {
    score,
    isMatch: threshold === null ? null : score >= threshold.threshold,
    threshold,
    model: { id: model.id, name: model.name },
    subject: subject && { id: subject.id, name: subject.name, portrait: subject.portrait },
    references: scored,
    fmrAtScore: fmr(model.id, score),
  };
}

interface Comparison {
  subject: { id: string; name: string; portrait: string | null } | null;
  references: { imageId: string; vector: Float32Array }[];
  probeVector: Float32Array;
}

async function againstSubject(
  workbench: Workbench,
  { model, probeImage, subjectId }: { model: ModelRecord; probeImage: ChosenImage; subjectId: string },
): Promise<Comparison> {
  const subject = await knownSubject(workbench, subjectId);
  const references = await workbench.store.gallery.listReferences(subjectId, templateModel(model));
  if (references.length === 0) {
    throw new RequestError(
      'conflict',
      `${subject.name} has no template of ${model.name} yet. Wait until the templates are made anew, or enrol a picture.`,
    );
  }
  const [probeVector] = await embedImages(workbench, model, [probeImage]);
  return {
    subject,
    references: references.map(({ sampleId, vector }) => ({ imageId: sampleId, vector })),
    probeVector: probeVector!,
  };
}

async function againstImage(
  workbench: Workbench,
  { model, probeImage, referenceImage }: { model: ModelRecord; probeImage: ChosenImage; referenceImage: ChosenImage },
): Promise<Comparison> {
  const [probeVector, vector] = await embedImages(workbench, model, [probeImage, referenceImage]);
  return { subject: null, references: [{ imageId: referenceImage.imageId, vector: vector! }], probeVector: probeVector! };
}

/** 1:N: the best candidates of the whole gallery. That none reaches the threshold is a normal outcome. */
async function identify(
  workbench: Workbench,
  searchable: SearchableGallery,
  { probe, limit }: ParsedInput<'identify.search'>,
): Promise<Identification> {
  const started = performance.now();
  const model = requireModel(workbench.store.database);
  const [vector] = await embedImages(workbench, model, [await findImage(workbench, probe)]);
  const { candidates, searched } = await searchable.search(model, vector!, limit);
  const threshold = findThreshold(workbench.store.database, model.id) ?? null;
  return {
    candidates: await nameCandidates(workbench, candidates, threshold),
    searched,
    threshold,
    model: { id: model.id, name: model.name },
    durationMs: performance.now() - started,
  };
}

/** Somebody deleted between the search and here is no candidate any more. */
async function nameCandidates(
  workbench: Workbench,
  found: readonly FoundSubject[],
  threshold: ThresholdInUse | null,
): Promise<Candidate[]> {
  const subjects = await Promise.all(found.map(({ subjectId }) => workbench.store.gallery.findSubject(subjectId, null)));
  return found
    .flatMap(({ score }, index) => (subjects[index] === undefined ? [] : [{ score, subject: subjects[index] }]))
    .map(({ score, subject }, index) => ({
      rank: index + 1,
      subjectId: subject.id,
      name: subject.name,
      portrait: subject.portrait,
      score,
      isAboveThreshold: threshold === null ? null : score >= threshold.threshold,
    }));
}

/** @throws RequestError('bad-image') naming the picture that gives no embedding. */
async function embedImages(workbench: Workbench, model: ModelRecord, chosen: readonly ChosenImage[]): Promise<Float32Array[]> {
  const images: ImageSource[] = chosen.map(({ source }) => source);
  const { vectors, size, failures } = await workbench.engine.call('embed', { embedder: embedderOf(workbench.home, model), images });
  const failure = failures[0];
  if (failure !== undefined) {
    throw new RequestError('bad-image', `${chosen[failure.index]?.fileName ?? 'The picture'} cannot be compared: ${failure.reason}`);
  }
  return chosen.map((_, index) => vectors.slice(index * size, (index + 1) * size));
}
