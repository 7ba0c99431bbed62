import type { AttributedScores } from '../evaluation/attributed-scores.ts';
import { rowSimilarity } from '../evaluation/cosine-similarity.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';

/**
 * Cosine similarity of all pairs i < j, row by row: the place of a score tells which two samples it compares.
 *
 * @returns [n (n - 1) / 2]
 * @throws EvaluationError for templates without direction.
 */
export function scoreAllPairs(templates: TemplateSet): Float64Array {
  const count = templates.subjects.length;
  const scores = new Float64Array((count * (count - 1)) / 2);
  const similarity = rowSimilarity(templates, templates);
  let pair = 0;
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) scores[pair++] = similarity(i, j);
  return scores;
}

/** Sorts the scores of all pairs into mated and non-mated, each with the subjects it comes from. */
export function attributePairs(scores: Float64Array, subjects: Int32Array): AttributedScores {
  const mated = countMatedPairs(subjects);
  const attributed = {
    mated: new Float64Array(mated),
    matedSubjects: new Int32Array(mated),
    nonMated: new Float64Array(scores.length - mated),
    nonMatedFirst: new Int32Array(scores.length - mated),
    nonMatedSecond: new Int32Array(scores.length - mated),
  };
  let [pair, m, n] = [0, 0, 0];
  for (let i = 0; i < subjects.length; i++) {
    for (let j = i + 1; j < subjects.length; j++, pair++) {
      if (subjects[i] === subjects[j]) {
        attributed.mated[m] = scores[pair]!;
        attributed.matedSubjects[m++] = subjects[i]!;
      } else {
        attributed.nonMated[n] = scores[pair]!;
        attributed.nonMatedFirst[n] = subjects[i]!;
        attributed.nonMatedSecond[n++] = subjects[j]!;
      }
    }
  }
  return attributed;
}

/** The same of some pairs, with the rows they compare. */
export function attributeRows({ first, second, scores }: { first: Uint32Array; second: Uint32Array; scores: Float64Array }, subjects: Int32Array): AttributedScores {
  const [mated, nonMated] = [[], []] as [number[], number[]];
  for (let pair = 0; pair < scores.length; pair++) (subjects[first[pair]!] === subjects[second[pair]!] ? mated : nonMated).push(pair);
  const of = (rows: Uint32Array, places: number[]): Int32Array => Int32Array.from(places, (pair) => subjects[rows[pair]!]!);
  return {
    mated: Float64Array.from(mated, (pair) => scores[pair]!), matedSubjects: of(first, mated),
    nonMated: Float64Array.from(nonMated, (pair) => scores[pair]!), nonMatedFirst: of(first, nonMated), nonMatedSecond: of(second, nonMated),
  };
}

/** The rows i < j of all pairs, row by row. */
export function everyPair(count: number): { first: Uint32Array; second: Uint32Array } {
  const total = (count * (count - 1)) / 2;
  const [first, second] = [new Uint32Array(total), new Uint32Array(total)];
  let pair = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      first[pair] = i;
      second[pair++] = j;
    }
  }
  return { first, second };
}

export function countMatedPairs(subjects: Int32Array): number {
  const counts = new Map<number, number>();
  for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
