import { RequestError } from '../../contract/request-error.ts';
import type { SliceRate, SliceReport } from '../../contract/requests/explore.ts';
import { mostSliceGroups } from '../../contract/requests/explore.ts';
import type { GroupedScores, SliceRate as Rate } from '../../evaluation/group-slices.ts';
import { groupSlicesSteps } from '../../evaluation/group-slices.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { valueGroups } from '../../evaluation/value-groups.ts';
import type { Progress } from '../../evaluation/steps.ts';
import { attributeRows } from '../score-pairs.ts';
import type { ComparedPairs } from './comparisons.ts';
import type { RowPairs } from './evenly.ts';
import { evenly } from './evenly.ts';

export interface SliceOrder {
  compared: ComparedPairs;
  column: string;
  /** Of the samples; '' where it is not known. */
  values: string[];
  threshold: number;
  minimumComparisons: number;
  minimumSubjects: number;
}

const bootstrap = { replicates: 1000, confidence: 0.95 };
const seed = 1;

/**
 * Error rates of the groups that a column makes, at one threshold.
 *
 * @throws RequestError invalid-input for a column of more than `mostSliceGroups` words.
 */
export function* sliceReport({ compared, column, values, threshold, ...minimums }: SliceOrder): Generator<Progress, SliceReport> {
  const { names, nameOf } = valueGroups(values);
  if (names.length > mostSliceGroups) {
    throw new RequestError('invalid-input', `${column} has ${names.length} values; no more than ${mostSliceGroups} groups are compared. Choose a column with fewer values.`);
  }
  const groupOf = Int32Array.from(values, (value) => names.indexOf(nameOf(value)));
  const pairs = evenly(compared);
  const grouped = groupPairs(pairs, groupOf, names);
  const random = seededRandom(seed);
  const { fnmr, fmr } = yield* groupSlicesSteps(grouped, { threshold, ...minimums, bootstrap: { ...bootstrap, random } });
  return {
    column,
    threshold,
    groups: names.map((name, group) => sizeOf(name, pairs.subjects.filter((_, sample) => groupOf[sample] === group))),
    fnmr: fnmr.map(sliceRate),
    fmr: fmr.map((row) => row.map(sliceRate)),
    mixedMated: mixedOf(pairs, groupOf, threshold),
    unknown: values.filter((value) => value === '').length,
  };
}

const sizeOf = (name: string, subjects: Int32Array): SliceReport['groups'][number] => ({ name, samples: subjects.length, subjects: new Set(subjects).size });

/** The pairs in the order of `attributeRows`, with the groups of their two sides. */
function groupPairs(pairs: RowPairs, groupOf: Int32Array, groups: readonly string[]): GroupedScores {
  const { first, second, subjects } = pairs;
  const attributed = attributeRows(pairs, subjects);
  const matedGroups = new Int32Array(attributed.mated.length);
  const nonMatedFirstGroups = new Int32Array(attributed.nonMated.length);
  const nonMatedSecondGroups = new Int32Array(attributed.nonMated.length);
  let [m, n] = [0, 0];
  for (let pair = 0; pair < first.length; pair++) {
    const [i, j] = [first[pair]!, second[pair]!];
    if (subjects[i] === subjects[j]) matedGroups[m++] = groupOf[i] === groupOf[j] ? groupOf[i]! : -1;
    else {
      nonMatedFirstGroups[n] = groupOf[i]!;
      nonMatedSecondGroups[n++] = groupOf[j]!;
    }
  }
  return { scores: attributed, groups, matedGroups, nonMatedFirstGroups, nonMatedSecondGroups };
}

function mixedOf({ first, second, scores, subjects }: RowPairs, groupOf: Int32Array, threshold: number): SliceReport['mixedMated'] {
  let [comparisons, errors] = [0, 0];
  for (let pair = 0; pair < scores.length; pair++) {
    const [i, j] = [first[pair]!, second[pair]!];
    if (subjects[i] !== subjects[j] || groupOf[i] === groupOf[j] || groupOf[i]! < 0 || groupOf[j]! < 0) continue;
    comparisons++;
    if (scores[pair]! < threshold) errors++;
  }
  return { comparisons, errors };
}

/** As the contract tells it. */
export function sliceRate(rate: Rate): SliceRate {
  const { comparisons, subjects } = rate;
  if (rate.kind === 'withheld') return { rate: null, reason: rate.reason, comparisons, subjects };
  return { rate: { value: rate.rate, low: rate.lower, high: rate.upper, errors: rate.errors }, reason: null, comparisons, subjects };
}
