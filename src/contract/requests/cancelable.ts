import { z } from 'zod';
import { identifier } from '../vocabulary.ts';
import { requests } from './request.ts';

export const protectionScheme = z.enum(['random-orthogonal', 'bio-hash', 'mlp-hash']);

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
