import { z } from 'zod';
import { estimate, identifier, instant, severalChoice } from '../vocabulary.ts';
import { galleryTransform, scoreTransform } from './cancelable.ts';
import { sampleQuality } from './inspections.ts';
import { requests } from './request.ts';

/** A threshold as a decision: chosen on one set of identities, judged on another, bound to a model, a transform of the templates and a dataset. */
export const thresholdInUse = z.object({
  modelId: identifier,
  transform: scoreTransform,
  threshold: z.number(),
  targetFmr: z.number(),
  /** FMR and FNMR at this threshold on identities that had no part in choosing it. */
  fmr: estimate,
  fnmr: estimate,
  nonMatedComparisons: z.number().int(),
  datasetName: z.string(),
  evaluationId: identifier.nullable(),
  chosenAt: instant,
});
export type ThresholdInUse = z.infer<typeof thresholdInUse>;

const decision = z.object({
  /** Cosine similarity, -1 to 1: the mean over the subject's references. */
  score: z.number(),
  isMatch: z.boolean().nullable().describe('null when no threshold has been chosen for this model'),
  threshold: thresholdInUse.nullable(),
  /** Under which the templates were compared. */
  transform: galleryTransform,
  model: z.object({ id: identifier, name: z.string() }),
});

/** A face or finger of the probe, as the pipeline saw it. */
export const probeSample = z.object({
  label: z.string(),
  /** Null where no pipeline judged it. */
  quality: sampleQuality.nullable(),
  measures: z.record(z.string(), z.json()),
  /** How many the pipeline saw in the picture, this one included. */
  seen: z.number().int(),
});
export type ProbeSample = z.infer<typeof probeSample>;

export const verification = decision.extend({
  probe: probeSample,
  subject: z.object({ id: identifier, name: z.string(), portrait: identifier.nullable() }).nullable(),
  references: z.array(z.object({ imageId: identifier, score: z.number() })),
  /** Share of the non-mated comparisons of the evaluation that scored at least this high; null without an evaluation. */
  fmrAtScore: z.number().nullable(),
});
export type Verification = z.infer<typeof verification>;

export const candidate = z.object({
  rank: z.number().int(),
  subjectId: identifier,
  name: z.string(),
  portrait: identifier.nullable(),
  score: z.number(),
  isAboveThreshold: z.boolean().nullable(),
});
export type Candidate = z.infer<typeof candidate>;

export const identification = z.object({
  /** Of the first of `probes`. */
  candidates: z.array(candidate),
  /** Every face or finger that was searched for, the largest first, each with its own candidates. */
  probes: z.array(probeSample.extend({ candidates: z.array(candidate) })),
  searched: z.number().int(),
  threshold: thresholdInUse.nullable(),
  transform: galleryTransform,
  model: z.object({ id: identifier, name: z.string() }),
  durationMs: z.number(),
});
export type Identification = z.infer<typeof identification>;

export const matchingRequests = requests({
  /** 1:1. The reference is an enrolled subject, or another picture. */
  'verify.compare': {
    input: z.strictObject({
      probe: identifier,
      reference: z.union([z.strictObject({ subjectId: identifier }), z.strictObject({ imageId: identifier })]),
      /** Of several faces in a picture; null: as the lab's policy says. */
      several: severalChoice.exclude(['all']).nullable().default(null),
    }),
    output: verification,
  },
  /** 1:N over the gallery. No candidate above the threshold is a normal outcome. */
  'identify.search': {
    input: z.strictObject({ probe: identifier, limit: z.number().int().min(1).max(100).default(5), several: severalChoice.nullable().default(null) }),
    output: identification,
  },
  'thresholds.get': { input: z.strictObject({}), output: thresholdInUse.nullable() },
  /** Takes one of the thresholds an evaluation offers; refused where the data could not support the target. */
  'thresholds.choose': { input: z.strictObject({ evaluationId: identifier, targetFmr: z.number().positive().max(1) }), output: thresholdInUse },
});
