import { z } from 'zod';

/** What the camera looked at. */
export const modality = z.enum(['face', 'finger']);
export type Modality = z.infer<typeof modality>;

/** What to do with several faces or fingers in a photo: refuse it, take the largest, take every one. Nobody chooses silently. */
export const severalChoice = z.enum(['one', 'largest', 'all']);
export type SeveralChoice = z.infer<typeof severalChoice>;

/** Which finger of which hand. */
export const fingerPosition = z.enum([
  'left thumb', 'left index', 'left middle', 'left ring', 'left little',
  'right thumb', 'right index', 'right middle', 'right ring', 'right little',
]);
export type FingerPosition = z.infer<typeof fingerPosition>;

/** Another answer to several fingers in a photo: they are the four of one hand, each with its position. */
export const wholeHand = z.literal('hand');

/** The parts a dataset is split into, by identity: no subject is ever in two. */
export const part = z.enum(['train', 'validation', 'test']);
export type Part = z.infer<typeof part>;

/** An opaque name: letters, digits, '-', '_', '.', ':'; never a path. */
export const identifier = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'is not an identifier');

/** Milliseconds since 1970 (UTC). */
export const instant = z.number().int().nonnegative();

/** A name a person typed: one line, trimmed, 1 to 120 characters. */
export const typedName = z
  .string()
  .trim()
  .min(1, 'needs at least one character')
  .max(120, 'is longer than 120 characters')
  .regex(/^[^\p{Cc}]*$/u, 'contains a control character');

/** An absolute path on this machine (POSIX, a Windows drive, a share); the host checks that it exists. A relative one would mean whatever folder the host was started in. */
export const absolutePath = z.string().min(1).max(4096).regex(/^[^\0]*$/, 'contains a NUL character')
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/, 'is not a whole path: write it from the root, such as /home/ann/faces');

/** With fewer subjects there are no intervals, and no rates of groups: resamples of them are too alike (`FEWEST_SUBJECTS` of the evaluation room, which this room cannot import). */
export const fewestSubjects = 5;

/** A figure with its 95 % interval (bootstrap over subjects); `low` and `high` are null where none can be given. */
export const estimate = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() });
export type Estimate = z.infer<typeof estimate>;

/** Lists are asked for a page at a time. */
export const page = { offset: z.number().int().nonnegative().default(0), limit: z.number().int().min(1).max(1000).default(200) };
