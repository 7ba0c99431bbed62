import { z } from 'zod';

/** Two images that look like the same photo and are not equal pixels. Nothing is left out for it: somebody has to look. */
export const suspectedCopy = z.object({
  path: z.string(),
  of: z.string(),
  /** Whether both are said to show the same subject; where not, one of the labels is likely to be wrong. */
  sameSubject: z.boolean(),
  isMirrored: z.boolean(),
});
export type SuspectedCopy = z.infer<typeof suspectedCopy>;

const NAMED = 3;

/** What the readers of figures must know of such images; null where there are none. */
export function suspectedCopiesWords(copies: readonly SuspectedCopy[]): string | null {
  if (copies.length === 0) return null;
  const strangers = copies.filter(({ sameSubject }) => !sameSubject).length;
  const [pairs, look] = copies.length === 1 ? ['1 pair of images', 'looks'] : [`${copies.length} pairs of images`, 'look'];
  const named = copies.slice(0, NAMED).map(({ path, of, sameSubject, isMirrored }) =>
    `${path} and ${of}${sameSubject ? '' : ', said to be two subjects'}${isMirrored ? ', mirrored' : ''}`);
  return `${pairs} ${look} like copies of one photo (saved again, resized or mirrored)${strangers === 0 ? '' : `, ${strangers} of two subjects`}: ` +
    `${named.join('; ')}${copies.length > NAMED ? '; ...' : ''}. They are compared like all others: look at them.`;
}
