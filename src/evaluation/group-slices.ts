import type { AttributedScores } from './attributed-scores.ts';
import type { SliceBlocks } from './slice-blocks.ts';
import type { BootstrapPlan } from './resample-subjects.ts';
import type { Progress } from './steps.ts';
import type { ShownBySubjects } from './subject-limits.ts';
import type { SubjectWeights } from './subject-weights.ts';
import { checkColumns, numbersOf } from './attributed-scores.ts';
import { checkPlan, drawSubjects, halvings } from './resample-subjects.ts';
import { checkScores, EvaluationError } from './score-set.ts';
import { matedBlocks, nonMatedBlocks, pairIndex } from './slice-blocks.ts';
import { rateLimits } from './stated-limits.ts';
import { finish } from './steps.ts';
import { influenceTally } from './subject-influence.ts';
import { subjectLimits } from './subject-limits.ts';
import { subjectWeights, weighDrawn, weighHalvedPairs } from './subject-weights.ts';
import { noiseScale, withoutDoubleNoise } from './without-double-noise.ts';

/** Scores with the group of each side of each comparison, such as one column of metadata. -1: not known, in no slice. */
export interface GroupedScores {
  readonly scores: AttributedScores;
  readonly groups: readonly string[];
  readonly matedGroups: Int32Array; // [mated], index into groups
  readonly nonMatedFirstGroups: Int32Array; // [nonMated]
  readonly nonMatedSecondGroups: Int32Array; // [nonMated]
}

export interface SlicePlan {
  /** One threshold for everybody: a threshold chosen a group would hide what is looked for. */
  readonly threshold: number;
  /** Slices with fewer comparisons or fewer subjects show no rate. */
  readonly minimumComparisons: number;
  readonly minimumSubjects: number;
  readonly bootstrap: BootstrapPlan;
}

/** An error rate of a slice with its interval, or why it is not shown. */
export type SliceRate =
  | {
      readonly kind: 'rate';
      readonly rate: number;
      readonly lower: number;
      readonly upper: number;
      readonly errors: number;
      readonly comparisons: number;
      readonly subjects: number;
    }
  | { readonly kind: 'withheld'; readonly reason: string; readonly comparisons: number; readonly subjects: number };

export interface GroupSlices {
  readonly threshold: number;
  readonly groups: readonly string[];
  /** [groups], of mated comparisons within the group. */
  readonly fnmr: readonly SliceRate[];
  /** [groups][groups], symmetric: FMR between two groups, within one on the diagonal. */
  readonly fmr: readonly (readonly SliceRate[])[];
}

const REPLICATES_PER_STEP = 10;

/**
 * FMR and FNMR of groups at one global threshold (a match: score >= threshold) with intervals by resampling all
 * subjects together, and the cross-group matrix of FMR. Organised after ISO/IEC 19795-10:2024.
 *
 * @throws EvaluationError argument-out-of-range (threshold not a number, no group, wrong plan), shape-mismatch (columns,
 *   or a group index that does not exist), too-few-subjects, and those of `checkScores`.
 */
export function groupSlices(grouped: GroupedScores, plan: SlicePlan): GroupSlices {
  return finish(groupSlicesSteps(grouped, plan));
}

/** `groupSlices` with its progress in replicates. */
export function* groupSlicesSteps(grouped: GroupedScores, plan: SlicePlan): Generator<Progress, GroupSlices> {
  check(grouped, plan);
  const numbers = numbersOf(grouped.scores);
  const [mated, nonMated] = [matedBlocks(grouped, plan.threshold, numbers), nonMatedBlocks(grouped, plan.threshold, numbers)];
  const [ofMated, ofNonMated] = [gathering(mated), gathering(nonMated)];
  const subjectCount = numbers.labels.length;
  const { replicates, random } = plan.bootstrap;
  checkPlan(plan.bootstrap, subjectCount);
  const weights = subjectWeights(subjectCount);
  for (let replicate = 0; replicate < replicates; replicate++) {
    if (replicate % REPLICATES_PER_STEP === 0) yield { done: replicate, total: replicates };
    const drawn = drawSubjects(subjectCount, random);
    weighDrawn(weights, drawn);
    for (const { add } of [ofMated, ofNonMated]) add(weights, drawn);
  }
  const halved = nonMated.errors.map((): number[] => []);
  for (const signs of halvings(subjectCount, random)) {
    weighHalvedPairs(weights, signs);
    nonMated.weigh(weights).forEach((rate, slice) => halved[slice]!.push(rate));
  }
  const fnmr = mated.errors.map((_, slice) => sliceRate(mated, slice, { plan, shown: ofMated.shown(slice) }));
  const fmr = nonMated.errors.map((_, slice) => {
    const shown = ofNonMated.shown(slice);
    const moved = Array.from(shown.drawn, (rate) => [rate, shown.estimate] as const);
    const scale = noiseScale({ drawn: moved, ofPairs: halved[slice]!, subjects: shown.influence.length });
    return sliceRate(nonMated, slice, { plan, shown: { ...shown, values: withoutDoubleNoise(moved, scale) } });
  });
  const { groups } = grouped;
  // Slices of FMR are kept once for each unordered pair of groups.
  const cell = (a: number, b: number): SliceRate => fmr[pairIndex(Math.min(a, b), Math.max(a, b), groups.length)]!;
  return { threshold: plan.threshold, groups, fnmr, fmr: groups.map((_, a) => groups.map((__, b) => cell(a, b))) };
}

