import type { TextRecipe, TextSource } from '../../contract/recipe/text.ts';
import { RequestError } from '../../contract/request-error.ts';
import { embedPrompts } from './embed-prompts.ts';
import type { PromptWork } from './embed-prompts.ts';
import { promptsFromMetadata, promptsFromNames } from './prompts.ts';
import type { ClassPrompts, ClassRemark, NamedClasses } from './prompts.ts';
import { toUnitLength } from './text-encoder.ts';
import { readTextVectors } from './text-vectors-csv.ts';

/** The text vector of each class, by label. */
export interface ClassTexts {
  /** Unit length; null where the class has no text. */
  vectors: (Float32Array | null)[];
  excluded: ClassRemark[];
  /** Sentences for the person who trains: what was left out, and what the texts cannot tell apart. */
  notes: string[];
}

/**
 * Reads what a recipe says about the classes: sentences through the text encoder, or vectors from a file.
 *
 * @throws RequestError 'bad-recipe' (no source, unknown column), 'no-model' (no encoder), 'invalid-input' (bad file),
 *   'too-little-data' (fewer than two classes with a text), 'cancelled'.
 */
export async function readClassTexts(
  { source, encoder }: TextRecipe, classes: NamedClasses, work: Omit<PromptWork, 'folder'> = {},
): Promise<ClassTexts> {
  if (source === null) {
    throw new RequestError('bad-recipe', 'Language guidance has a weight but no class texts: choose class names, metadata or a CSV file as its source, or set its weight to 0.');
  }
  return source.name === 'csv'
    ? fromFile(source.path, classes.classNames)
    : fromPrompts(promptsOf(source, classes), { ...work, folder: encoder.folder });
}

function promptsOf(source: Exclude<TextSource, { name: 'csv' }>, classes: NamedClasses): ClassPrompts {
  return source.name === 'class-names' ? promptsFromNames(source.template, classes.classNames) : promptsFromMetadata(source.template, classes);
}

async function fromPrompts({ prompts, excluded, remarks }: ClassPrompts, work: PromptWork): Promise<ClassTexts> {
  const distinct = [...new Set(prompts.filter((prompt) => prompt !== null))];
  refuseTooFew(distinct.length, excluded);
  const embedded = await embedPrompts(distinct, work);
  const vectorOf = new Map(distinct.map((prompt, index) => [prompt, embedded[index]!]));
  const told = prompts.length - excluded.length;
  const shared = told > distinct.length ? [`${told} classes share ${distinct.length} texts: guidance does not tell classes with one text apart.`] : [];
  return {
    vectors: prompts.map((prompt) => (prompt === null ? null : vectorOf.get(prompt)!)),
    excluded,
    notes: [...about('left out of language guidance', excluded), ...about('described by most of their samples, not by all', remarks), ...shared],
  };
}

async function fromFile(path: string, classNames: readonly string[]): Promise<ClassTexts> {
  const { byName } = await readTextVectors(path);
  const excluded: ClassRemark[] = [];
  const vectors = classNames.map((name, label) => {
    const vector = byName.get(name.normalize('NFC').trim());
    if (vector) return toUnitLength(vector);
    excluded.push({ label, name, reason: 'the file has no row of that name' });
    return null;
  });
  refuseTooFew(vectors.length - excluded.length, excluded);
  return { vectors, excluded, notes: about('left out of language guidance', excluded) };
}

function refuseTooFew(texts: number, excluded: ClassRemark[]): void {
  if (texts >= 2) return;
  const found = texts === 0 ? 'no class has one' : 'there is only one';
  throw new RequestError('too-little-data', [`Language guidance compares the texts of classes and needs two that differ: ${found}.`, ...about('left out', excluded)].join(' '));
}

/** One sentence about many classes, with the first three by name. */
function about(what: string, remarks: ClassRemark[]): string[] {
  if (remarks.length === 0) return [];
  const named = remarks.slice(0, 3).map(({ name, reason }) => `${name} (${reason})`).join(', ');
  const count = new Set(remarks.map(({ label }) => label)).size;
  return [`${count} ${count === 1 ? 'class is' : 'classes are'} ${what}: ${named}${remarks.length > 3 ? ', …' : ''}.`];
}
