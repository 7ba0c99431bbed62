import { RequestError } from '../../contract/request-error.ts';
import type { ComparisonReport, SystemDifference } from '../../contract/requests/comparisons.ts';
import type { AttributedScores } from '../../evaluation/attributed-scores.ts';
import { pairedBootstrapSteps } from '../../evaluation/paired-bootstrap.ts';
import type { Comparison } from '../../evaluation/paired-bootstrap.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import { readScores } from '../score-file.ts';
import { attributePairs } from '../score-pairs.ts';
import type { ThreadProgress } from '../thread-tasks.ts';
import { comparedRows } from './compared-figures.ts';

/** Where the scores of a system are: all pairs of samples of these subjects, some of them, or rows of a file. */
export type ComparedScores =
  | { kind: 'all-pairs'; scores: Float64Array; subjects: Int32Array; names: string[] }
  | { kind: 'attributed'; scores: AttributedScores; names: string[] }
  | { kind: 'file'; path: string; fileHash: string }
  | { kind: 'none'; reason: string };

export interface DifferenceOrder {
  readonly systems: readonly { readonly name: string; readonly scores: ComparedScores; /** Rows of the table that it has. */ readonly has: readonly boolean[] }[];
  readonly replicates: number;
  readonly confidence: number;
}

export type Differences = Pick<ComparisonReport, 'differences'>;

/** The same resamples each time. */
const seed = 1;

interface Named {
  readonly scores: AttributedScores;
  readonly names: readonly string[];
}

/** Every later system minus the first, where both compared the same. */
export async function* differencesOf({ systems, ...plan }: DifferenceOrder): AsyncGenerator<ThreadProgress, Differences> {
  const [first, ...others] = systems;
  const base = yield* load(first!.scores);
  const differences: SystemDifference[] = [];
  for (const [at, other] of others.entries()) {
    const place = { system: at + 1, minus: 0 };
    const none = (refusal: string): SystemDifference => ({ ...place, refusal, differences: comparedRows.map(() => null) });
    const scores = typeof base === 'string' ? base : yield* load(other.scores);
    if (typeof base === 'string' || typeof scores === 'string') {
      differences.push(none(typeof base === 'string' ? base : (scores as string)));
      continue;
    }
    const aligned = sameSubjects(base, scores);
    const refusal = whyNotPaired(base.scores, aligned);
    if (refusal !== null || aligned === null) {
      differences.push(none(`${other.name} and ${first!.name} did not compare the same: ${refusal ?? ''}. A difference of figures of other comparisons says nothing about the systems.`));
      continue;
    }
    const rows = comparedRows.filter((_, row) => first!.has[row] && other.has[row]);
    const compared = Object.fromEntries(rows.map(({ key, figure, better }) => [key, { figure, better }]));
    const steps = pairedBootstrapSteps({ a: aligned, b: base.scores }, compared, { ...plan, random: seededRandom(seed) });
    const outcome = yield* stepsOrRefusal(steps, { done: at, total: others.length });
    differences.push(typeof outcome === 'string' ? none(outcome) : { ...place, refusal: null, differences: comparedRows.map(({ key }) => told(outcome[key])) });
  }
  return { differences };
}

function* stepsOrRefusal(steps: ReturnType<typeof pairedBootstrapSteps>, { done, total }: { done: number; total: number }): Generator<ThreadProgress, Partial<Record<string, Comparison>> | string> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      yield { done: done + step.value.done / step.value.total, total, unit: 'comparisons' };
    }
  } catch (error) {
    if (error instanceof EvaluationError) return error.message;
    throw error;
  }
}

function told(comparison: Comparison | undefined): SystemDifference['differences'][number] {
  if (comparison === undefined) return null;
  const { difference: { estimate, lower, upper }, verdict } = comparison;
  if (![estimate, lower, upper].every(Number.isFinite)) return null;
  return { value: estimate, low: lower, high: upper, verdict: verdict === 'undecided' ? verdict : verdict === 'a-better' ? 'better' : 'worse' };
}

/** The scores with the names of their subjects, or why there are none. */
async function* load(scores: ComparedScores): AsyncGenerator<ThreadProgress, Named | string> {
  if (scores.kind === 'none') return scores.reason;
  if (scores.kind === 'attributed') return scores;
  if (scores.kind === 'all-pairs') return { scores: attributePairs(scores.scores, scores.subjects), names: scores.names };
  try {
    const { guarded: { honest: { attributed, subjects } }, fileHash } = yield* readScores(scores.path);
    if (fileHash !== scores.fileHash) return `${scores.path} is not the file it was when it was measured. Import it again.`;
    return attributed === undefined ? `${scores.path} names no subjects, and resamples are drawn of subjects.` : { scores: attributed, names: subjects };
  } catch (error) {
    if (error instanceof RequestError) return error.message;
    throw error;
  }
}

/** The scores of the other with the subjects numbered as those of the first; null where it has subjects of its own. */
function sameSubjects({ names }: Named, other: Named): AttributedScores | null {
  const numbers = new Map(names.map((name, number) => [name, number]));
  const renumbered = other.names.map((name) => numbers.get(name) ?? -1);
  if (renumbered.includes(-1)) return null;
  const column = (subjects: Int32Array): Int32Array => subjects.map((subject) => renumbered[subject]!);
  const { scores } = other;
  return { ...scores, matedSubjects: column(scores.matedSubjects), nonMatedFirst: column(scores.nonMatedFirst), nonMatedSecond: column(scores.nonMatedSecond) };
}

/** In words, what tells that the comparisons are not the same; null where every subject has as many of each kind in both. */
function whyNotPaired(one: AttributedScores, other: AttributedScores | null): string | null {
  if (other === null) return 'there are subjects that only one of them knows';
  for (const kind of ['mated', 'nonMated'] as const) {
    const words = kind === 'mated' ? 'mated' : 'non-mated';
    if (one[kind].length !== other[kind].length) return `there are ${one[kind].length.toLocaleString('en-GB')} and ${other[kind].length.toLocaleString('en-GB')} ${words} comparisons`;
  }
  const [counts, others] = [countsOf(one), countsOf(other)];
  return [...counts].some(([subject, count]) => others.get(subject) !== count) ? 'some subjects are compared more often in one than in the other' : null;
}

/** Mated and non-mated comparisons of each subject, as one number. */
function countsOf({ matedSubjects, nonMatedFirst, nonMatedSecond }: AttributedScores): Map<number, number> {
  const counts = new Map<number, number>();
  const mostComparisons = 2 ** 26;
  const add = (subject: number, amount: number): void => void counts.set(subject, (counts.get(subject) ?? 0) + amount);
  for (const subject of matedSubjects) add(subject, mostComparisons);
  for (const subject of nonMatedFirst) add(subject, 1);
  for (const subject of nonMatedSecond) add(subject, 1);
  return counts;
}
