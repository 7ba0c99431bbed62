import { z } from 'zod';
import { absolutePath } from '../vocabulary.ts';

const field = /\{([^{}]+)\}/g;

/** The names in braces of a template, each once: "the {hand} {finger} finger" has hand and finger. */
export function templateFields(template: string): string[] {
  return [...new Set([...template.matchAll(field)].map(([, name]) => name!.trim()))];
}

/** The template with each name in braces replaced by what `valueOf` gives. */
export function fillTemplate(template: string, valueOf: (name: string) => string): string {
  return template.replace(field, (_, name: string) => valueOf(name.trim()));
}

const template = z.string().trim().min(1).max(500)
  .refine((text) => !/[{}]/.test(text.replace(field, '')), 'has a brace without its partner');

/** Where the texts of the classes come from. */
export const textSourceSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('class-names'),
    template: template.default('a photo of a {name}')
      .refine((text) => templateFields(text).join() === 'name', 'must hold {name}, and no other name in braces')
      .describe('Sentence; {name} is the name of the class'),
  }).describe('Says something only where the names do: names of people do not'),
  z.strictObject({
    name: z.literal('metadata'),
    template: template
      .refine((text) => templateFields(text).length > 0, 'needs at least one column of the dataset in braces')
      .describe('Sentence; {column} is that column of the dataset, such as "a photo of the {hand} {finger} finger"'),
  }),
  z.strictObject({
    name: z.literal('csv'),
    path: absolutePath.describe('CSV file: name of the class, then its vector'),
  }),
]);
export type TextSource = z.infer<typeof textSourceSchema>;

/** The sentence encoder: a folder with model.onnx and tokenizer.json; null is the one that the set-up fetches. */
export const textEncoderSchema = z.strictObject({
  folder: absolutePath.nullable().default(null).describe('Of the text encoder; empty: the one that the set-up fetched'),
});

/** What language guidance is told about the classes. */
export const textSchema = z.strictObject({
  source: textSourceSchema.nullable().default(null).describe('Where the texts of the classes come from'),
  encoder: textEncoderSchema.prefault({}).describe('Text encoder'),
});
export type TextRecipe = z.infer<typeof textSchema>;