interface Gathering {
  readonly add: (weights: SubjectWeights, drawn: Int32Array) => void;
  readonly shown: (slice: number) => ShownBySubjects;
}

/** What resamples show of each slice; one without a comparison of it shows nothing of it. */
function gathering({ errors, comparisons, members, weigh }: SliceBlocks): Gathering {
  const rates = errors.map((wrong, slice) => wrong / comparisons[slice]!);
  const tallies = members.map(({ length }, slice) => influenceTally(length, rates[slice]!));
  const shown = rates.map((): number[] => []);
  return {
    add: (weights, drawn) => {
      weigh(weights).forEach((rate, slice) => {
        if (Number.isNaN(rate)) return;
        shown[slice]!.push(rate);
        tallies[slice]!.add(Int32Array.from(members[slice]!, (subject) => drawn[subject]!), rate);
      });
    },
    shown: (slice) => ({ estimate: rates[slice]!, drawn: Float64Array.from(shown[slice]!), influence: tallies[slice]!.influence() }),
  };
}

function sliceRate(
  { errors, comparisons, members }: SliceBlocks,
  slice: number,
  { plan, shown }: { readonly plan: SlicePlan; readonly shown: ShownBySubjects },
): SliceRate {
  const counts = { comparisons: comparisons[slice]!, subjects: members[slice]!.length };
  const withheld = (reason: string): SliceRate => ({ kind: 'withheld', reason, ...counts });
  if (counts.comparisons < Math.max(1, plan.minimumComparisons)) {
    return withheld(`${counts.comparisons} comparison${counts.comparisons === 1 ? '' : 's'}; at least ${Math.max(1, plan.minimumComparisons)} are needed.`);
  }
  if (counts.subjects < plan.minimumSubjects) return withheld(`${counts.subjects} subject${counts.subjects === 1 ? '' : 's'}; at least ${plan.minimumSubjects} are needed.`);
  if (shown.drawn.length === 0) return withheld('No resample of the subjects held a comparison.');
  const limits = rateLimits(subjectLimits(shown, plan.bootstrap.confidence), shown.estimate, counts.comparisons);
  if (limits === null) return withheld('All resamples of the subjects show the same rate, so how far off it may be is not known.');
  return { kind: 'rate', rate: shown.estimate, lower: limits.low, upper: limits.high, errors: errors[slice]!, ...counts };
}

function check(grouped: GroupedScores, { threshold }: SlicePlan): void {
  if (Number.isNaN(threshold)) throw new EvaluationError('argument-out-of-range', 'The threshold is not a number.');
  if (grouped.groups.length === 0) throw new EvaluationError('argument-out-of-range', 'There are no groups to compare.');
  const { scores } = grouped;
  checkScores(scores);
  checkColumns(scores);
  const columns = [
    ['matedGroups', grouped.matedGroups, scores.mated.length],
    ['nonMatedFirstGroups', grouped.nonMatedFirstGroups, scores.nonMated.length],
    ['nonMatedSecondGroups', grouped.nonMatedSecondGroups, scores.nonMated.length],
  ] as const;
  for (const [name, column, length] of columns) {
    const isWrong = column.length !== length || column.some((group) => group < -1 || group >= grouped.groups.length);
    if (isWrong) throw new EvaluationError('shape-mismatch', `${name} must name one of ${grouped.groups.length} groups for each of ${length} scores.`);
  }
}
