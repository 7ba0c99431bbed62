import { fillTemplate, templateFields } from '../../contract/recipe/text.ts';
import { RequestError } from '../../contract/request-error.ts';

/** Something to say about one class. */
export interface ClassRemark {
  label: number;
  name: string;
  reason: string;
}

/** The sentence of each class, by label; null where there is none, and `excluded` says why. */
export interface ClassPrompts {
  prompts: (string | null)[];
  excluded: ClassRemark[];
  /** Classes that keep their sentence although not all of their samples agree. */
  remarks: ClassRemark[];
}

export interface NamedClasses {
  /** By label. */
  classNames: readonly string[];
  samples: readonly { label: number; metadata: Readonly<Record<string, string>> }[];
}

/** "a photo of a {name}", with underscores read as blanks. A class whose name is blank has no sentence. */
export function promptsFromNames(template: string, classNames: readonly string[]): ClassPrompts {
  const made: ClassPrompts = { prompts: [], excluded: [], remarks: [] };
  classNames.forEach((name, label) => {
    const words = asWords(name);
    made.prompts.push(words === '' ? null : fillTemplate(template, () => words));
    if (words === '') made.excluded.push({ label, name, reason: 'its name is blank' });
  });
  return made;
}

/**
 * "a photo of the {hand} {finger} finger": each class says what more than half of its samples with a value say.
 *
 * @throws RequestError('bad-recipe') when no sample at all has a column of the template.
 */
export function promptsFromMetadata(template: string, { classNames, samples }: NamedClasses): ClassPrompts {
  const columns = templateFields(template);
  refuseUnknownColumns(columns, samples);
  const rowsOf = classNames.map((): Readonly<Record<string, string>>[] => []);
  for (const { label, metadata } of samples) rowsOf[label]?.push(metadata);
  const made: ClassPrompts = { prompts: [], excluded: [], remarks: [] };
  classNames.forEach((name, label) => {
    const verdicts = columns.map((column) => ({ column, ...vote(column, rowsOf[label]!) }));
    const refusals = verdicts.filter(({ value }) => value === null);
    const excluded = refusals.length > 0;
    const valueOf = (wanted: string) => verdicts.find(({ column }) => column === wanted)?.value ?? '';
    made.prompts.push(excluded ? null : fillTemplate(template, valueOf));
    if (excluded) made.excluded.push({ label, name, reason: refusals.map(({ remark }) => remark).join('; ') });
    else for (const { remark } of verdicts) if (remark !== null) made.remarks.push({ label, name, reason: remark });
  });
  return made;
}

function refuseUnknownColumns(columns: string[], samples: NamedClasses['samples']): void {
  const known = new Set(samples.flatMap(({ metadata }) => Object.keys(metadata)));
  const unknown = columns.filter((column) => !known.has(column));
  if (unknown.length === 0) return;
  const has = known.size === 0 ? 'it has no columns of metadata' : `it has: ${[...known].sort().join(', ')}`;
  throw new RequestError('bad-recipe', `The text template names ${unknown.map((name) => `{${name}}`).join(' and ')}, which the dataset does not have; ${has}.`);
}

/** The value that more than half of the samples with a value agree on, whatever its case, as it was first spelt. */
function vote(column: string, rows: Readonly<Record<string, string>>[]): { value: string | null; remark: string | null } {
  const counts = new Map<string, { spelling: string; count: number }>();
  for (const row of rows) {
    const spelling = asWords(row[column] ?? '');
    if (spelling === '') continue;
    const entry = counts.get(spelling.toLowerCase());
    if (entry) entry.count++;
    else counts.set(spelling.toLowerCase(), { spelling, count: 1 });
  }
  const ranked = [...counts.values()].sort((a, b) => b.count - a.count);
  const [first] = ranked;
  if (!first) return { value: null, remark: rows.length === 0 ? 'it has no samples' : `none of its ${rows.length} samples has a value for ${column}` };
  if (ranked.length === 1) return { value: first.spelling, remark: null };
  const told = ranked.reduce((sum, { count }) => sum + count, 0);
  const votes = `${column} is ${ranked.map(({ spelling, count }) => `"${spelling}" ${count} ${count === 1 ? 'time' : 'times'}`).join(', ')}`;
  if (2 * first.count > told) return { value: first.spelling, remark: `${votes}: the majority is taken` };
  return { value: null, remark: `${votes}: no majority` };
}

/** Names of files and folders as words: "left_index" is "left index". */
function asWords(text: string): string {
  return text.normalize('NFC').replaceAll('_', ' ').replace(/\s+/g, ' ').trim();
}
