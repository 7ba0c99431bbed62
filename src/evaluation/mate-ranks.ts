import type { RowSimilarity } from './cosine-similarity.ts';
import type { TemplateSet } from './template-set.ts';
import { rowSimilarity } from './cosine-similarity.ts';
import { rowsBySubject } from './template-set.ts';

/** One retrieval query: a template against all others. */
export interface MateRanks {
  /** Row of the query. */
  readonly query: number;
  /** [R] ascending, from 1: the places of the query's R mates among all other templates. */
  readonly ranks: Uint32Array;
}

const QUERIES_PER_TILE = 32;

/**
 * For each template that has a mate, the ranks of its mates among all other templates by cosine similarity: everything
 * that recall@k, R-precision and MAP@R need. Templates whose subject has no other template are no queries; count them
 * with `countWithoutMate`.
 *
 * Ties count against the query: a mate stands behind every non-mate of the same similarity. The ranks then do not
 * depend on the order of the templates, and an embedding collapsed to one point scores nothing.
 *
 * Exact, in O(n^2 d) time and without a matrix: per query its R mates are sorted, and each other template only counts
 * against the mates that it does not fall below.
 *
 * @throws EvaluationError no-templates, shape-mismatch or template-without-direction.
 */
export function* mateRanks(templates: TemplateSet): Generator<MateRanks, void> {
  const similarity = rowSimilarity(templates, templates);
  const groups = rowsBySubject(templates.subjects);
  const queries = [...templates.subjects.keys()].filter((row) => groups.get(templates.subjects[row]!)!.length > 1);
  for (let first = 0; first < queries.length; first += QUERIES_PER_TILE) {
    const tile = queries.slice(first, first + QUERIES_PER_TILE).map((query) => {
      const mates = groups.get(templates.subjects[query]!)!.filter((row) => row !== query);
      return { query, scores: Float64Array.from(mates, (mate) => similarity(query, mate)).sort().reverse() };
    });
    yield* ranksOfTile(tile, templates.subjects, similarity);
  }
}

/** Templates that are excluded from retrieval because no other template has their subject. */
export function countWithoutMate(subjects: Int32Array): number {
  return [...rowsBySubject(subjects).values()].filter((rows) => rows.length === 1).length;
}

interface Query {
  readonly query: number;
  readonly scores: Float64Array; // [R], of the mates, descending
}

function* ranksOfTile(tile: Query[], subjects: Int32Array, similarity: RowSimilarity): Generator<MateRanks, void> {
  const counts = tile.map(({ scores }) => new Uint32Array(scores.length + 1));
  for (let other = 0; other < subjects.length; other++) {
    tile.forEach(({ query, scores }, at) => {
      if (subjects[other] === subjects[query]) return;
      counts[at]![matesAbove(scores, similarity(query, other))]!++;
    });
  }
  for (const [at, { query, scores }] of tile.entries()) {
    let nonMatesAhead = 0;
    const ranks = Uint32Array.from(scores, (_, mate) => (nonMatesAhead += counts[at]![mate]!) + mate + 1);
    yield { query, ranks };
  }
}

/** How many of the descending scores are strictly above a score: the first mate that it does not fall below. */
function matesAbove(scores: Float64Array, score: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! > score) low = middle + 1;
    else high = middle;
  }
  return low;
}
