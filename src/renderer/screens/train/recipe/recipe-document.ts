import { z } from 'zod';
import type { LossName } from '../../../../contract/recipe/losses.ts';
import { lossEntries } from '../../../../contract/recipe/losses.ts';
import { recipeSchema } from '../../../../contract/recipe/recipe.ts';
import type { Field, Schema } from './schema-fields.ts';
import { fieldOf } from './schema-fields.ts';

/** A recipe while it is edited: not yet known to be right. */
export type RecipeDocument = Readonly<Record<string, unknown>>;
export type Path = readonly (string | number)[];

/** Their options are the symbols of the papers. */
const keysOfThePapers: ReadonlySet<string> = new Set(['loss', 'miner', 'regularizers']);

/** The fields of a recipe, from its zod schema, by key. */
export const recipeFields: ReadonlyMap<string, Field> = new Map(
  Object.entries((z.toJSONSchema(recipeSchema, { io: 'output', unrepresentable: 'any' }) as Schema).properties ?? {}).map(([key, schema]) => [
    key, fieldOf(key, schema, keysOfThePapers.has(key) ? 'explain' : 'name'),
  ]),
);

export const firstRecipe: RecipeDocument = recipeSchema.parse({ loss: { name: 'multi-similarity' } });

/** The document with another value at a path. */
export function withValue(document: RecipeDocument, path: Path, value: unknown): RecipeDocument {
  return changed(document, path, value) as RecipeDocument;
}

function changed(node: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(node)) return node.map((entry: unknown, index) => (index === key ? changed(entry, rest, value) : entry));
  const record = (node ?? {}) as Record<string, unknown>;
  return { ...record, [key]: changed(record[key], rest, value) };
}

/** The document with every option that was left out filled in, where the schema accepts it; else as it is. */
export function completed(document: RecipeDocument): RecipeDocument {
  const parsed = recipeSchema.safeParse(document);
  return parsed.success ? parsed.data : document;
}

export type ReadRecipe = { readonly ok: true; readonly document: RecipeDocument } | { readonly ok: false; readonly message: string };

/** Pasted text as a recipe; what it lacks takes its default. */
export function readRecipe(text: string): ReadRecipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, message: `This is not JSON: ${error.message}.` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, message: 'A recipe is a JSON object, in braces.' };
  return { ok: true, document: completed(value as RecipeDocument) };
}

export interface LossPreset {
  readonly key: string;
  readonly citation: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The published settings of a loss. */
export function lossPresets(name: string): readonly LossPreset[] {
  return Object.hasOwn(lossEntries, name) ? lossEntries[name as LossName].presets : [];
}

/** The published setting that the loss of this document has, if it has one. */
export function presetInUse(loss: Readonly<Record<string, unknown>>): LossPreset | null {
  return lossPresets(String(loss['name'])).find(({ options }) => Object.entries(options).every(([key, value]) => loss[key] === value)) ?? null;
}
