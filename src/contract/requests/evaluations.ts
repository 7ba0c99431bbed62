import { z } from 'zod';
import type { Estimate } from '../vocabulary.ts';
import { absolutePath, estimate, identifier, instant, part } from '../vocabulary.ts';
import { scoreTransform } from './cancelable.ts';
import { requests } from './request.ts';
import { systemDetail } from './system-detail.ts';

export const curvePoint = z.object({
  threshold: z.number(),
  fmr: z.number(),
  fnmr: z.number(),
  /** 95 % band of the FNMR at this FMR; null where none can be given. */
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type CurvePoint = z.infer<typeof curvePoint>;

/** FNMR at the smallest threshold whose FMR is at most the target. `weak`: fewer than 30 expected false matches. */
const operatingFigure = z.object({
  target: z.number(),
  support: z.enum(['supported', 'weak', 'unsupported']),
  reason: z.string().nullable(),
  achieved: z.number().nullable(),
  threshold: z.number().nullable(),
  fnmr: estimate.nullable(),
});
export type OperatingFigure = z.infer<typeof operatingFigure>;

/** Every sample searched among all others, ties against the search; means over the searches. */
export const retrievalReport = z.object({
  recallAtK: z.array(z.object({ k: z.number().int(), recall: estimate })),
  precisionAt1: estimate,
  rPrecision: estimate,
  meanAveragePrecisionAtR: estimate,
  /** Agreement of the subjects with as many k-means clusters; null where that many samples would take too long. */
  clustering: z.object({ clusters: z.number().int(), nmi: z.number(), ami: z.number(), converged: z.boolean() }).nullable(),
  /** Searches, and samples that are none because their subject has no other. */
  queries: z.number().int(),
  excluded: z.number().int(),
});
export type RetrievalReport = z.infer<typeof retrievalReport>;

export const systemKind = z.enum(['model', 'untrained', 'raw-pixels']);

/** One scored system: the model itself, or a baseline beside it. */
export const scoredSystem = z.object({
  kind: systemKind,
  name: z.string(),
  eer: estimate,
  auc: estimate,
  dPrime: z.number().nullable(),
  /** Null where no resample moves it; absent in reports of before it had any. */
  dPrimeLimits: z.object({ low: z.number(), high: z.number() }).nullable().optional(),
  fnmrAtFmr: z.array(operatingFigure),
  rank1: estimate.nullable(),
  /** Null when no subject has two samples, and in reports of before it was counted. */
  retrieval: retrievalReport.nullable(),
  detail: systemDetail.nullable(),
  curve: z.array(curvePoint),
  histogram: z.object({ edges: z.array(z.number()), mated: z.array(z.number().int()), nonMated: z.array(z.number().int()) }),
});
export type ScoredSystem = z.infer<typeof scoredSystem>;

/** d' with its limits, where it has any. */
export function spreadOf({ dPrime, dPrimeLimits }: Pick<ScoredSystem, 'dPrime' | 'dPrimeLimits'>): Estimate | null {
  return dPrime === null ? null : { value: dPrime, low: dPrimeLimits?.low ?? null, high: dPrimeLimits?.high ?? null };
}

/** A threshold chosen on the validation identities, with the errors it makes on the evaluated ones. */
export const offeredThreshold = z.object({
  target: z.number(),
  threshold: z.number().nullable(),
  refusal: z.string().nullable(),
  developmentFmr: z.number().nullable(),
  fmr: estimate.nullable(),
  fnmr: estimate.nullable(),
});
export type OfferedThreshold = z.infer<typeof offeredThreshold>;

/** A label that was corrected by hand before this evaluation; `subject` null: the sample was left out. */
const labelCorrection = z.object({ path: z.string(), labelled: z.string(), subject: z.string().nullable() });
export type LabelCorrection = z.infer<typeof labelCorrection>;

/** Everything an evaluation rests on; the same again gives the same figures. */
export const evaluationManifest = z.object({
  likeness: z.string(),
  node: z.string(),
  datasetName: z.string(),
  part,
  /** SHA-256 of names, contents and subjects of the samples that were to be compared, those of the development part too. */
  dataHash: z.string(),
  /** SHA-256 of what was compared with what, in its order. */
  protocolHash: z.string(),
  model: z.object({ id: identifier, name: z.string(), weightsHash: z.string() }),
  options: z.object({ baselines: z.boolean(), corrected: z.boolean(), transform: scoreTransform.default('none') }),
  plan: z.object({ seed: z.number().int(), replicates: z.number().int(), confidence: z.number(), targets: z.array(z.number()) }),
});
export type EvaluationManifest = z.infer<typeof evaluationManifest>;

export const evaluationReport = z.object({
  id: identifier,
  modelId: identifier,
  modelName: z.string(),
  datasetId: identifier,
  datasetName: z.string(),
  part,
  /** What the model's templates were under; missing in reports of before there was a choice. */
  transform: scoreTransform.default('none'),
  protocol: z.string(),
  counts: z.object({
    subjects: z.number().int(),
    samples: z.number().int(),
    mated: z.number().int(),
    nonMated: z.number().int(),
    failedToAcquire: z.number().int(),
  }),
  systems: z.array(scoredSystem),
  thresholds: z.array(offeredThreshold),
  /** What the model's pipeline made of the pictures; null where it has none, missing in reports of before there were any. */
  quality: z
    .object({
      judged: z.number().int(),
      /** Of the scores, 0 to 100. */
      median: z.number(),
      lowestTenth: z.number(),
      /** Pictures with several faces, of which the largest was taken. */
      several: z.number().int(),
    })
    .nullish(),
  /** None in reports of before labels could be marked. */
  corrections: z.array(labelCorrection),
  /** What the reader must know: identities seen in training, weak support, failures. */
  warnings: z.array(z.string()),
  /** Null in reports of before it was written. */
  manifest: evaluationManifest.nullable(),
  device: z.string(),
  createdAt: instant,
});
export type EvaluationReport = z.infer<typeof evaluationReport>;

export const evaluationCard = evaluationReport.pick({
  id: true, modelId: true, modelName: true, datasetId: true, datasetName: true, part: true, transform: true, counts: true, createdAt: true,
}).extend({
  eer: estimate,
  /** How many labels were corrected by hand before it, samples left out among them. */
  corrections: z.number().int(),
});
export type EvaluationCard = z.infer<typeof evaluationCard>;

const evaluationId = { evaluationId: identifier };

export const evaluationRequests = requests({
  'evaluations.list': { input: z.strictObject({}), output: z.array(evaluationCard) },
  'evaluations.get': { input: z.strictObject(evaluationId), output: evaluationReport },
  'evaluations.start': {
    input: z.strictObject({
      modelId: identifier,
      datasetId: identifier,
      part: part.default('test'),
      baselines: z.boolean().default(false),
      /** With the labels that were marked as wrong corrected, and the report saying so. */
      corrected: z.boolean().default(false),
      /** Of the model's templates, with a key drawn for this evaluation: what a gallery under it errs, and its thresholds. */
      transform: scoreTransform.default('none'),
    }),
    output: z.object({ evaluationId: identifier, jobId: identifier }),
  },
  /** Evaluates the same model on the same data as a manifest names them, wherever they are here. */
  'evaluations.repeat': { input: z.strictObject({ manifest: evaluationManifest }), output: z.object({ evaluationId: identifier, jobId: identifier }) },
  /** Writes report (HTML, PDF, Markdown, JSON), manifest, charts (SVG), curves and scores (CSV) into a new folder below `folder`. */
  'evaluations.export': {
    input: z.strictObject({ ...evaluationId, folder: absolutePath.nullable().default(null) }),
    output: z.object({ folder: z.string(), files: z.array(z.string()) }),
  },
  'evaluations.remove': { input: z.strictObject(evaluationId), output: z.object({ removed: z.literal(true) }) },
});
