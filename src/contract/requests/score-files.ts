import { z } from 'zod';
import type { GuardFinding } from '../../evaluation/pair-guard.ts';
import type { CalibrationFigures } from '../../evaluation/calibration-figures.ts';
import type { FnmrAtFmrMetric, Metric, MetricWithInterval, ScoreMetrics } from '../../evaluation/score-metrics.ts';
import { absolutePath, estimate, identifier, instant, typedName } from '../vocabulary.ts';
import type { CurvePoint, ScoredSystem } from './evaluations.ts';
import type { DiscardReport, SliceReport, ZooReport } from './explore.ts';
import { requests } from './request.ts';

const mostReplicates = 100_000;

/** How the figures of a score file are read. */
export const scoreFilePlan = z.strictObject({
  /** False match rates at which an FNMR is wanted. */
  targets: z.array(z.number().min(0).max(1)).min(1).max(100).default([0.1, 0.01, 0.001, 0.0001]),
  /** Resamples of the subjects for the intervals, where the file names subjects; 0: none. */
  replicates: z.number().int().min(0).max(mostReplicates).default(1000),
  confidence: z.number().gt(0).lt(1).default(0.95),
  seed: z.number().int().nonnegative().default(1),
  /** More to look at, each from columns of its own: identification wants sample_b, discard quality_a and quality_b. */
  studies: z.array(z.enum(['identification', 'zoo', 'discard'])).max(3).default([]),
  /** A column of metadata (or its two forms with _a and _b) whose groups are compared at one threshold. */
  slice: z.string().min(1).max(200).nullable().default(null),
  /** Of slices and discarding; null: the one chosen on the development split, else that for an FMR of 1/100 on these scores. */
  threshold: z.number().nullable().default(null),
  /** A CSV of sample and score: how each sample scores against a cohort of other people, for Z-, T- and S-norm. */
  cohort: absolutePath.nullable().default(null),
});
export type ScoreFilePlan = z.infer<typeof scoreFilePlan>;

/** A threshold chosen on the development split, with its errors on the other rows. */
export interface ChosenThreshold {
  readonly target: number;
  readonly threshold: number | null;
  /** Why the development split supports none. */
  readonly refusal: string | null;
  readonly developmentFmr: number | null;
  readonly fmr: Metric | null;
  readonly fnmr: Metric | null;
}

/** What rests on the rows whose split is dev, development or validation; the figures are those of all others. */
export interface DevelopmentFigures {
  readonly matedCount: number;
  readonly nonMatedCount: number;
  readonly thresholds: readonly ChosenThreshold[];
  readonly calibration: CalibrationFigures | { readonly refusal: string };
}

/** A study, or why these rows do not give it. */
export type Studied<Study> = Study | { readonly refusal: string };

export interface NormalizedFigures {
  readonly cohort: number;
  readonly rows: readonly { readonly kind: 'none' | 'z' | 't' | 's'; readonly eer: Metric; readonly dPrime: Metric; readonly fnmrAtFmr: ScoreMetrics['fnmrAtFmr'] }[];
}

/** With its interval, where those who are searched for are enough. */
export type SearchRate = number | MetricWithInterval;

export interface SearchFigures {
  /** N: everything rests on it. */
  readonly enrolled: number;
  readonly matedSearches: number;
  readonly nonMatedSearches: number;
  readonly cmc: Studied<{ readonly rates: readonly SearchRate[] }>;
  readonly openSet: Studied<{ readonly points: readonly { readonly target: number; readonly support: FnmrAtFmrMetric['support']; readonly fpir: number; readonly threshold: number; readonly fnir: SearchRate; readonly dir: SearchRate }[] }>;
}

export interface DiscardFigures {
  readonly threshold: number;
  readonly comparisons: number;
  /** FNMR of the mated comparisons kept when the share of lowest quality is set aside. */
  readonly steps: readonly { readonly discarded: number; readonly fnmr: number; readonly quality: number }[];
  /** Mean FNMR up to the largest share, of this measure, of a perfect one and of one that knows nothing. */
  readonly area: { readonly upTo: number; readonly area: number; readonly ideal: number; readonly level: number };
}

export interface ScoreStudies {
  readonly identification?: Studied<SearchFigures>;
  readonly zoo?: Studied<ZooReport>;
  readonly discard?: Studied<DiscardFigures>;
  readonly slices?: Studied<SliceReport>;
  readonly normalization?: Studied<NormalizedFigures>;
}

