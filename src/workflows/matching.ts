import type { Handlers, ParsedInput } from '../contract/requests.ts';
import type { GalleryTransform } from '../contract/requests/cancelable.ts';
import type { Candidate, Identification, ThresholdInUse } from '../contract/requests/matching.ts';
import { embedProbes } from './embed-probe.ts';
import { fmrAtScore } from './fmr-at-score.ts';
import { findImage } from './images.ts';
import { modelInUse, requireModel } from './models.ts';
import { readPolicy } from './sample-policy.ts';
import type { FoundSubject, SearchableGallery } from './searchable-gallery.ts';
import { chooseOfferedThreshold, thresholdFor } from './thresholds.ts';
import { verify } from './verify.ts';
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

/** 1:N: the best candidates of the whole gallery for each chosen face. That none reaches the threshold is a normal outcome. */
async function identify(workbench: Workbench, searchable: SearchableGallery, { probe, limit, several, finger }: ParsedInput<'identify.search'>): Promise<Identification> {
  const started = performance.now();
  const { database } = workbench.store;
  const model = requireModel(database);
  const image = await findImage(workbench, probe);
  const found = await embedProbes(workbench, { image, model, several: several ?? readPolicy(database).several.identify, finger });
  const probes: Identification['probes'] = [];
  let [searched, threshold, transform]: [number, ThresholdInUse | null, GalleryTransform] = [0, null, 'none'];
  for (const { sample, vector } of found) {
    const search = await searchable.search(model, { vector, finger: sample.finger }, limit);
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
