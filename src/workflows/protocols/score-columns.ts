import { quoted } from '../quoted.ts';
import { qualityColumn } from '../sample-qualities.ts';
import type { ComparisonList, Metadata, ProtocolPair } from './comparison-list.ts';
import { membersOf } from './comparison-list.ts';

/** The columns of metadata in the scores of a protocol. */
export interface ScoreColumns {
  /** As studies call them: light, where the scores have light_a and light_b, or light of both sides. */
  readonly names: readonly string[];
  readonly header: readonly string[];
  cellsOf(pair: ProtocolPair): readonly string[];
}

export interface SaidOfImages {
  /** By path. */
  readonly metadata: ReadonlyMap<string, Metadata>;
  /** By path, 0 to 100; only of those that the pipeline judged. */
  readonly qualities: ReadonlyMap<string, number>;
}

/** What is said of both sides of every comparison, and of the comparison itself, the pipeline's judgement of the images among it. */
export function scoreColumns(list: ComparisonList, { metadata, qualities }: SaidOfImages): ScoreColumns {
  const ofPairs = Object.keys(firstOf(list.pairs())?.metadata ?? {});
  const isOfPairs = (name: string): boolean => [name, `${name}_a`, `${name}_b`].some((one) => ofPairs.includes(one));
  const told = [...new Set([...metadata.values()].flatMap((words) => Object.keys(words)))].filter((name) => !isOfPairs(name));
  // Whoever brings such a column along, of an evaluation perhaps, has the last word.
  const isJudged = qualities.size > 0 && !isOfPairs(qualityColumn) && !told.includes(qualityColumn);
  const ofImages = [...told, ...(isJudged ? [qualityColumn] : [])];
  const wordsOf = (name: string): string[] => {
    const paths = membersOf(list.sets, name).map(({ path }) => path);
    return [...told.map((column) => agreed(paths.map((path) => metadata.get(path)?.[column] ?? ''))), ...(isJudged ? [mean(paths.map((path) => qualities.get(path)))] : [])];
  };
  const known = new Map<string, readonly string[]>();
  const sideOf = (name: string): readonly string[] => {
    let words = known.get(name);
    if (words === undefined) known.set(name, (words = wordsOf(name).map(cellOf)));
    return words;
  };
  return {
    names: [...namesOf(ofPairs), ...ofImages],
    header: [...ofPairs, ...ofImages.map((name) => `${name}_a`), ...ofImages.map((name) => `${name}_b`)].map(quoted),
    cellsOf: (pair) => [...ofPairs.map((name) => cellOf(pair.metadata?.[name] ?? '')), ...sideOf(pair.sampleA), ...sideOf(pair.sampleB)],
  };
}

/** A number stays one: to a spreadsheet −5 is no formula. */
const cellOf = (words: string): string => (words !== '' && Number.isFinite(Number(words)) ? words : quoted(words));

/** Columns that come in two, light_a and light_b, are one by name. */
function namesOf(columns: readonly string[]): string[] {
  const isHalf = (name: string): boolean => /_[ab]$/.test(name) && columns.includes(name.endsWith('_a') ? name.replace(/a$/, 'b') : name.replace(/b$/, 'a'));
  return [...new Set(columns.map((name) => (isHalf(name) ? name.slice(0, -2) : name)))];
}

/** What all images of a set have in common; nothing is known of a set that is mixed. */
const agreed = (words: readonly string[]): string => (words.every((word) => word === words[0]) ? (words[0] ?? '') : '');

/** A set is as good as its images on average; not known where one of them was not judged. */
function mean(qualities: readonly (number | undefined)[]): string {
  const known = qualities.filter((quality) => quality !== undefined);
  return known.length === 0 || known.length < qualities.length ? '' : String(known.reduce((sum, quality) => sum + quality, 0) / known.length);
}

function firstOf<Value>(values: Iterable<Value>): Value | undefined {
  for (const value of values) return value;
  return undefined;
}
