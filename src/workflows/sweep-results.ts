import type { SweepFigure, SweepResults, SweepRow } from '../contract/requests/sweeps.ts';
import type { Estimate } from '../contract/vocabulary.ts';
import { FEWEST_SUBJECTS } from '../evaluation/resample-subjects.ts';
import type { StatedLimits } from '../evaluation/stated-limits.ts';
import { rateLimits, statedLimits } from '../evaluation/stated-limits.ts';
import type { SubjectMoves } from '../evaluation/resampled-shape.ts';
import { subjectLimits } from '../evaluation/subject-limits.ts';
import type { Drawn } from '../evaluation/without-double-noise.ts';
import type { ResampledFigure } from '../evaluation/subject-resamples.ts';
import { resampledLimits } from '../evaluation/subject-resamples.ts';
import type { ResampledSearches, SweepFigureName } from './sweep-figures.ts';
import { sweepConfidence } from './sweep-figures.ts';
import type { SweepManifest } from './sweep-manifest.ts';
import { batchOf } from './sweep-plan.ts';
import type { Asked, FailedRun, FinishedRun } from './sweep-runs.ts';

/** Figures of searches: their resamples are of the subjects who search. */
type Searches = Exclude<SweepFigureName, 'eer'>;

export interface SweepState {
  manifest: SweepManifest;
  planned: number;
  finished: readonly FinishedRun[];
  failed: readonly FailedRun[];
  asked: Asked;
}

/** Means over the seeds, with intervals from the resamples of the test subjects that every run shares. */
export function sweepResults({ manifest, planned, finished, failed, asked }: SweepState): SweepResults {
  const { dataset, seeds, replicates, versions } = manifest;
  const titled = [
    ...manifest.items.map(({ key, title, survey, setting }) => ({ key, title, survey, setting, kind: 'loss' as const })),
    { key: 'untrained', title: 'Untrained network', survey: null, setting: 'the same network before its first step', kind: 'untrained' as const },
    { key: 'raw-pixels', title: 'Raw pixels', survey: null, setting: 'cosine of the pictures themselves', kind: 'raw-pixels' as const },
  ];
  const withRuns = titled.map((one) => ({ ...one, runs: finished.filter(({ item }) => item === one.key) })).filter(({ runs }) => runs.length > 0);
  const ordered = [...withRuns].sort((one, other) => Number(one.kind !== 'loss') - Number(other.kind !== 'loss') || mapOf(other.runs) - mapOf(one.runs));
  const best = ordered.find(({ kind }) => kind === 'loss');
  const [first] = finished;
  return {
    done: finished.length,
    runs: planned,
    dataset: { name: dataset.name, modality: dataset.modality, sha256: dataset.sha256, splitSeed: dataset.split.seed, leastImages: dataset.leastImages, parts: dataset.parts },
    seeds,
    budget: budgetOf(manifest, finished),
    comparisons: first === undefined ? null : { mated: first.mated, nonMated: first.nonMated, searches: first.searches },
    replicates,
    rows: ordered.map(({ runs, ...row }): SweepRow => ({
      ...row,
      meanAveragePrecisionAtR: overSeeds(runs, 'meanAveragePrecisionAtR'),
      eer: eerOverSeeds(runs, replicates),
      recallAt1: overSeeds(runs, 'recallAt1'),
      behindBest: best === undefined || best.key === row.key ? null : behind(best.runs, runs),
      keptEpochs: runs.map(({ training }) => training?.keptEpoch ?? null),
      trainMs: meanOrNull(runs.map(({ training }) => training?.durationMs ?? null)),
    })),
    failures: failed.map(({ key, reason }) => ({ run: key, reason })),
    versions,
    device: finished.at(-1)?.device ?? '',
    durationMs: finished.reduce((sum, { durationMs }) => sum + durationMs, 0),
    ...asked,
    endedAt: Math.max(0, ...finished.map(({ endedAt }) => endedAt)),
  };
}

function mapOf(runs: readonly FinishedRun[]): number {
  return mean(runs.map(({ figures }) => figures.meanAveragePrecisionAtR.value));
}

/** The mean over runs that differ in their seed; its resamples are the means over the same runs, resample by resample. */
function overSeeds(runs: readonly FinishedRun[], name: Searches): SweepFigure {
  const bySeed = runs.map(({ figures }) => figures[name].value);
  const value = mean(bySeed);
  const shown = { value, resamples: resampleMeans(runs, name), influence: influenceMeans(runs, name) };
  return { value, ...limits(shown, (found) => rateLimits(found, value, runs[0]!.searches)), bySeed };
}

