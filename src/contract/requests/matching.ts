import { z } from 'zod';
import { estimate, fingerPosition, identifier, instant, severalChoice, wholeHand } from '../vocabulary.ts';
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
  /** Which finger it is, where that is known: it is compared with no other. */
  finger: fingerPosition.nullable(),
});
export type ProbeSample = z.infer<typeof probeSample>;

const scoredReference = z.object({ imageId: identifier, score: z.number() });

/** A finger of a hand against the references of the same finger. */
export const comparedFinger = z.object({
  finger: fingerPosition,
  probe: probeSample.nullable(),
  /** The mean over its references; null where it could not be compared. */
  score: z.number().nullable(),
  isMatch: z.boolean().nullable(),
  references: z.array(scoredReference),
  /** Why it was not compared. */
  reason: z.string().nullable(),
});
export type ComparedFinger = z.infer<typeof comparedFinger>;

export const verification = decision.extend({
  probe: probeSample,
  subject: z.object({ id: identifier, name: z.string(), portrait: identifier.nullable() }).nullable(),
  references: z.array(scoredReference),
  /** Share of the non-mated comparisons of the evaluation that scored at least this high; null without an evaluation. */
  fmrAtScore: z.number().nullable(),
  /**
   * Of a whole hand: finger by finger, under the threshold of single fingers. The score above is then their sum (as a mean), for which no
   * threshold has been measured, so it decides nothing.
   */
  hand: z.object({ fingers: z.array(comparedFinger), threshold: thresholdInUse.nullable() }).nullable(),
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
      several: severalChoice.exclude(['all']).or(wholeHand).nullable().default(null),
      /** Which finger the probe shows, where it shows one. */
      finger: fingerPosition.nullable().default(null),
    }),
    output: verification,
  },
  /** 1:N over the gallery. No candidate above the threshold is a normal outcome. */
  'identify.search': {
    input: z.strictObject({ probe: identifier, limit: z.number().int().min(1).max(100).default(5), several: severalChoice.nullable().default(null), finger: fingerPosition.nullable().default(null) }),
    output: identification,
  },
  'thresholds.get': { input: z.strictObject({}), output: thresholdInUse.nullable() },
  /** Takes one of the thresholds an evaluation offers; refused where the data could not support the target. */
  'thresholds.choose': { input: z.strictObject({ evaluationId: identifier, targetFmr: z.number().positive().max(1) }), output: thresholdInUse },
});