/** What columns of metadata say of comparisons, at one threshold for everybody. */
export interface ColumnStudies {
  readonly threshold: number;
  /** Every column with more than one value; and those of them that hold numbers, which can be read as qualities. */
  readonly columns: readonly string[];
  readonly numeric: readonly string[];
  /** Of the columns with few groups, and of the first of numbers. */
  readonly slices: readonly SliceReport[];
  readonly discards: readonly DiscardReport[];
  readonly refused: readonly { readonly column: string; readonly reason: string }[];
}

/** Figures of comparisons that do not flatter, and what a script that looks at nothing would have reported. */
export interface GuardedMetrics extends ScoreMetrics {
  /** Comparisons left out, by reason; empty where samples are not named or nothing was found. */
  readonly guards: readonly GuardFinding[];
  /** The figures of all comparisons, those left out too; null where none were. */
  readonly naive: ScoreMetrics | null;
  /** Null where no row is of a development split. */
  readonly development: DevelopmentFigures | null;
  /** What the plan asks for beside the figures. */
  readonly studies: ScoreStudies;
}

/** Figures of one score file: rates in [0, 1], each a number, a number with its interval, or the error that says why it does not exist. */
export interface ScoreFileReport extends GuardedMetrics {
  readonly file: string;
  /** SHA-256 of the file's bytes. */
  readonly fileHash: string;
  readonly rows: number;
  readonly plan: ScoreFilePlan;
}

/** What a chart of scores shows. */
export interface ScoreDrawing {
  readonly curve: readonly CurvePoint[];
  readonly histogram: ScoredSystem['histogram'];
}

/** A score file that was imported to be compared: its figures and curves as they were then. */
export interface ImportedScores {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly report: ScoreFileReport;
  readonly drawing: ScoreDrawing | null;
}

export const importedScoresCard = z.object({
  id: identifier, name: z.string(), file: z.string(), mated: z.number().int(), nonMated: z.number().int(), eer: estimate.nullable(), createdAt: instant,
});
export type ImportedScoresCard = z.infer<typeof importedScoresCard>;

/** Score files about the same comparisons, row by row, to become one. */
export const fusionOrder = z.strictObject({
  paths: z.array(absolutePath).min(2).max(20),
  /** Logistic weights are learnt from the rows of the development split. */
  rule: z.enum(['sum', 'max', 'logistic']),
  /** A new CSV: the first file with the fused scores. */
  out: absolutePath,
});
export type FusionOrder = z.infer<typeof fusionOrder>;

export interface FusionOutcome {
  readonly file: string;
  readonly rows: number;
  /** Of a logistic fusion: a weight a file, the offset, and how many rows they were learnt from. */
  readonly weights: number[] | null;
  readonly offset: number | null;
  readonly learntFrom: number | null;
}

const scoresId = { scoresId: identifier };

/** Files of comparison scores from anywhere. */
export const scoreFileRequests = requests({
  /**
   * Reads a CSV of comparison scores (columns score and mated, optionally subject_a, subject_b, sample_a, sample_b, split) and computes
   * every figure (a job); `scores.get` has them when the job is done.
   */
  'scores.measure': {
    input: z.strictObject({ path: absolutePath, plan: scoreFilePlan.prefault({}) }),
    output: z.object({ jobId: identifier }),
  },
  'scores.get': { input: z.strictObject({ jobId: identifier }), output: z.custom<ScoreFileReport>() },
  /** Fuses score files into a new one (a job); its result says by which weights. */
  'scores.fuse': { input: fusionOrder, output: z.object({ jobId: identifier }) },
  /** Measures a file (a job) and keeps figures, curve and histogram, so that it can be laid over evaluations. The file stays where it is. */
  'scores.import': {
    input: z.strictObject({ path: absolutePath, name: typedName.nullable().default(null), plan: scoreFilePlan.prefault({}) }),
    output: z.object({ scoresId: identifier, jobId: identifier }),
  },
  'scores.list': { input: z.strictObject({}), output: z.array(importedScoresCard) },
  'scores.imported': { input: z.strictObject(scoresId), output: z.custom<ImportedScores>() },
  'scores.remove': { input: z.strictObject(scoresId), output: z.object({ removed: z.literal(true) }) },
});
