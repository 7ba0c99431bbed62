import { z } from 'zod';
import { lossSchema } from './losses.ts';
import { regularizerSchema } from './regularizers.ts';

/** Any number: what is not finite (null, as JSON writes NaN) is for the loss to refuse, naming the row. */
const entry = z.union([z.number(), z.nan(), z.literal([Infinity, -Infinity]), z.null()]).transform((value) => value ?? NaN);

const matrix = z.array(z.array(entry).min(1)).superRefine((rows, context) => {
  const row = rows.findIndex(({ length }) => length !== rows[0]!.length);
  if (row < 0) return;
  context.addIssue({ code: 'custom', path: [row], message: `has ${rows[row]!.length} numbers, but row 0 has ${rows[0]!.length}` });
});

/** A batch in a file, so that any outside script can check the losses: `likeness loss FILE.json`. */
export const lossFileSchema = z.strictObject({
  loss: z.string().nullable(),
  options: z.record(z.string(), z.unknown()).default({}),
  embeddings: matrix,
  labels: z.array(z.int()),
  proxies: matrix.min(1).optional(),
  textSimilarity: matrix.min(1).optional(),
  regularizers: z.array(regularizerSchema).default([]),
}).transform(({ loss, options, ...batch }, context) => {
  if (loss === null) return { loss, ...batch };
  const recipe = lossSchema.safeParse({ ...options, name: loss });
  if (recipe.success) return { loss: recipe.data, ...batch };
  for (const issue of recipe.error.issues) {
    const path = issue.path[0] === 'name' ? ['loss'] : ['options', ...issue.path];
    context.addIssue({ code: 'custom', message: issue.message, path });
  }
  return z.NEVER;
});

export type LossFile = z.infer<typeof lossFileSchema>;
