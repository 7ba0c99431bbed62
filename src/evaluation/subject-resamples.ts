import type { AttributedScores, RankedSubjects } from './attributed-scores.ts';
import type { OperatingPoints } from './error-rates.ts';
import type { Figure } from './figure.ts';
import type { BootstrapPlan } from './resample-subjects.ts';
import type { SubjectMoves } from './resampled-shape.ts';
import type { Resample } from './resampler.ts';
import type { Progress } from './steps.ts';
import type { Drawn } from './without-double-noise.ts';
import { rankSubjects } from './attributed-scores.ts';
import { operatingPoints } from './error-rates.ts';
import { checkPlan, drawSubjects, halvings } from './resample-subjects.ts';
import { resamplerOf } from './resampler.ts';
import { varianceUncertainty } from './resampled-shape.ts';
import { influenceTally } from './subject-influence.ts';
import { subjectLimits } from './subject-limits.ts';
import { noiseScale, withoutDoubleNoise } from './without-double-noise.ts';

/** Scores ranked once, for those who need their operating points besides. */
export interface RankedPoints {
  readonly ranked: RankedSubjects;
  readonly points: OperatingPoints;
}

/** @throws EvaluationError as `rankSubjects`. */
export function rankedPoints(scores: AttributedScores): RankedPoints {
  const ranked = rankSubjects(scores);
  return { ranked, points: operatingPoints({ order: 'ascending', ...ranked.scores }) };
}

/** A figure and what resamples of the subjects showed of it: all that its limits are made of. */
export interface ResampledFigure extends Omit<SubjectMoves, 'drawn'> {
  readonly estimate: number;
  readonly drawn: Drawn;
  /** Of the smoother figure that non-mated comparisons move alike, where there is one. */
  readonly alike?: Drawn;
  /** Of that figure, or of the same one, with only the pairs of subjects resampled. */
  readonly ofPairs: readonly number[];
}

/** Limits of a figure (`subjectLimits`), and how many resamples had it. */
export function resampledLimits({ estimate, drawn, alike, ofPairs, ...shown }: ResampledFigure, confidence: number): { lower: number; upper: number; replicates: number } {
  const usable = drawn.filter(exists);
  const moves = { ...shown, drawn: Float64Array.from(usable, ([both]) => both) };
  const uncertainty = alike === undefined ? 0 : varianceUncertainty(moves);
  const scale = noiseScale({ drawn: (alike ?? drawn).filter(exists), ofPairs, subjects: shown.influence.length, uncertainty });
  const values = withoutDoubleNoise(usable, scale);
  const limits = subjectLimits({ estimate, ...moves, values }, confidence);
  return { ...limits, replicates: values.length };
}

/** Whether a resample has the figure. */
export const exists = ([both, mated]: Drawn[number]): boolean => !Number.isNaN(both - mated);

export interface ResamplePlan extends BootstrapPlan {
  /** By their labels, which must be 0, 1, 2..., the same subjects are drawn whatever their scores. */
  readonly drawnBy?: 'label' | 'number';
}

const REPLICATES_PER_STEP = 10;

/**
 * Reads figures on resamples of the subjects that hold both kinds of score, and on resamples of the pairs alone. Progress is in replicates.
 *
 * @throws EvaluationError too-few-subjects or argument-out-of-range.
 */
export function* resampleSteps<Name extends string>(
  { ranked, points }: RankedPoints,
  figures: Readonly<Record<Name, Figure>>,
  plan: ResamplePlan,
): Generator<Progress, Record<Name, ResampledFigure>> {
  const { subjectCount, labels } = ranked;
  const { replicates, random, drawnBy = 'number' } = plan;
  checkPlan(plan, subjectCount);
  const names = Object.keys(figures) as Name[];
  const { alike, likeOf } = alikeOf(figures, points);
  const read: Readonly<Record<string, Figure>> = { ...figures, ...alike };
  const resampler = resamplerOf(ranked, points);
  const numbered = (drawn: Int32Array): Int32Array => (drawnBy === 'number' ? drawn : labels.map((label) => drawn[label]!));
  const estimates = Object.fromEntries(names.map((name) => [name, figures[name](points)])) as Resampled<Name>;
  const tallies = names.map((name) => [name, influenceTally(subjectCount, estimates[name])] as const);
  const drawn: { readonly both: Resampled<string>; readonly mated: Resampled<string> }[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    if (replicate % REPLICATES_PER_STEP === 0) yield { done: replicate, total: replicates };
    const weights = drawSubjects(subjectCount, random);
    const resample = resampler.resample(numbered(weights));
    if (resample === undefined) continue;
    const [both, mated] = [readFigures(read, resample), readFigures(read, resample.matedAlone())];
    drawn.push({ both, mated });
    for (const [name, tally] of tallies) if (exists([both[name]!, mated[name]!])) tally.add(weights, both[name]!);
  }
  const halved: Resampled<string>[] = [];
  for (const signs of halvings(subjectCount, random)) {
    if (halved.length % REPLICATES_PER_STEP === 0) yield { done: replicates, total: replicates };
    const resample = resampler.halvePairs(numbered(signs));
    if (resample !== undefined) halved.push(readFigures(alike, resample));
  }
  return Object.fromEntries(tallies.map(([name, tally]): [Name, ResampledFigure] => [name, {
    estimate: estimates[name], ...readOff({ drawn, halved }, { name, like: likeOf(name) }), influence: tally.influence(),
  }])) as Record<Name, ResampledFigure>;
}

/** All figures, of each resample of the subjects and of each of the pairs alone. */
interface ReadFigures {
  readonly drawn: readonly { readonly both: Resampled<string>; readonly mated: Resampled<string> }[];
  readonly halved: readonly Resampled<string>[];
}

/** What resamples showed of one figure. @param like as `alikeOf` has it */
export function readOff({ drawn, halved }: ReadFigures, { name, like }: { name: string; like: string }): Pick<ResampledFigure, 'drawn' | 'alike' | 'ofPairs'> {
  const drawnOf = (key: string): Drawn => drawn.map(({ both, mated }) => [both[key]!, mated[key]!] as const);
  return { drawn: drawnOf(name), ...(like !== name && { alike: drawnOf(like) }), ofPairs: halved.map((figure) => figure[like]!) };
}

/** For each figure the smoother one that non-mated comparisons move alike, or itself, under the name that `likeOf` gives. */
export function alikeOf<Name extends string>(figures: Readonly<Record<Name, Figure>>, points: OperatingPoints): { alike: Readonly<Record<string, Figure>>; likeOf: (name: Name) => string } {
  const likeOf = (name: Name): string => (figures[name].movedLike === undefined ? name : `${name}, like`);
  const names = Object.keys(figures) as Name[];
  return { alike: Object.fromEntries(names.map((name) => [likeOf(name), figures[name].movedLike?.(points) ?? figures[name]])), likeOf };
}

/** The figures of one resample. */
export type Resampled<Name extends string> = Record<Name, number>;

/** Reads every figure; the errors at all thresholds are counted only if one of them wants that. */
export function readFigures<Name extends string>(figures: Readonly<Record<Name, Figure>>, resample: Resample): Resampled<Name> {
  let points: OperatingPoints | undefined;
  const read = (figure: Figure): number => (figure.sparsely === undefined ? figure((points ??= resample.points())) : figure.sparsely(resample));
  return Object.fromEntries(Object.entries<Figure>(figures).map(([name, figure]) => [name, read(figure)])) as Resampled<Name>;
}
