import { RequestError } from '../contract/request-error.ts';
import type { Handlers, ParsedInput } from '../contract/requests.ts';
import type { Candidate, Identification, ThresholdInUse, Verification } from '../contract/requests/matching.ts';
import { cosineSimilarity } from '../evaluation/cosine-similarity.ts';
import type { ModelRecord } from '../store/models.ts';
import { findThreshold } from '../store/thresholds.ts';
import { embedProbes } from './embed-probe.ts';
import type { FmrAtScore } from './fmr-at-score.ts';
import { fmrAtScore } from './fmr-at-score.ts';
import { knownSubject } from './gallery.ts';
import { findImage } from './images.ts';
import { modelInUse, requireModel, templateModel } from './models.ts';
import { readPolicy } from './sample-policy.ts';
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
async function verify(workbench: Workbench, fmr: FmrAtScore, { probe, reference, several }: ParsedInput<'verify.compare'>): Promise<Verification> {
  const { database } = workbench.store;
  const model = requireModel(database);
  const how: How = { model, several: several ?? readPolicy(database).several.verify };
  const probeImage = await findImage(workbench, probe);
  const { subject, references } = 'subjectId' in reference
    ? await templatesOfSubject(workbench, model, reference.subjectId)
    : await templateOfImage(workbench, how, reference.imageId);
  const [{ sample, vector: probeVector }] = await embedProbes(workbench, { image: probeImage, ...how });
  const scored = references.map(({ imageId, vector }) => ({ imageId, score: cosineSimilarity(probeVector, vector) }));
  const score = scored.reduce((sum, one) => sum + one.score, 0) / scored.length;
  const threshold = findThreshold(database, model.id) ?? null;
  return {
    probe: sample,
    score,
    isMatch: threshold === null ? null : score >= threshold.threshold,
    threshold,
    model: { id: model.id, name: model.name },
    subject: subject && { id: subject.id, name: subject.name, portrait: subject.portrait },
    references: scored,
    fmrAtScore: fmr(model.id, score),
  };
}

interface How {
  model: ModelRecord;
  several: 'one' | 'largest';
}

interface References {
  subject: { id: string; name: string; portrait: string | null } | null;
  references: { imageId: string; vector: Float32Array }[];
}

async function templatesOfSubject(workbench: Workbench, model: ModelRecord, subjectId: string): Promise<References> {
  const subject = await knownSubject(workbench, subjectId);
  const references = await workbench.store.gallery.listReferences(subjectId, templateModel(model));
  if (references.length === 0) {
    throw new RequestError(
      'conflict',
      `${subject.name} has no template of ${model.name} yet. Wait until the templates are made anew, or enrol a picture.`,
    );
  }
  return { subject, references: references.map(({ sampleId, vector }) => ({ imageId: sampleId, vector })) };
}

async function templateOfImage(workbench: Workbench, how: How, imageId: string): Promise<References> {
  const [{ vector }] = await embedProbes(workbench, { image: await findImage(workbench, imageId), ...how });
  return { subject: null, references: [{ imageId, vector }] };
}

/** 1:N: the best candidates of the whole gallery for each chosen face. That none reaches the threshold is a normal outcome. */
async function identify(workbench: Workbench, searchable: SearchableGallery, { probe, limit, several }: ParsedInput<'identify.search'>): Promise<Identification> {
  const started = performance.now();
  const { database } = workbench.store;
  const model = requireModel(database);
  const image = await findImage(workbench, probe);
  const found = await embedProbes(workbench, { image, model, several: several ?? readPolicy(database).several.identify });
  const threshold = findThreshold(database, model.id) ?? null;
  const probes: Identification['probes'] = [];
  let searched = 0;
  for (const { sample, vector } of found) {
    const search = await searchable.search(model, vector, limit);
    searched = search.searched;
    probes.push({ ...sample, candidates: await nameCandidates(workbench, search.candidates, threshold) });
  }
  return {
    candidates: probes[0]!.candidates,
    probes,
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
