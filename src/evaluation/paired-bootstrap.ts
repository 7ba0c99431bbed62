import type { AttributedScores } from './attributed-scores.ts';
import type { Interval } from './bootstrap.ts';
import type { Figure } from './figure.ts';
import type { BootstrapPlan } from './resample-subjects.ts';
import type { Resample, Resampler } from './resampler.ts';
import type { Progress } from './steps.ts';
import type { Resampled } from './subject-resamples.ts';
import { rankSubjects } from './attributed-scores.ts';
import { operatingPoints } from './error-rates.ts';
import { checkPlan, checkSubjects, drawSubjects, halvings } from './resample-subjects.ts';
import { resamplerOf } from './resampler.ts';
import { EvaluationError } from './score-set.ts';
import { finish } from './steps.ts';
import { influenceTally } from './subject-influence.ts';
import { alikeOf, exists, readFigures, readOff, resampledLimits } from './subject-resamples.ts';

export interface ComparedFigure {
  readonly figure: Figure;
  /** Which way is good: lower for error rates and costs, higher for the area and d'. */
  readonly better: 'lower' | 'higher';
}

export interface Comparison {
  readonly a: number;
  readonly b: number;
  /** A minus B, on the scores and over the resamples. */
  readonly difference: Interval;
  /** Who is better as far as these subjects can tell: undecided when the interval of the difference holds 0. */
  readonly verdict: 'a-better' | 'b-better' | 'undecided';
}

const REPLICATES_PER_STEP = 10;

/**
 * Compares two systems on the same people: each resample draws subjects once and weighs the scores of both with them,
 * so that what is hard for both cancels out. Two overlapping intervals prove nothing; the interval of the difference
 * does (Efron and Tibshirani 1993, ch. 16; paired resampling of subjects as in Bolle et al., CVIU 93, 2004).
 *
 * With many figures compared, one in twenty 95 % intervals leaves 0 out by chance.
 *
 * @throws EvaluationError subjects-differ unless both score sets hold the same subjects, and those of
 *   `bootstrapIntervals`.
 */
export function pairedBootstrap<Name extends string>(
  systems: { readonly a: AttributedScores; readonly b: AttributedScores },
  figures: Readonly<Record<Name, ComparedFigure>>,
  plan: BootstrapPlan,
): Record<Name, Comparison> {
  return finish(pairedBootstrapSteps(systems, figures, plan));
}

/** `pairedBootstrap` with its progress in replicates. */
export function* pairedBootstrapSteps<Name extends string>(
  systems: { readonly a: AttributedScores; readonly b: AttributedScores },
  compared: Readonly<Record<Name, ComparedFigure>>,
  plan: BootstrapPlan,
): Generator<Progress, Record<Name, Comparison>> {
  const names = Object.keys(compared) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, compared[name].figure])) as Record<Name, Figure>;
  const a = prepared(systems.a, figures);
  const b = prepared(systems.b, figures);
  const places = placesOf(a.labels, b.labels);
  checkPlan(plan, places.length);
  checkSubjects(places.length);
  const minus = (ofA: Resample, ofB: Resample): Resampled<string> => {
    const [readA, readB] = [readFigures(a.read, ofA), readFigures(b.read, ofB)];
    return Object.fromEntries(Object.keys(readA).map((name) => [name, readA[name]! - readB[name]!]));
  };
  const bOf = (weights: Int32Array): Int32Array => places.map((place) => weights[place]!);
  const estimates = names.map((name) => a.estimates[name] - b.estimates[name]);
  const tallies = estimates.map((estimate) => influenceTally(places.length, estimate));
  const drawn: { readonly both: Resampled<string>; readonly mated: Resampled<string> }[] = [];
  for (let replicate = 0; replicate < plan.replicates; replicate++) {
    if (replicate % REPLICATES_PER_STEP === 0) yield { done: replicate, total: plan.replicates };
    const weights = drawSubjects(places.length, plan.random);
    const [ofA, ofB] = [a.resampler.resample(weights), b.resampler.resample(bOf(weights))];
    if (ofA === undefined || ofB === undefined) continue;
    const [both, mated] = [minus(ofA, ofB), minus(ofA.matedAlone(), ofB.matedAlone())];
    drawn.push({ both, mated });
    names.forEach((name, at) => { if (exists([both[name]!, mated[name]!])) tallies[at]!.add(weights, both[name]!); });
  }
  if (drawn.length === 0) throw new EvaluationError('too-few-subjects', 'No resample of the subjects held both kinds of score.');
  const halved = [...halvings(places.length, plan.random)].flatMap((signs) => {
    const [ofA, ofB] = [a.resampler.halvePairs(signs), b.resampler.halvePairs(bOf(signs))];
    return ofA === undefined || ofB === undefined ? [] : [minus(ofA, ofB)];
  });
  const compare = (name: Name, at: number): Comparison => {
    const shown = { estimate: estimates[at]!, ...readOff({ drawn, halved }, { name, like: a.likeOf(name) }), influence: tallies[at]!.influence(), isDifference: true };
    const { replicates, ...limits } = resampledLimits(shown, plan.confidence);
    const counts = { subjects: places.length, replicates, discarded: plan.replicates - replicates };
    const difference = { estimate: estimates[at]!, ...limits, confidence: plan.confidence, ...counts };
    return { a: a.estimates[name], b: b.estimates[name], difference, verdict: verdictOf(limits, compared[name].better) };
  };
  return Object.fromEntries(names.map((name, at) => [name, compare(name, at)])) as Record<Name, Comparison>;
}

function verdictOf({ lower, upper }: { lower: number; upper: number }, better: 'lower' | 'higher'): Comparison['verdict'] {
  if (upper < 0) return better === 'lower' ? 'a-better' : 'b-better';
  if (lower > 0) return better === 'lower' ? 'b-better' : 'a-better';
  return 'undecided';
}

interface Prepared<Name extends string> {
  readonly labels: Int32Array; // [subjects], by number
  readonly resampler: Resampler;
  readonly estimates: Resampled<Name>;
  /** The figures, and those that are moved alike (`alikeOf`). */
  readonly read: Readonly<Record<string, Figure>>;
  readonly likeOf: (name: Name) => string;
}

function prepared<Name extends string>(scores: AttributedScores, figures: Readonly<Record<Name, Figure>>): Prepared<Name> {
  const ranked = rankSubjects(scores);
  const points = operatingPoints({ order: 'ascending', ...ranked.scores });
  const estimates = Object.entries<Figure>(figures).map(([name, figure]) => [name, figure(points)]);
  const { alike, likeOf } = alikeOf(figures, points);
  return {
    labels: ranked.labels,
    resampler: resamplerOf(ranked, points),
    estimates: Object.fromEntries(estimates) as Resampled<Name>,
    read: { ...figures, ...alike },
    likeOf,
  };
}

/** For each subject of B, in B's numbers, its number in A. */
function placesOf(a: Int32Array, b: Int32Array): Int32Array {
  const numbers = new Map([...a].map((label, number) => [label, number]));
  const stranger = b.find((label) => !numbers.has(label));
  if (stranger !== undefined || a.length !== b.length) {
    const known = new Set(b);
    const odd = stranger ?? a.find((label) => !known.has(label));
    throw new EvaluationError('subjects-differ', `Subject ${odd} is in the scores of one system only: compare both on the same people.`);
  }
  return b.map((label) => numbers.get(label)!);
}
