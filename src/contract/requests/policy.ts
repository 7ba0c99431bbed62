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
export type SamplePolicy = z.infer<typeof samplePolicy>;

export const policyRequests = requests({
  'policy.get': { input: z.strictObject({}), output: samplePolicy },
  'policy.set': { input: samplePolicy, output: samplePolicy },
});