/** The same of the equal error rate, whose limits are made as those of an evaluation. */
function eerOverSeeds(runs: readonly FinishedRun[], replicates: number): SweepFigure {
  const all = runs.map(({ figures }) => figures.eer);
  const over = (name: 'ofPairs' | 'influence'): number[] => all[0]![name].map((_, at) => mean(all.map((one) => one[name][at]!)));
  const means = (drawn: readonly Drawn[]): Drawn => drawn[0]!.map((_, at) => [mean(drawn.map((one) => one[at]![0])), mean(drawn.map((one) => one[at]![1]))]);
  const alike = all.flatMap((one) => (one.alike === undefined ? [] : [one.alike]));
  const bySeed = all.map(({ estimate }) => estimate);
  const shown: ResampledFigure = { estimate: mean(bySeed), drawn: means(all.map((one) => one.drawn)), ...(alike.length === all.length && { alike: means(alike) }), ofPairs: over('ofPairs'), influence: over('influence') };
  const value = shown.estimate;
  if (shown.drawn.length < replicates / 2 || shown.influence.length < FEWEST_SUBJECTS) return { value, ...noLimits, bySeed };
  return { value, ...(rateLimits(resampledLimits(shown, sweepConfidence), value, runs[0]!.mated) ?? noLimits), bySeed };
}

function behind(best: readonly FinishedRun[], runs: readonly FinishedRun[]): Estimate {
  const name = 'meanAveragePrecisionAtR';
  const own = resampleMeans(runs, name);
  const differences = resampleMeans(best, name).map((value, replicate) => {
    const other = own[replicate] ?? null;
    return value === null || other === null ? null : value - other;
  });
  const [ofBest, ofOwn] = [influenceMeans(best, name), influenceMeans(runs, name)];
  const value = mapOf(best) - mapOf(runs);
  const influence = ofBest.map((one, subject) => one - ofOwn[subject]!);
  return { value, ...limits({ value, resamples: differences, influence, isDifference: true }, statedLimits) };
}

function resampleMeans(runs: readonly FinishedRun[], name: Searches): (number | null)[] {
  return runs[0]!.figures[name].resamples.map((_, replicate) => {
    const values = runs.map(({ figures }) => figures[name].resamples[replicate] ?? null);
    return values.every((value) => value !== null) ? mean(values) : null;
  });
}

function influenceMeans(runs: readonly FinishedRun[], name: Searches): number[] {
  return runs[0]!.figures[name].influence.map((_, subject) => mean(runs.map(({ figures }) => figures[name].influence[subject]!)));
}

const noLimits = { low: null, high: null };

/** Of the resamples that have the figure, as `state` has them stated; none where too few have it, or subjects are too few. */
function limits({ value: estimate, resamples, ...moves }: ResampledSearches & Pick<SubjectMoves, 'isDifference'>, state: (found: { lower: number; upper: number }) => StatedLimits | null): StatedLimits | typeof noLimits {
  const drawn = Float64Array.from(resamples.filter((value) => value !== null));
  if (drawn.length < resamples.length / 2 || moves.influence.length < FEWEST_SUBJECTS) return noLimits;
  return state(subjectLimits({ estimate, drawn, ...moves }, sweepConfidence)) ?? noLimits;
}

function budgetOf({ items }: SweepManifest, finished: readonly FinishedRun[]): SweepResults['budget'] {
  const { recipe } = items[0]!;
  const { input, backbone, sampler, optimizer, schedule } = recipe;
  return {
    network: backbone.name,
    parameters: finished.find(({ training }) => training !== null)?.training?.parameters ?? null,
    embeddingSize: recipe.embeddingSize,
    input: `${input.width} x ${input.height} x ${input.channels}`,
    epochs: recipe.epochs,
    batchesPerEpoch: recipe.batchesPerEpoch ?? 0,
    batch: `${batchOf(sampler)} (${samplerWords(items)})`,
    optimizer: `${optimizer.name}, learning rate ${optimizer.learningRate}, proxies x ${optimizer.proxyRate}`,
    schedule: schedule.name,
  };
}

function samplerWords(items: SweepManifest['items']): string {
  const words = items.map(({ recipe: { sampler } }) =>
    ('samplesPerClass' in sampler ? `${sampler.classesPerBatch} people x ${sampler.samplesPerClass}` : sampler.name === 'n-pair' ? `${sampler.classesPerBatch} people x 2 for N-pair` : sampler.name));
  return [...new Set(words)].join(', ');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}
