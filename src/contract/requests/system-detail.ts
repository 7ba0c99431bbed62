import { z } from 'zod';
import { estimate } from '../vocabulary.ts';

/** A figure with its name; no value where these scores have none, with the reason. */
export const namedFigure = z.object({
  key: z.string(),
  label: z.string(),
  /** `rate` is written in per cent, `bits` and `number` plainly. */
  unit: z.enum(['rate', 'number', 'bits']),
  value: estimate.nullable(),
  reason: z.string().nullable(),
});
export type NamedFigure = z.infer<typeof namedFigure>;

const refusal = z.string().nullable();

/** Error rates of a transaction at the operating point of a target: failures are rejections (ISO/IEC 19795-1). */
const transactions = z.object({
  /** Images that gave no template, of all; and subjects none of whose images gave one, of all. */
  fta: z.number(),
  fte: z.number(),
  attempts: z.number().int(),
  failedAttempts: z.number().int(),
  enrolments: z.number().int(),
  failedEnrolments: z.number().int(),
  rows: z.array(z.object({ target: z.number(), threshold: z.number(), fmr: z.number(), fnmr: z.number(), gfar: z.number(), gfrr: z.number() })),
});

/** Cllr and minimum Cllr, bits, on identities that had no part in fitting; null where infinite or without meaning. */
const ratioCosts = z.object({ cllr: z.number().nullable(), minimumCllr: z.number(), actualCost: z.number(), minimumCost: z.number() });

const calibration = z.object({
  refusal,
  /** On whose scores it was fitted. */
  fittedOn: z.object({ mated: z.number().int(), nonMated: z.number().int() }).nullable(),
  /** Raw scores read as if they were log-likelihood ratios. */
  before: ratioCosts.nullable(),
  /** `scale` and `offset` of the logistic map: natural log-likelihood ratio = scale * score + offset. */
  maps: z.array(z.object({ kind: z.enum(['logistic', 'isotonic']), refusal, scale: z.number().nullable(), offset: z.number().nullable(), after: ratioCosts.nullable() })),
});

const normalization = z.object({
  refusal,
  /** Nobody of the cohort is in the evaluation. */
  cohort: z.object({ subjects: z.number().int(), samples: z.number().int() }).nullable(),
  rows: z.array(z.object({ kind: z.enum(['none', 'z', 't', 's']), eer: estimate, dPrime: z.number().nullable(), fnmrAtFmr: z.array(z.object({ target: z.number(), fnmr: estimate })) })),
});

/** 1:N searches. The first image of each enrolled subject is the gallery, all others are searched for. */
const identification = z.object({
  refusal,
  /** Everybody is enrolled: the share of searches whose mate is among the first. */
  closedSet: z.object({ enrolled: z.number().int(), searches: z.number().int(), cmc: z.array(z.object({ rank: z.number().int(), rate: estimate })) }).nullable(),
  /** Every second subject is enrolled; the others' images are searches without a mate. DIR at rank 1 is 1 - FNIR. */
  openSet: z.object({
    enrolled: z.number().int(),
    matedSearches: z.number().int(),
    nonMatedSearches: z.number().int(),
    points: z.array(z.object({ target: z.number(), support: z.enum(['supported', 'weak', 'unsupported']), fpir: z.number(), threshold: z.number(), fnir: estimate, dir: estimate })),
    curve: z.array(z.object({ threshold: z.number(), fpir: z.number(), fnir: z.number() })),
  }).nullable(),
});

/** What is known of a system beside its first figures; null in reports of before it was counted. */
export const systemDetail = z.object({
  figures: z.array(namedFigure),
  transactions,
  calibration,
  normalization,
  identification,
  /** What a script reports that takes the whole matrix of scores, in which every sample matches itself. */
  naive: z.object({ selfMatches: z.number().int(), eer: z.number(), auc: z.number(), rank1: z.number() }),
});
export type SystemDetail = z.infer<typeof systemDetail>;
