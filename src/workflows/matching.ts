import { RequestError } from '../contract/request-error.ts';
import type { Handlers, ParsedInput } from '../contract/requests.ts';
import type { GalleryTransform } from '../contract/requests/cancelable.ts';
import type { Candidate, Identification, ThresholdInUse, Verification } from '../contract/requests/matching.ts';
import { cosineSimilarity } from '../evaluation/cosine-similarity.ts';
import type { ModelRecord } from '../store/models.ts';
import { embedProbes } from './embed-probe.ts';
import type { FmrAtScore } from './fmr-at-score.ts';
import { fmrAtScore } from './fmr-at-score.ts';
import { knownSubject } from './gallery.ts';
import { findImage } from './images.ts';
import { modelInUse, requireModel } from './models.ts';
import { readPolicy } from './sample-policy.ts';
import type { FoundSubject, SearchableGallery } from './searchable-gallery.ts';
import { protectionInUse } from './templates/protection-in-use.ts';
import type { ScoredReferences } from './templates/score-references.ts';
import { scoreReferences } from './templates/score-references.ts';
import { chooseOfferedThreshold, thresholdFor } from './thresholds.ts';
import type { Workbench } from './workbench.ts';

type MatchingHandlers = Pick<Handlers, 'verify.compare' | 'identify.search' | 'thresholds.get' | 'thresholds.choose'>;

export function matchingHandlers(workbench: Workbench, searchable: SearchableGallery): MatchingHandlers {
  const { database } = workbench.store;
  const fmr = fmrAtScore(database);
  return {
    'verify.compare': (input) => verify(workbench, fmr, input),
    'identify.search': (input) => identify(workbench, searchable, input),
    'thresholds.get': async () => {
      const model = modelInUse(database);
      const { current } = await workbench.store.gallery.protections.read();
      return model === undefined ? null : thresholdFor(database, { modelId: model.id, transform: current.transform });
    },
    'thresholds.choose': (input) => chooseOfferedThreshold(workbench, input),
  };
}

/** 1:1. The score is the mean over the references (docs/decisions/0003-mean-over-references.md). */
async function verify(workbench: Workbench, fmr: FmrAtScore, { probe, reference, several }: ParsedInput<'verify.compare'>): Promise<Verification> {
  const { database } = workbench.store;
  const model = requireModel(database);
  const how: How = { model, several: several ?? readPolicy(database).several.verify };
  const probeImage = await findImage(workbench, probe);
  const subject = 'subjectId' in reference ? await knownSubject(workbench, reference.subjectId) : null;
  const [{ sample, vector }] = await embedProbes(workbench, { image: probeImage, ...how });
  const { references: scored, transform } = 'subjectId' in reference
    ? await scoreReferences(workbench, { model, subjectId: reference.subjectId }, vector)
    : await scorePicture(workbench, { how, vector }, reference.imageId);
  if (scored.length === 0) throw withoutTemplate(subject!.name, model);
  const score = scored.reduce((sum, one) => sum + one.score, 0) / scored.length;
  const threshold = thresholdFor(database, { modelId: model.id, transform });
  return {
    probe: sample,
    score,
    isMatch: threshold === null ? null : score >= threshold.threshold,
    threshold,
    transform,
    model: { id: model.id, name: model.name },
    subject: subject && { id: subject.id, name: subject.name, portrait: subject.portrait },
    references: scored,
    fmrAtScore: fmr({ modelId: model.id, transform }, score),
  };
}

interface How {
  model: ModelRecord;
  several: 'one' | 'largest';
}

function withoutTemplate(name: string, model: ModelRecord): RequestError {
  return new RequestError('conflict', `${name} has no template of ${model.name} yet. Wait until the templates are made anew, or enrol a picture.`);
}

/** Another picture as the reference: under the gallery's protection too, because the threshold is. */
async function scorePicture(workbench: Workbench, { how, vector: probe }: { how: How; vector: Float32Array }, imageId: string): Promise<ScoredReferences> {
  const [{ vector }] = await embedProbes(workbench, { image: await findImage(workbench, imageId), ...how });
  const { protect, transform } = await protectionInUse(workbench);
  return { references: [{ imageId, score: cosineSimilarity(protect(probe), protect(vector)) }], transform };
}

/** 1:N: the best candidates of the whole gallery for each chosen face. That none reaches the threshold is a normal outcome. */
async function identify(workbench: Workbench, searchable: SearchableGallery, { probe, limit, several }: ParsedInput<'identify.search'>): Promise<Identification> {
  const started = performance.now();
  const { database } = workbench.store;
  const model = requireModel(database);
  const image = await findImage(workbench, probe);
  const found = await embedProbes(workbench, { image, model, several: several ?? readPolicy(database).several.identify });
  const probes: Identification['probes'] = [];
  let [searched, threshold, transform]: [number, ThresholdInUse | null, GalleryTransform] = [0, null, 'none'];
  for (const { sample, vector } of found) {
    const search = await searchable.search(model, vector, limit);
    [searched, transform] = [search.searched, search.transform];
    threshold = thresholdFor(database, { modelId: model.id, transform });
    probes.push({ ...sample, candidates: await nameCandidates(workbench, search.candidates, threshold) });
  }
  return {
    candidates: probes[0]!.candidates,
    probes,
    searched,
    threshold,
    transform,
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
