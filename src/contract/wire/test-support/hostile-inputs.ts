import fc from 'fast-check';
import { z } from 'zod';
import { hostileIdentifiers, hostileWords, wrongKinds } from './hostile-values.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** What hostile inputs may name beside the fixed words. */
export interface Named {
  /** Of things that are there, so that inputs reach further than "not found". */
  identifiers: readonly string[];
  paths: readonly string[];
}

/** Inputs for one request, derived from its schema: some fit, but for what their strings and numbers say; some are spoiled in one place. */
export function hostileInputs(input: z.ZodType, named: Named): { fitting: fc.Arbitrary<unknown>; spoiled: fc.Arbitrary<unknown> } {
  const fitting = fittingFor(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }), named);
  const spoiled = fc.tuple(fitting, fc.nat(), poison).map(([value, place, wrong]) => {
    const places = placesIn(value);
    return replaced(value, places[place % places.length] ?? [], wrong);
  });
  return { fitting, spoiled };
}

/** This input with each of its places, itself included, taken by each wrong kind in turn. */
export function spoiledEverywhere(input: unknown): unknown[] {
  return placesIn(input).flatMap((place) => wrongKinds.map((wrong) => replaced(input, place, wrong)));
}

const poison = fc.oneof(fc.constantFrom(...wrongKinds), fc.constantFrom(...hostileWords), fc.jsonValue());

function fittingFor(schema: Schema, named: Named): fc.Arbitrary<unknown> {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return fc.oneof(...branches.map((branch) => fittingFor(branch, named)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.type === 'object') return objectFor(schema, named);
  if (schema.type === 'array') return arrayFor(schema, named);
  if (schema.type === 'string') return stringFor(schema, named);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'null') return fc.constant(null);
  if (schema.type === 'integer' || schema.type === 'number') return numberFor(schema);
  // What JSON has no word for is bytes here, or anything at all.
  return fc.oneof(fc.constantFrom(...pictures), poison);
}

const pictures = ['face ann 1', 'face \u0000 1', '', '\u{1f600}'].map((text) => new Uint8Array([...text].map((sign) => sign.charCodeAt(0) & 255)));

function objectFor({ properties = {}, required = [], additionalProperties }: Schema, named: Named): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, typeof field === 'boolean' ? poison : fittingFor(field, named)]));
  if (Object.keys(fields).length === 0 && typeof additionalProperties === 'object') return fc.dictionary(fc.constantFrom(...hostileWords.slice(0, -2)), poison, { maxKeys: 3 });
  return fc.record(fields, { requiredKeys: required });
}

function arrayFor({ items, prefixItems, minItems = 0, maxItems = 3 }: Schema, named: Named): fc.Arbitrary<unknown> {
  if (prefixItems !== undefined) return fc.tuple(...prefixItems.map((item) => (typeof item === 'boolean' ? poison : fittingFor(item, named))));
  const item = Array.isArray(items) || typeof items !== 'object' ? poison : fittingFor(items as Schema, named);
  return fc.array(item, { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) });
}

function stringFor({ pattern = '', minLength = 0, maxLength = 4096 }: Schema, { identifiers, paths }: Named): fc.Arbitrary<unknown> {
  if (pattern.startsWith('^[A-Za-z0-9][A-Za-z0-9._:-]')) return fc.oneof(fc.constantFrom(...hostileIdentifiers), fc.constantFrom(...identifiers));
  const fits = (word: string): boolean => word.length >= minLength && word.length <= maxLength;
  const isPath = maxLength === 4096 && minLength === 1;
  const words = fc.constantFrom(...hostileWords.filter(fits), ...paths.filter(fits));
  return isPath ? fc.oneof(fc.constantFrom(...paths), words) : fc.oneof(words, fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 40), unit: 'binary' }));
}

function numberFor({ type, minimum, maximum, exclusiveMinimum }: Schema): fc.Arbitrary<unknown> {
  const [min, max] = [minimum ?? (typeof exclusiveMinimum === 'number' ? exclusiveMinimum : -1e12), maximum ?? 1e12];
  // The ends and a few small ones: what takes long is asked for too, and cancelled.
  const ends = [min, max, Math.min(max, min + 1)].map((end) => (type === 'integer' ? Math.trunc(end) : end));
  return fc.oneof(fc.constantFrom(...ends), type === 'integer' ? fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) }) : fc.double({ min, max, noNaN: true }));
}

type Place = readonly string[];

function placesIn(value: unknown, here: Place = []): Place[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [here];
  return [here, ...Object.keys(value).flatMap((key) => placesIn((value as Record<string, unknown>)[key], [...here, key]))];
}

function replaced(value: unknown, [key, ...rest]: Place, wrong: unknown): unknown {
  if (key === undefined) return wrong;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? replaced(item, rest, wrong) : item));
  const entries = Object.entries(value as Record<string, unknown>).map(([name, field]) => [name, name === key ? replaced(field, rest, wrong) : field] as const);
  return Object.fromEntries(entries);
}
