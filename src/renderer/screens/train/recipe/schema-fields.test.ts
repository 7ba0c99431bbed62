import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Field, Schema } from './schema-fields.ts';
import { fieldsOf, filledFields, filledVariant, rangeWords, wordsOfKey } from './schema-fields.ts';

const fields = (schema: z.ZodType): Field[] => fieldsOf(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Schema, 'name');
const only = (schema: z.ZodType): Field => fields(z.object({ it: schema }))[0]!;

it('reads a number with its range, default and title', () => {
  expect(only(z.number().int().min(1).max(64).default(8).describe('Classes per batch'))).toMatchObject({
    kind: 'number', title: 'Classes per batch', isInteger: true, default: 8, range: { low: 1, high: 64, excludesLow: false, excludesHigh: false },
  });
});

it('tells an end that is excluded from one that is not', () => {
  const field = only(z.number().positive().lt(1));
  expect(field.kind === 'number' && rangeWords(field.range)).toBe('above 0, below 1');
});

it('reads a number that may be left empty, and one that a word may stand for', () => {
  expect(only(z.number().positive().nullable().default(null))).toMatchObject({ kind: 'number', isNullable: true, default: null });
  expect(only(z.union([z.number().min(0), z.literal('soft')]))).toMatchObject({ kind: 'number', word: 'soft' });
});

it('reads enums and unions of constants as choices', () => {
  expect(only(z.enum(['average', 'max']))).toMatchObject({ kind: 'choice', options: ['average', 'max'] });
  expect(only(z.union([z.literal(1), z.literal(3)]).default(1))).toMatchObject({ kind: 'choice', options: [1, 3], default: 1 });
});

const shapes = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('hard') }).describe('m <= 0'),
  z.strictObject({ name: z.literal('semi-hard'), margin: z.number().default(0.2) }),
]);

it('reads shapes told apart by name, without asking for the name again', () => {
  const field = only(shapes.nullable().default(null));
  expect(field).toMatchObject({ kind: 'variants', isNullable: true, variants: [{ name: 'hard', help: 'm <= 0', fields: [] }, { name: 'semi-hard' }] });
  expect(field.kind === 'variants' && filledVariant(field.variants[1]!)).toEqual({ name: 'semi-hard', margin: 0.2 });
});

it('has no upper end where a whole number has none, and fills in a group that must be there', () => {
  const field = only(z.int().min(1));
  expect(field.kind === 'number' && rangeWords(field.range)).toBe('at least 1');
  const shape = z.object({ text: z.strictObject({ source: z.string().nullable().default(null), encoder: z.strictObject({ folder: z.string().nullable().default(null) }).prefault({}) }).optional() });
  expect(filledFields(fields(shape))).toEqual({ text: { source: null, encoder: { folder: null } } });
});

it('reads lists, switches, texts and groups, also those that may be left out', () => {
  expect(only(z.array(shapes))).toMatchObject({ kind: 'list', item: { kind: 'variants' } });
  expect(only(z.boolean().default(false))).toMatchObject({ kind: 'switch', default: false });
  expect(only(z.string())).toMatchObject({ kind: 'text' });
  const group = only(z.strictObject({ size: z.number().default(1024) }).nullable().default(null));
  expect(group).toMatchObject({ kind: 'group', isNullable: true });
  expect(group.kind === 'group' && filledFields(group.fields)).toEqual({ size: 1024 });
});

it('words keys as British sentences begin', () => {
  expect(wordsOfKey('samplesPerClass')).toBe('Samples per class');
  expect(wordsOfKey('alpha')).toBe('α');
  expect(wordsOfKey('topK')).toMatch(/^K, /);
  expect(wordsOfKey('optimizer')).toBe('Optimiser');
});
