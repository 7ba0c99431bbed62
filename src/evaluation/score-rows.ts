import type { AttributedScores } from './attributed-scores.ts';
import type { GrowingColumn } from './growing-column.ts';
import type { ScoreSet } from './score-set.ts';
import { growingFloats, growingIntegers } from './growing-column.ts';
import { EvaluationError } from './score-set.ts';

/** What a score file holds. Columns are parallel to the scores of their kind. */
export interface CollectedScores {
  readonly scores: ScoreSet;
  /** The same scores with their subjects; undefined when the file has no subject_a. */
  readonly attributed: AttributedScores | undefined;
  /** [subjects], the names behind the integer labels. */
  readonly subjects: readonly string[];
  /** Every further column of the file. */
  readonly metadata: readonly MetadataColumn[];
}

/** A column of words as indices into the words that occur. */
export interface MetadataColumn {
  readonly name: string;
  readonly values: readonly string[];
  readonly mated: Int32Array; // [mated]
  readonly nonMated: Int32Array; // [nonMated]
}

export interface ScoreCollector {
  /** Takes the cells of the next row, in the order of the header; `row` where rows between went elsewhere. */
  readonly add: (cells: readonly string[], row?: number) => void;
  readonly finish: () => CollectedScores;
}

const MATED: Readonly<Record<string, boolean>> = { 1: true, 0: false, true: true, false: false };
const FAILURE = /^-inf(inity)?$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Collects a score file row by row, so that a reader can stream it: columns `score` (similarity; -inf is a failure to
 * acquire), `mated` (1 or 0), optionally `subject_a` and `subject_b` (empty: the same as subject_a), and any others, kept
 * as metadata. The first row after the header is row 1.
 *
 * @throws EvaluationError row-unreadable (a column is missing, a cell cannot be read, or two subjects are called mated),
 *   score-not-a-number, score-out-of-range; all name the row.
 */
export function scoreCollector(header: readonly string[]): ScoreCollector {
  const names = header.map((name) => name.trim());
  const place = (name: string): number => names.indexOf(name);
  for (const name of ['score', 'mated']) {
    if (place(name) < 0) throw new EvaluationError('row-unreadable', `The header has no column ${name}; it has ${names.join(', ')}.${hintOn(name, names)}`);
  }
  const others = names.map((name, at) => ({ name, at })).filter(({ name }) => !SCORE_COLUMNS.has(name));
  const [first, second] = [place('subject_a'), place('subject_b')];
  const subjects = dictionary();
  const kinds = { mated: growingKind(others.length), nonMated: growingKind(others.length) };
  const words = others.map(dictionary);
  let taken = 0;
  const add = (cells: readonly string[], row = taken + 1): void => {
    taken = row;
    const score = readScore(cells[place('score')], row);
    const isMated = readMated(cells[place('mated')], row);
    const kind = isMated ? kinds.mated : kinds.nonMated;
    kind.scores.push(score);
    others.forEach(({ at }, column) => kind.words[column]!.push(words[column]!.indexOf(cells[at] ?? '')));
    if (first < 0) return;
    const a = cells[first]?.trim() ?? '';
    const b = (second < 0 ? '' : cells[second]?.trim()) || (isMated ? a : '');
    if (a === '' || b === '') throw unreadable(row, 'a subject is missing');
    if (isMated && a !== b) throw unreadable(row, `${a} and ${b} are two subjects, yet called mated`);
    kind.first.push(subjects.indexOf(a));
    kind.second.push(subjects.indexOf(b));
  };
  const finish = (): CollectedScores => {
    const scores = { mated: kinds.mated.scores.finish(), nonMated: kinds.nonMated.scores.finish() };
    const columns = () => ({
      matedSubjects: kinds.mated.first.finish(),
      nonMatedFirst: kinds.nonMated.first.finish(),
      nonMatedSecond: kinds.nonMated.second.finish(),
    });
    const metadata = others.map(({ name }, column) => ({
      name,
      values: words[column]!.words,
      mated: kinds.mated.words[column]!.finish(),
      nonMated: kinds.nonMated.words[column]!.finish(),
    }));
    return { scores, attributed: first < 0 ? undefined : { ...scores, ...columns() }, subjects: subjects.words, metadata };
  };
  return { add, finish };
}

/** What the header seems to have meant. */
function hintOn(wanted: string, names: readonly string[]): string {
  const [only = ''] = names;
  const separator = names.length === 1 ? /[;\t|]/.exec(only)?.[0] : undefined;
  if (separator !== undefined) return ` It is divided by ${separator === '\t' ? 'tabs' : `'${separator}'`}: columns are divided by commas here, and decimals by points.`;
  const alike = names.find((name) => name.toLowerCase() === wanted);
  return alike === undefined ? '' : ` Write ${wanted} for ${alike}.`;
}

/** The columns with a meaning of their own. */
export const SCORE_COLUMNS: ReadonlySet<string> = new Set(['score', 'mated', 'subject_a', 'subject_b']);

interface GrowingKind {
  readonly scores: GrowingColumn<Float64Array>;
  readonly first: GrowingColumn<Int32Array>;
  readonly second: GrowingColumn<Int32Array>;
  readonly words: readonly GrowingColumn<Int32Array>[];
}

const growingKind = (columns: number): GrowingKind => ({
  scores: growingFloats(),
  first: growingIntegers(),
  second: growingIntegers(),
  words: Array.from({ length: columns }, growingIntegers),
});

function dictionary(): { readonly words: readonly string[]; readonly indexOf: (word: string) => number } {
  const places = new Map<string, number>();
  const words: string[] = [];
  const indexOf = (word: string): number => {
    let index = places.get(word);
    if (index === undefined) places.set(word, (index = words.push(word) - 1));
    return index;
  };
  return { words, indexOf };
}

export function readScore(cell: string | undefined, row: number): number {
  const text = cell?.trim() ?? '';
  if (NUMBER.test(text)) {
    const score = Number(text);
    if (Math.abs(score) < Number.MAX_VALUE) return score;
  }
  if (FAILURE.test(text)) return -Infinity;
  if (/^[+-]?nan$/i.test(text)) throw new EvaluationError('score-not-a-number', `Row ${row}: the score is not a number (${text}).`);
  if (NUMBER.test(text) || /^\+?inf(inity)?$/i.test(text)) {
    throw new EvaluationError('score-out-of-range', `Row ${row}: the score ${text} must be finite.`);
  }
  throw unreadable(row, `the score is '${text}'`);
}

export function readMated(cell: string | undefined, row: number): boolean {
  const isMated = MATED[cell?.trim().toLowerCase() ?? ''];
  if (isMated === undefined) throw unreadable(row, `mated is '${cell?.trim() ?? ''}', not 1 or 0`);
  return isMated;
}

const unreadable = (row: number, why: string): EvaluationError => new EvaluationError('row-unreadable', `Row ${row}: ${why}.`);
