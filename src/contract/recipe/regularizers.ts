import { z } from 'zod';
import type { LossName } from './losses.ts';
import { textSchema } from './text.ts';

const languageGuidance = z.strictObject({
  name: z.literal('language-guidance'),
  // Names of identities carry no meaning: guidance must be asked for.
  weight: z.number().min(0).max(100).default(0).describe('ω. Off (0) by default: names of identities carry no meaning, so texts help only where class names or metadata describe what is seen'),
  shift: z.number().min(0).max(10).default(1).describe('Added to the text similarities; pairs of one class become 1 + γ'),
  direction: z.enum(['image-to-text', 'text-to-image']).default('image-to-text').describe('Image to text: KL(image ‖ text), survey eq. 29. Text to image: KL(text ‖ image)'),
  maskSameClass: z.boolean().default(true).describe('Without the mask the shift γ has no effect'),
  // Training reads the texts from here; `likeness loss` is given the similarities themselves.
  text: textSchema.optional().describe('Class texts'),
});

const direction = z.strictObject({
  name: z.literal('direction'),
  weight: z.number().min(0).max(2).default(0.3).describe('γ of the cosine between negative − anchor and positive − anchor; above 0.5 classes lose their spread'),
});

const embeddingNorm = z.strictObject({
  name: z.literal('embedding-norm'),
  weight: z.number().min(0).max(100).default(0.005).describe('Weight of the mean norm of the raw embeddings'),
  power: z.union([z.literal(1), z.literal(2)]).default(2).describe('1: norms. 2: squared norms'),
});

/** Terms added to a loss, or into it (direction). Roth et al. CVPR 2022; Mohan et al. CVPRW 2020; Sohn NIPS 2016. */
export const regularizerSchema = z.discriminatedUnion('name', [languageGuidance, direction, embeddingNorm]);

export type RegularizerRecipe = z.infer<typeof regularizerSchema>;
export type RegularizerName = RegularizerRecipe['name'];

/** The losses that direction regularisation is defined for (survey eq. 33-35). */
export const directionLosses: readonly LossName[] = ['triplet', 'multi-similarity', 'proxy-nca'];
