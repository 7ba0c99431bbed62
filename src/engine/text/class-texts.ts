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
  const texts = source.name === 'csv'
    ? await fromFile(source.path, classes.classNames)
    : await fromPrompts(promptsOf(source, classes), { ...work, folder: encoder.folder });
  const told = texts.vectors.filter((vector) => vector !== null).length;
  if (told < 2) throw new RequestError('too-little-data', `Language guidance compares the texts of classes, but ${told === 0 ? 'no class has' : 'only one class has'} a text. ${texts.notes.join(' ')}`);
  return texts;
}

function promptsOf(source: Exclude<TextSource, { name: 'csv' }>, classes: NamedClasses): ClassPrompts {
  return source.name === 'class-names' ? promptsFromNames(source.template, classes.classNames) : promptsFromMetadata(source.template, classes);
}

async function fromPrompts({ prompts, excluded, remarks }: ClassPrompts, work: PromptWork): Promise<ClassTexts> {
  const distinct = [...new Set(prompts.filter((prompt) => prompt !== null))];
  const embedded = distinct.length < 2 ? [] : await embedPrompts(distinct, work);
  const vectorOf = new Map(distinct.map((prompt, index) => [prompt, embedded[index] ?? null]));
  const told = prompts.length - excluded.length;
  if (distinct.length < 2) throw new RequestError('too-little-data', `Language guidance compares the texts of classes, but ${told} of ${prompts.length} classes have a text, all of them the same. ${about('left out', excluded).join(' ')}`.trim());
  const shared = told > distinct.length ? [`${told} classes share ${distinct.length} texts: guidance does not tell classes with one text apart.`] : [];
  return {
    vectors: prompts.map((prompt) => (prompt === null ? null : vectorOf.get(prompt)!)),
    excluded,
    notes: [...about('left out of language guidance', excluded), ...about('not of one mind', remarks), ...shared],
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
  return { vectors, excluded, notes: about('left out of language guidance', excluded) };
}

/** One sentence about many classes, with the first three by name. */
function about(what: string, remarks: ClassRemark[]): string[] {
  if (remarks.length === 0) return [];
  const named = remarks.slice(0, 3).map(({ name, reason }) => `${name} (${reason})`).join(', ');
  const count = new Set(remarks.map(({ label }) => label)).size;
  return [`${count} ${count === 1 ? 'class is' : 'classes are'} ${what}: ${named}${remarks.length > 3 ? ', …' : ''}.`];
}
