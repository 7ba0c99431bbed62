/** The part of JSON Schema that zod writes for a recipe. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

interface FieldBase {
  /** Its key in the document; '' for the entries of a list. */
  readonly key: string;
  readonly title: string;
  readonly help: string | null;
  readonly default: unknown;
  /** May be left empty (null). */
  readonly isNullable: boolean;
}

/** What a form can ask: derived from the schema alone, so that a new loss needs no new form. */
export type Field = FieldBase & (
  | { readonly kind: 'number'; readonly range: NumberRange; readonly isInteger: boolean; /** A word that may stand for the number. */ readonly word: string | null }
  | { readonly kind: 'choice'; readonly options: readonly (string | number)[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'text' }
  | { readonly kind: 'group'; readonly fields: readonly Field[] }
  | { readonly kind: 'variants'; readonly variants: readonly Variant[] }
  | { readonly kind: 'list'; readonly item: Field }
);

export interface NumberRange {
  readonly low: number | null;
  readonly high: number | null;
  readonly excludesLow: boolean;
  readonly excludesHigh: boolean;
}

/** One of several shapes, told apart by its `name`. */
export interface Variant {
  readonly name: string;
  readonly help: string | null;
  readonly fields: readonly Field[];
}

/** Whether a description names its field ("Learning rate"), or explains it (of a loss, whose keys are the paper's symbols). */
export type Descriptions = 'name' | 'explain';

export function fieldsOf(schema: Schema, descriptions: Descriptions): Field[] {
  return Object.entries(schema.properties ?? {})
    .filter(([, property]) => property.const === undefined)
    .map(([key, property]) => fieldOf(key, property, descriptions));
}

export function fieldOf(key: string, schema: Schema, descriptions: Descriptions): Field {
  const branches = schema.anyOf ?? [];
  const isNullable = branches.some(({ type }) => type === 'null');
  const base: FieldBase = { key, ...titleAndHelp(key, schema, descriptions), default: schema.default ?? null, isNullable };
  const others = branches.filter(({ type }) => type !== 'null');
  const inner = branches.length > 0 && others.length === 1 ? others[0]! : schema;
  if (inner.oneOf) return { ...base, kind: 'variants', variants: inner.oneOf.map((one) => variantOf(one, descriptions)) };
  if (others.length > 1) return fromBranches(base, others);
  if (inner.enum) return { ...base, kind: 'choice', options: inner.enum };
  if (inner.type === 'number' || inner.type === 'integer') return numberField(base, inner, null);
  if (inner.type === 'boolean') return { ...base, kind: 'switch' };
  if (inner.type === 'array' && inner.items) return { ...base, kind: 'list', item: fieldOf('', inner.items, descriptions) };
  if (inner.type === 'object') return { ...base, kind: 'group', fields: fieldsOf(inner, descriptions) };
  return { ...base, kind: 'text' };
}

/** A choice of constants (1 or 3), or a number that a word may stand for (a margin, or "soft"). */
function fromBranches(base: FieldBase, branches: readonly Schema[]): Field {
  const constants = branches.map((branch) => branch.const).filter((constant) => constant !== undefined);
  if (constants.length === branches.length) return { ...base, kind: 'choice', options: constants };
  const number = branches.find(({ type }) => type === 'number' || type === 'integer');
  const word = constants.find((constant) => typeof constant === 'string');
  return number && typeof word === 'string' ? numberField(base, number, word) : { ...base, kind: 'text' };
}

function numberField(base: FieldBase, schema: Schema, word: string | null): Field {
  const range: NumberRange = {
    low: schema.minimum ?? schema.exclusiveMinimum ?? null,
    // zod writes the end of the safe integers where a whole number has no end.
    high: schema.maximum === Number.MAX_SAFE_INTEGER ? null : schema.maximum ?? schema.exclusiveMaximum ?? null,
    excludesLow: schema.exclusiveMinimum !== undefined,
    excludesHigh: schema.exclusiveMaximum !== undefined,
  };
  return { ...base, kind: 'number', range, isInteger: schema.type === 'integer', word };
}

function variantOf(schema: Schema, descriptions: Descriptions): Variant {
  return { name: String(schema.properties?.['name']?.const ?? ''), help: schema.description ?? null, fields: fieldsOf(schema, descriptions) };
}

function titleAndHelp(key: string, { description }: Schema, descriptions: Descriptions): { title: string; help: string | null } {
  if (description === undefined) return { title: wordsOfKey(key), help: null };
  return descriptions === 'name' ? { title: description, help: null } : { title: wordsOfKey(key), help: description };
}

/** Keys that are written otherwise than they are spelt: symbols of the papers, and words with a hyphen. */
const written: Readonly<Record<string, string>> = {
  alpha: 'α', beta: 'β', beta1: 'β₁', beta2: 'β₂', gamma: 'γ', delta: 'δ', epsilon: 'ε', lambda: 'λ', tau: 'τ', topK: 'K, sub-proxies each sample sees',
  subProxies: 'N, sub-proxies of each class', ratio: 'r, share of the sub-proxies', shift: 'shift γ', oneSided: 'one-sided anchors', positiveMargin: 'margin of matching pairs',
  normPenalty: 'penalty on norms', maskSameClass: 'mask pairs of one class', smoothing: 'label smoothing', memory: 'cross-batch memory', warmUpBatches: 'warm-up batches', warmUpEpochs: 'warm-up epochs',
  freezeBatchNorm: 'freeze batch normalisation', rotationDegrees: 'rotation (degrees)', proxyRate: 'proxy learning-rate multiplier',
};

/** Identifiers are American, sentences British. */
const spellings: readonly [RegExp, string][] = [[/optimizer/g, 'optimiser'], [/regularizer/g, 'regulariser'], [/normalize/g, 'normalise']];

/** "samplesPerClass" reads "Samples per class", "alpha" reads "α". */
export function wordsOfKey(key: string): string {
  return sentence(spacedWords(key));
}

/** A capital at the start, but not for a symbol: "α" and "m per class" stay, "label smoothing" becomes "Label smoothing". */
export const sentence = (words: string): string => (/^[a-z](?![ ,])/.test(words) ? words.charAt(0).toUpperCase() + words.slice(1) : words);

/** The same within a sentence: "samples per class". */
export function spacedWords(key: string): string {
  if (Object.hasOwn(written, key)) return written[key]!;
  const spaced = key.replaceAll(/([a-z\d])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return spellings.reduce((words, [american, british]) => words.replace(american, british), spaced);
}

/** "0 to 4", "above 0, at most 1000", "at least 1"; null where anything goes. */
export function rangeWords({ low, high, excludesLow, excludesHigh }: NumberRange): string | null {
  if (low !== null && high !== null && !excludesLow && !excludesHigh) return `${short(low)} to ${short(high)}`;
  const parts = [
    low === null ? null : `${excludesLow ? 'above' : 'at least'} ${short(low)}`,
    high === null ? null : `${excludesHigh ? 'below' : 'at most'} ${short(high)}`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(', ') : null;
}

const short = (value: number): string => (Math.abs(value) >= 1e6 ? value.toExponential(0).replace('+', '') : String(value)).replace('-', '−');

/** A shape with its defaults filled in, as far as the schema knows them. */
export function filledVariant(variant: Variant): Record<string, unknown> {
  return { name: variant.name, ...filledFields(variant.fields) };
}

export function filledFields(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.key, field.kind === 'group' && !field.isNullable ? filledFields(field.fields) : field.default]));
}
