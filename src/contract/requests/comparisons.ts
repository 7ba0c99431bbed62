import { z } from 'zod';
import { estimate, identifier, instant } from '../vocabulary.ts';
import { curvePoint, scoredSystem, systemKind } from './evaluations.ts';
import { requests } from './request.ts';

/** Something with scores: a system of an evaluation, a run of a protocol, or a score file that was imported. */
export const systemReference = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('evaluation'), id: identifier, system: systemKind.default('model') }),
  z.strictObject({ kind: z.literal('protocol'), id: identifier }),
  z.strictObject({ kind: z.literal('scores'), id: identifier }),
]);
export type SystemReference = z.infer<typeof systemReference>;

export const comparableSystem = z.object({
  reference: systemReference,
  /** Of the model, or of the imported file. */
  name: z.string(),
  /** On what: a dataset and its part, a protocol, a file. */
  detail: z.string(),
  mated: z.number().int(),
  nonMated: z.number().int(),
  eer: estimate.nullable(),
  createdAt: instant,
});
export type ComparableSystem = z.infer<typeof comparableSystem>;

/** The rows of the table: `rate` is written in per cent; `better` says which way is good. */
export const comparedFigure = z.object({
  key: z.string(),
  label: z.string(),
  unit: z.enum(['rate', 'number']),
  better: z.enum(['lower', 'higher']),
});
export type ComparedFigure = z.infer<typeof comparedFigure>;

export const overlaidSystem = comparableSystem.extend({
  curve: z.array(curvePoint),
  histogram: scoredSystem.shape.histogram.nullable(),
  /** Parallel to `figures`; null where these scores have no such figure. */
  values: z.array(estimate.nullable()),
});
export type OverlaidSystem = z.infer<typeof overlaidSystem>;

const difference = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** `undecided`: the interval holds 0. */
  verdict: z.enum(['better', 'worse', 'undecided']),
});

export const systemDifference = z.object({
  /** Places among the systems: this one minus that one. */
  system: z.number().int(),
  minus: z.number().int(),
  /** Why no difference has an interval; null where they have. */
  refusal: z.string().nullable(),
  /** Parallel to `figures`; null where there is none. */
  differences: z.array(difference.nullable()),
});
export type SystemDifference = z.infer<typeof systemDifference>;

export const overlay = z.object({ figures: z.array(comparedFigure), systems: z.array(overlaidSystem) });
export type Overlay = z.infer<typeof overlay>;

export const comparisonReport = overlay.extend({ differences: z.array(systemDifference), replicates: z.number().int(), confidence: z.number() });
export type ComparisonReport = z.infer<typeof comparisonReport>;

const systems = { systems: z.array(systemReference).min(1).max(12) };

/** Several evaluations, protocols and score files over one another. */
export const comparisonRequests = requests({
  /** Everything that can be compared, newest first. */
  'comparisons.systems': { input: z.strictObject({}), output: z.array(comparableSystem) },
  /** Curves, histograms and figures of some systems, as they were measured: at once. */
  'comparisons.overlay': { input: z.strictObject(systems), output: overlay },
  /**
   * Every other system minus the first, with 95 % intervals of a paired bootstrap over subjects, where both compared the same (a job);
   * `comparisons.get` has the report then.
   */
  'comparisons.start': { input: z.strictObject({ systems: systems.systems.min(2) }), output: z.object({ jobId: identifier }) },
  'comparisons.get': { input: z.strictObject({ jobId: identifier }), output: comparisonReport },
});
