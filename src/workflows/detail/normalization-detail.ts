import type { SystemDetail } from '../../contract/requests/system-detail.ts';
import { bootstrapSteps } from '../../evaluation/bootstrap.ts';
import { cohortStatistics } from '../../evaluation/cohort-statistics.ts';
import { rowSimilarity } from '../../evaluation/cosine-similarity.ts';
import { dPrime } from '../../evaluation/d-prime.ts';
import { equalErrorRate } from '../../evaluation/equal-error-rate.ts';
import { operatingPoints } from '../../evaluation/error-rates.ts';
import { fnmrAtFmr } from '../../evaluation/fnmr-at-fmr.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { FEWEST_SUBJECTS } from '../../evaluation/resample-subjects.ts';
import { equalErrorFigure, fnmrAtTarget } from '../../evaluation/resampled-figures.ts';
import { sNorm, tNorm, zNorm } from '../../evaluation/score-normalization.ts';
import { EvaluationError, sortScores } from '../../evaluation/score-set.ts';
import { rateLimits } from '../../evaluation/stated-limits.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import { rowsBySubject } from '../../evaluation/template-set.ts';
import { attributeRows } from '../score-pairs.ts';
import { subset } from './identification-detail.ts';

type Normalization = SystemDetail['normalization'];

const largestCohort = 400;
const targets = [0.1, 0.01, 0.001];
const replicates = 1000;
const confidence = 0.95;
/** With more comparisons the figures come without intervals: four bootstraps would take minutes. */
export const mostResampled = 3_000_000;

/** Comparisons with the rows they compare. */
export interface ComparedPairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly scores: Float64Array;
}

export interface NormalizationOrder {
  readonly templates: TemplateSet;
  /** Of people who are not in the evaluation. */
  readonly development: TemplateSet;
  readonly pairs: ComparedPairs;
  readonly seed: number;
}

/** Figures of the raw scores and of those normalised by a cohort: one sample of each development subject. */
export function* normalizationDetail({ templates, development, pairs, seed }: NormalizationOrder): Generator<Progress, Normalization> {
  const cohort = subset(development, [...rowsBySubject(development.subjects).values()].slice(0, largestCohort).map(([first]) => first!));
  const size = cohort.subjects.length;
  try {
    const statistics = cohortStatistics(cohortScores(templates, cohort), size);
    const { scores, first: references, second: probes } = pairs;
    const comparisons = { scores, references, probes };
    const normalized = { none: () => scores, z: () => zNorm(comparisons, statistics), t: () => tNorm(comparisons, statistics), s: () => sNorm(comparisons, { references: statistics, probes: statistics }) };
    const rows: Normalization['rows'] = [];
    for (const kind of ['none', 'z', 't', 's'] as const) rows.push({ kind, ...(yield* figuresOf({ ...pairs, scores: normalized[kind]() }, templates.subjects, seed)) });
    return { refusal: null, cohort: { subjects: size, samples: size }, rows };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { refusal: error.message, cohort: null, rows: [] };
  }
}

function* figuresOf(pairs: ComparedPairs, subjects: Int32Array, seed: number): Generator<Progress, Omit<Normalization['rows'][number], 'kind'>> {
  const attributed = attributeRows(pairs, subjects);
  const points = operatingPoints(sortScores(attributed));
  const figures = { eer: equalErrorFigure, ...Object.fromEntries(targets.map((target) => [target, fnmrAtTarget(target)])) };
  const plan = { replicates, confidence, random: seededRandom(seed) };
  const intervals = pairs.scores.length > mostResampled || new Set(subjects).size < FEWEST_SUBJECTS ? {} : yield* bootstrapSteps(attributed, figures, plan);
  const estimate = (name: string, value: number) => {
    const interval = (intervals as Partial<Record<string, { lower: number; upper: number }>>)[name];
    const limits = interval && rateLimits(interval, value, attributed.mated.length);
    return { value, low: limits?.low ?? null, high: limits?.high ?? null };
  };
  return {
    eer: estimate('eer', equalErrorRate(points).rate),
    dPrime: spreadOf(() => dPrime(attributed)),
    fnmrAtFmr: targets.map((target) => fnmrAtFmr(points, target)).filter(({ support }) => support !== 'unsupported').map(({ target, fnmr }) => ({ target, fnmr: estimate(String(target), fnmr) })),
  };
}

function spreadOf(figure: () => number): number | null {
  try {
    return figure();
  } catch (error) {
    if (error instanceof EvaluationError) return null;
    throw error;
  }
}

/** [templates, cohort] */
function cohortScores(templates: TemplateSet, cohort: TemplateSet): Float64Array {
  const similarity = rowSimilarity(templates, cohort);
  const size = cohort.subjects.length;
  const scores = new Float64Array(templates.subjects.length * size);
  for (let row = 0; row < templates.subjects.length; row++) for (let column = 0; column < size; column++) scores[row * size + column] = similarity(row, column);
  return scores;
}
