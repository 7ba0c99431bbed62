import { z } from 'zod';
import { absolutePath, estimate, identifier } from '../vocabulary.ts';
import { requests } from './request.ts';

/** A figure as the mean over the seeds; the interval comes from resampling the test subjects, the same ones for every row. */
const sweepFigure = estimate.extend({ bySeed: z.array(z.number()) });
export type SweepFigure = z.infer<typeof sweepFigure>;

/** One loss of a sweep, or a baseline beside them. */
const sweepRow = z.object({
  key: z.string(),
  title: z.string(),
  kind: z.enum(['loss', 'untrained', 'raw-pixels']),
  /** Where the survey has it; null for losses beyond it. */
  survey: z.string().nullable(),
  setting: z.string(),
  meanAveragePrecisionAtR: sweepFigure,
  eer: sweepFigure,
  recallAt1: sweepFigure,
  /** MAP@R of the best row minus this one's, on the same resamples of the subjects; null for the best itself. */
  behindBest: estimate.nullable(),
  /** Epoch that validation kept, from 0, by seed; null for what was not trained. */
  keptEpochs: z.array(z.number().int().nullable()),
  trainMs: z.number().nullable(),
});
export type SweepRow = z.infer<typeof sweepRow>;

export const sweepResults = z.object({
  /** Runs that are done, of all. */
  done: z.number().int(),
  runs: z.number().int(),
  dataset: z.object({
    name: z.string(),
    modality: z.string(),
    sha256: z.string(),
    splitSeed: z.number(),
    leastImages: z.number().int(),
    parts: z.record(z.string(), z.object({ subjects: z.number().int(), images: z.number().int() })),
  }),
  seeds: z.array(z.number().int()),
  budget: z.object({
    network: z.string(), parameters: z.number().int().nullable(), embeddingSize: z.number().int(), input: z.string(),
    epochs: z.number().int(), batchesPerEpoch: z.number().int(), batch: z.string(), optimizer: z.string(), schedule: z.string(),
  }),
  comparisons: z.object({ mated: z.number().int(), nonMated: z.number().int(), searches: z.number().int() }).nullable(),
  replicates: z.number().int(),
  /** The best MAP@R first, then the baselines. Rows without a finished run are left out. */
  rows: z.array(sweepRow),
  failures: z.array(z.object({ run: z.string(), reason: z.string() })),
  versions: z.record(z.string(), z.string()),
  device: z.string(),
  durationMs: z.number(),
  command: z.string(),
  note: z.string(),
  endedAt: z.number(),
});
export type SweepResults = z.infer<typeof sweepResults>;

export const sweepRequests = requests({
  /**
   * Trains losses under the same conditions and compares them on unseen people (a job). The folder holds its state; asked again
   * with the same plan it goes on, with another it is refused.
   */
  'sweeps.start': {
    input: z.strictObject({
      datasetId: identifier,
      folder: absolutePath,
      /** Keys of the survey's items, names of losses or ids of presets; null: every item of the survey. */
      items: z.array(z.string().min(1).max(120)).min(1).max(100).nullable().default(null),
      seeds: z.array(z.int().min(0).max(0xffffffff)).min(3, 'A sweep needs at least 3 seeds, or nothing is known of the spread between them.').max(100).default([1, 2, 3])
        .refine((seeds) => new Set(seeds).size === seeds.length, 'names a seed twice'),
      /** What all losses share: a recipe without loss, regularisers and miner; what it leaves out has defaults. */
      recipe: z.record(z.string(), z.unknown()).default({}),
      /** People with fewer images take no part. */
      leastImages: z.int().min(1).max(1000).default(1),
      /** The command line that asks for this sweep, to be printed with its results. */
      command: z.string().max(4000).default(''),
      /** What a reader of the results should know of the pictures. */
      note: z.string().max(4000).default(''),
    }),
    output: z.object({ jobId: identifier }),
  },
  /** What a sweep's folder has found so far, as data and as a page in Markdown. */
  'sweeps.results': {
    input: z.strictObject({ folder: absolutePath }),
    output: z.object({ results: sweepResults, page: z.string() }),
  },
});
