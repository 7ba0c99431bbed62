import { z } from 'zod';
import { severalChoice } from '../vocabulary.ts';
import { requests } from './request.ts';

/** What a lab asks of pictures. It binds where a pipeline finds and judges samples; a model that crops the centre knows no quality. */
export const samplePolicy = z.strictObject({
  /** A sample below this quality (0 to 100) is not enrolled. 0 refuses none. */
  minimumQuality: z.number().int().min(0).max(100).default(0),
  /** Of several faces in a picture, where a request does not say. */
  several: z
    .strictObject({
      enrol: severalChoice.exclude(['all']).default('one'),
      verify: severalChoice.exclude(['all']).default('one'),
      identify: severalChoice.default('one'),
    })
    .prefault({}),
});
/** What is looked for beside the quality before somebody is enrolled; a model without a chosen threshold has nothing to judge by. */
export const enrolmentGuards = z.strictObject({
  /** Of a sample that looks like somebody else who is enrolled. */
  duplicates: z.enum(['off', 'warn', 'refuse']).default('warn'),
  /** How often a stranger may be taken for somebody in the whole gallery (false positive identification rate). */
  fpir: z.number().positive().max(1).default(0.01),
});
export type EnrolmentGuards = z.infer<typeof enrolmentGuards>;

export type SamplePolicy = z.infer<typeof samplePolicy>;

export const policyRequests = requests({
  'guards.get': { input: z.strictObject({}), output: enrolmentGuards },
  'guards.set': { input: enrolmentGuards, output: enrolmentGuards },
  'policy.get': { input: z.strictObject({}), output: samplePolicy },
  'policy.set': { input: samplePolicy, output: samplePolicy },
});
