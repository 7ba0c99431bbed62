import { z } from 'zod';
import { identifier, instant } from '../vocabulary.ts';
import { requests } from './request.ts';

export const protectionScheme = z.enum(['random-orthogonal', 'bio-hash', 'mlp-hash']);

/** What the templates of a gallery are kept under. */
export const galleryTransform = z.enum(['none', ...protectionScheme.options]);
export type GalleryTransform = z.infer<typeof galleryTransform>;

/** What has scores of its own, and so thresholds: a rotation keeps every score. */
export const scoreTransform = galleryTransform.exclude(['random-orthogonal']);
export type ScoreTransform = z.infer<typeof scoreTransform>;

/** How the templates of the gallery are protected. */
export const templateProtection = z.object({
  transform: galleryTransform,
  /** When they came under it; null where they are under none. */
  since: instant.nullable(),
  /** What they are being changed to; as long as this goes on, everything is compared as before. */
  changingTo: galleryTransform.nullable(),
});
export type TemplateProtectionState = z.infer<typeof templateProtection>;

const share = z.number().min(0).max(1);
const accuracy = z.object({ eer: share, fnmr: share, threshold: z.number() });

/** As `ProtectionFigures` of the evaluation room. */
export const protectionFigures = z.object({
  scheme: protectionScheme,
  keys: z.number().int(),
  matedComparisons: z.number().int(),
  nonMatedComparisons: z.number().int(),
  targetFmr: share,
  unprotected: accuracy,
  sameKey: accuracy,
  fmrWithoutKey: share,
  oldMatchesNew: share,
  linkability: z.number(),
  linkabilityByChance: z.number(),
  linkabilityUnprotected: z.number(),
  cosineOfEstimate: z.number(),
});
export type ProtectionFiguresReport = z.infer<typeof protectionFigures>;

export const cancelableRequests = requests({
  /** Puts every template of the gallery under a transform with a new key, or under none; goes on with a change that was interrupted. */
  'cancelable.protect': { input: z.strictObject({ transform: galleryTransform }), output: z.object({ jobId: identifier }) },
  /** Revokes every template of the gallery and issues it anew under a new key, without recapturing. */
  'cancelable.reissue': { input: z.strictObject({}), output: z.object({ jobId: identifier }) },
  /** Accuracy before and after, renewability and unlinkability of cancelable templates, on the test people of an evaluation. */
  'cancelable.measure': {
    input: z.strictObject({
      evaluationId: identifier,
      schemes: z.array(protectionScheme).min(1).max(3).default(['random-orthogonal', 'bio-hash', 'mlp-hash']),
      keys: z.number().int().min(2).max(50).default(5),
      targetFmr: z.number().gt(0).max(0.5).default(0.01),
      seed: z.number().int().min(0).max(2 ** 31).default(1),
    }),
    output: z.object({ samples: z.number().int(), subjects: z.number().int(), ofSamples: z.number().int(), figures: z.array(protectionFigures) }),
  },
});
