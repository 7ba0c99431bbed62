import type { GuardedMetrics, ScoreFilePlan } from '../contract/requests/score-files.ts';
import type { GuardFinding, NamedPair, PairGuard } from '../evaluation/pair-guard.ts';
import { pairGuard } from '../evaluation/pair-guard.ts';
import { seededRandom } from '../evaluation/random.ts';
import { DEFAULT_COSTS, scoreMetrics, scoreMetricsSteps } from '../evaluation/score-metrics.ts';
import type { CollectedScores, ScoreCollector } from '../evaluation/score-rows.ts';
import { SCORE_COLUMNS, scoreCollector } from '../evaluation/score-rows.ts';
import type { Scores } from '../evaluation/score-set.ts';
import type { Progress } from '../evaluation/steps.ts';

/** Rows of scores as they come, those that flatter set apart. */
export interface GuardedScores {
  add(cells: readonly string[]): void;
  finish(): CollectedBoth;
}

export interface CollectedBoth {
  readonly honest: CollectedScores;
  readonly leftOut: CollectedScores;
  readonly findings: readonly GuardFinding[];
}

const SAMPLES = ['sample_a', 'sample_b'];

/** Whether a split is the one that thresholds and calibrations are chosen on. */
export const isDevelopment = (split: string): boolean => /^(dev|development|val|validation)$/i.test(split);

/**
 * Collects rows by their header: where it names both samples (and perhaps their contents, image_a and image_b), a guard
 * watches over them.
 *
 * @throws EvaluationError row-unreadable and the others of `scoreCollector`.
 */
export function guardedScores(header: readonly string[]): GuardedScores {
  const names = header.map((name) => name.trim());
  const places = [...names.keys()].filter((at) => SCORE_COLUMNS.has(names[at]!));
  // A header without what is needed is the collector's to refuse, with all its names.
  const kept = names.includes('score') && names.includes('mated') ? places.map((at) => names[at]!) : names;
  const [honest, leftOut] = [scoreCollector(kept), scoreCollector(kept)];
  const guard: PairGuard | null = SAMPLES.every((name) => names.includes(name)) ? pairGuard() : null;
  const pairOf = pairReader(names);
  const collectorFor = (cells: readonly string[]): ScoreCollector => (guard?.check(pairOf(cells)) ? leftOut : honest);
  let row = 0;
  return {
    add: (cells) => collectorFor(cells).add(places.map((at) => cells[at] ?? ''), ++row),
    finish: () => ({ honest: honest.finish(), leftOut: leftOut.finish(), findings: guard?.findings() ?? [] }),
  };
}

/** Reads a row as its header names its columns. */
export function pairReader(names: readonly string[]): (cells: readonly string[]) => NamedPair {
  const reader = (name: string): ((cells: readonly string[]) => string) => {
    const at = names.indexOf(name);
    return (cells) => (at < 0 ? '' : (cells[at]?.trim() ?? ''));
  };
  const [sampleA, sampleB, subjectA, subjectB] = [reader('sample_a'), reader('sample_b'), reader('subject_a'), reader('subject_b')];
  const [imageA, imageB, split] = [reader('image_a'), reader('image_b'), reader('split')];
  return (cells) => ({
    sampleA: sampleA(cells), sampleB: sampleB(cells), subjectA: subjectA(cells), subjectB: subjectB(cells) || subjectA(cells),
    imageA: imageA(cells), imageB: imageB(cells), split: split(cells),
  });
}

/** The figures of the honest comparisons, with intervals, and those of all. */
export function* guardedMetricsSteps({ honest, leftOut, findings }: CollectedBoth, plan: ScoreFilePlan): Generator<Progress, GuardedMetrics> {
  const { targets, replicates, confidence, seed } = plan;
  const plain = { targets, costs: DEFAULT_COSTS };
  const metrics = yield* scoreMetricsSteps(honest, replicates === 0 ? plain : { ...plain, bootstrap: { replicates, confidence, random: seededRandom(seed) } });
  if (findings.length === 0) return { ...metrics, guards: [], naive: null };
  const scores = { mated: joined(honest.scores.mated, leftOut.scores.mated), nonMated: joined(honest.scores.nonMated, leftOut.scores.nonMated) };
  return { ...metrics, guards: findings, naive: scoreMetrics({ scores, attributed: undefined }, plain) };
}

function joined(one: Scores, other: Scores): Float64Array {
  const all = new Float64Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
