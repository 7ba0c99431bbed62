import type { RetrievalReport } from '../contract/requests/evaluations.ts';
import type { Estimate } from '../contract/vocabulary.ts';
import { adjustedMutualInformation } from '../evaluation/adjusted-mutual-information.ts';
import { kMeans } from '../evaluation/k-means.ts';
import type { MateRanks } from '../evaluation/mate-ranks.ts';
import { mateRanks } from '../evaluation/mate-ranks.ts';
import { normalizedMutualInformation } from '../evaluation/normalized-mutual-information.ts';
import { seededRandom } from '../evaluation/random.ts';
import { FEWEST_SUBJECTS } from '../evaluation/resample-subjects.ts';
import type { RetrievalValues } from '../evaluation/retrieval-by-subject.ts';
import { meanRetrieval, resampledRetrieval, sumRanksSteps } from '../evaluation/retrieval-by-subject.ts';
import type { StatedLimits } from '../evaluation/stated-limits.ts';
import { rateLimits } from '../evaluation/stated-limits.ts';
import type { Progress } from '../evaluation/steps.ts';
import { influenceTally } from '../evaluation/subject-influence.ts';
import { subjectLimits } from '../evaluation/subject-limits.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';

const ks = [1, 5, 10];
const replicates = 1000;
const confidence = 0.95;
const mostIterations = 50;
/** Multiplications of all iterations of k-means: some seconds. */
const clusteringBudget = 4e9;
const fewestIterations = 5;

/**
 * Every sample searched among all others, with 95 % intervals from resampling the subjects. Null when no subject has two
 * samples. `known`: the ranks of their mates, where somebody has counted them. Yields its progress in searches.
 */
export function* retrievalEstimates(templates: TemplateSet, seed: number, known?: Iterable<MateRanks>): Generator<Progress, RetrievalReport | null> {
  const subjects = yield* sumRanksSteps({ ranks: known ?? mateRanks(templates), subjects: templates.subjects }, ks);
  if (subjects.length === 0) return null;
  const resamples = [...resampledRetrieval(subjects, { replicates, random: seededRandom(seed) })];
  const all = meanRetrieval(subjects);
  const queries = subjects.reduce((sum, one) => sum + one.queries, 0);
  const limitsOf = (estimate: number, read: (values: RetrievalValues) => number): StatedLimits | null => {
    if (subjects.length < FEWEST_SUBJECTS) return null;
    const tally = influenceTally(subjects.length, estimate);
    for (const { drawn, values } of resamples) tally.add(drawn, read(values));
    const shown = { estimate, drawn: Float64Array.from(resamples, ({ values }) => read(values)), influence: tally.influence() };
    return rateLimits(subjectLimits(shown, confidence), estimate, queries);
  };
  const estimateOf = (read: (values: RetrievalValues) => number): Estimate => {
    const value = read(all);
    const limits = limitsOf(value, read);
    return { value, low: limits?.low ?? null, high: limits?.high ?? null };
  };
  return {
    recallAtK: ks.map((k, at) => ({ k, recall: estimateOf(({ recallAtK }) => recallAtK[at]!) })),
    precisionAt1: estimateOf(({ precisionAt1 }) => precisionAt1),
    rPrecision: estimateOf(({ rPrecision }) => rPrecision),
    meanAveragePrecisionAtR: estimateOf(({ averagePrecisionAtR }) => averagePrecisionAtR),
    clustering: clusteringOf(templates, seed),
    queries,
    excluded: templates.subjects.length - queries,
  };
}

/** How well k-means with as many clusters as there are subjects finds them again; null where it would take minutes. */
function clusteringOf(templates: TemplateSet, seed: number): RetrievalReport['clustering'] {
  const clusters = new Set(templates.subjects).size;
  const iterations = Math.min(mostIterations, Math.floor(clusteringBudget / (clusters * templates.embeddings.length)));
  if (iterations < fewestIterations) return null;
  const { labels, converged } = kMeans(templates, { clusters, maximumIterations: iterations, random: seededRandom(seed) });
  return {
    clusters,
    nmi: normalizedMutualInformation(templates.subjects, labels),
    ami: adjustedMutualInformation(templates.subjects, labels),
    converged,
  };
}
