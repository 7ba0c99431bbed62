import type { SystemDetail } from '../../contract/requests/system-detail.ts';
import type { Estimate } from '../../contract/vocabulary.ts';
import type { AttributedScores } from '../../evaluation/attributed-scores.ts';
import type { Figure, Interval } from '../../evaluation/bootstrap.ts';
import { bootstrapSteps } from '../../evaluation/bootstrap.ts';
import { searchGallery } from '../../evaluation/compare-probes.ts';
import { downsampleForDrawing } from '../../evaluation/curve.ts';
import { operatingPoints } from '../../evaluation/error-rates.ts';
import { fnmrAtFmr } from '../../evaluation/fnmr-at-fmr.ts';
import { cumulativeMatch, searchResults } from '../../evaluation/identification.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { fnmrAtTarget, fnmrAtThreshold } from '../../evaluation/resampled-figures.ts';
import { rocOfPoints } from '../../evaluation/roc.ts';
import { EvaluationError, sortScores } from '../../evaluation/score-set.ts';
import { rateLimits } from '../../evaluation/stated-limits.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import { rowsBySubject } from '../../evaluation/template-set.ts';
import type { PeopleSearched } from './search-scores.ts';
import { closedSetScores, openSetScores } from './search-scores.ts';

type Identification = SystemDetail['identification'];

const shownRanks = 20;
const fpirTargets = [0.1, 0.01, 0.001];
const drawnPoints = 100;
const replicates = 1000;
const confidence = 0.95;
/** Multiplications of all searches: some seconds. */
const searchBudget = 6e9;

/** 1:N searches among the samples of an evaluation, with intervals from resampling those who are searched for. */
export function* identificationDetail(templates: TemplateSet, seed: number): Generator<Progress, Identification> {
  const rows = [...rowsBySubject(templates.subjects).values()];
  const withMates = rows.filter((own) => own.length > 1);
  if (withMates.length < 2) return { refusal: 'Searches need two subjects with two samples each, one to enrol and one to search for.', closedSet: null, openSet: null };
  const closedSet = yield* closed(templates, withMates, seed);
  const openSet = yield* open(templates, rows, seed);
  return { refusal: openSet === null ? 'An open set needs an enrolled subject with two samples, and one that is not enrolled.' : null, closedSet, openSet };
}

function* closed(templates: TemplateSet, people: readonly number[][], seed: number): Generator<Progress, Identification['closedSet']> {
  const searched = search(templates, people.map(([first]) => first!), people.flatMap(([, ...others]) => others));
  const { enrolledCount, mateRanks } = searched.results;
  const cmc = [...cumulativeMatch(searched.results, shownRanks)];
  const intervals = yield* intervalsOf(closedSetScores(searched), Object.fromEntries(cmc.map((_, at) => [at, fnmrAtThreshold(-(at + 1))])), seed);
  return { enrolled: enrolledCount, searches: mateRanks.length, cmc: cmc.map((rate, at) => ({ rank: at + 1, rate: complement(missed(1 - rate, intervals[at], mateRanks.length)) })) };
}

function* open(templates: TemplateSet, rows: readonly number[][], seed: number): Generator<Progress, Identification['openSet']> {
  const enrolled = rows.filter((own) => own.length > 1).filter((_, at) => at % 2 === 0);
  const strangers = rows.filter((own) => !enrolled.includes(own));
  if (strangers.length === 0) return null;
  const searched = search(templates, enrolled.map(([first]) => first!), [...enrolled.flatMap(([, ...others]) => others), ...strangers.flat()]);
  const { enrolledCount, mateScores, topScores } = searched.results;
  const scores = openSetScores(searched);
  const points = operatingPoints(sortScores(scores));
  const intervals = yield* intervalsOf(scores, Object.fromEntries(fpirTargets.map((target) => [target, fnmrAtTarget(target)])), seed);
  const curve = downsampleForDrawing(rocOfPoints(points), drawnPoints);
  return {
    enrolled: enrolledCount, matedSearches: mateScores.length, nonMatedSearches: topScores.length,
    points: fpirTargets.map((target) => {
      const { support, achieved, threshold, fnmr } = fnmrAtFmr(points, target);
      const fnir = missed(fnmr, intervals[target], mateScores.length);
      return { target, support, fpir: achieved, threshold: finite(threshold), fnir, dir: complement(fnir) };
    }),
    curve: Array.from(curve.thresholds, (threshold, at) => ({ threshold: finite(threshold), fpir: curve.fmr[at]!, fnir: curve.fnmr[at]! })),
  };
}

/** Where all searches would take too long, every n-th is made. */
function search(templates: TemplateSet, gallery: readonly number[], probes: readonly number[]): PeopleSearched {
  const every = Math.ceil((gallery.length * probes.length * templates.dimension) / searchBudget);
  const enrolled = subset(templates, gallery);
  const chosen = subset(templates, probes.filter((_, at) => at % every === 0));
  const isEnrolled = new Set(enrolled.subjects);
  return {
    results: searchResults(searchGallery(enrolled, chosen)),
    matedSubjects: chosen.subjects.filter((subject) => isEnrolled.has(subject)),
    nonMatedSubjects: chosen.subjects.filter((subject) => !isEnrolled.has(subject)),
  };
}

/** The templates of some rows. */
export function subset({ embeddings, dimension, subjects }: TemplateSet, rows: readonly number[]): TemplateSet {
  const chosen = new Float32Array(rows.length * dimension);
  rows.forEach((row, at) => chosen.set(embeddings.subarray(row * dimension, (row + 1) * dimension), at * dimension));
  return { embeddings: chosen, dimension, subjects: Int32Array.from(rows, (row) => subjects[row]!) };
}

/** None where people are too few. */
function* intervalsOf(scores: AttributedScores, figures: Record<string, Figure>, seed: number): Generator<Progress, Partial<Record<string, Interval>>> {
  try {
    return yield* bootstrapSteps(scores, figures, { replicates, confidence, random: seededRandom(seed) });
  } catch (error) {
    if (!(error instanceof EvaluationError && error.code === 'too-few-subjects')) throw error;
    return {};
  }
}

/** The share of searches that missed their mate. */
function missed(value: number, interval: Interval | undefined, searches: number): Estimate {
  const limits = interval === undefined ? null : rateLimits(interval, value, searches);
  return { value, low: limits?.low ?? null, high: limits?.high ?? null };
}

const complement = ({ value, low, high }: Estimate): Estimate => ({ value: 1 - value, low: high === null ? null : 1 - high, high: low === null ? null : 1 - low });

/** JSON has no infinity. */
const finite = (threshold: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, threshold));
