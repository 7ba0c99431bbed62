import type { CollectedScores } from '../../evaluation/score-rows.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import type { PeopleSearched } from '../detail/search-scores.ts';
import { columnOf } from './studied-columns.ts';

/**
 * The rows as 1:N searches: sample_b is searched for among the subjects of subject_a, each scoring its best row. A mate that was not
 * compared is not enrolled for that search.
 *
 * @throws EvaluationError row-unreadable without those columns.
 */
export function searchesOf(rows: CollectedScores): PeopleSearched {
  const { scores, attributed } = rows;
  if (attributed === undefined) throw new EvaluationError('row-unreadable', 'Searches need subject_a, who is enrolled, and sample_b, which is searched for.');
  const probe = columnOf(rows, 'sample_b');
  const enrolled = new Set<number>([...attributed.matedSubjects, ...attributed.nonMatedFirst]);
  const mates = new Map<number, number>();
  const people = new Map<number, number>(); // of the samples that are searched for
  for (let row = 0; row < scores.mated.length; row++) {
    raise(mates, probe.mated[row]!, scores.mated[row]!);
    people.set(probe.mated[row]!, attributed.matedSubjects[row]!);
  }
  const others = new Map<number, Map<number, number>>();
  for (let row = 0; row < scores.nonMated.length; row++) {
    const sample = probe.nonMated[row]!;
    const known = others.get(sample) ?? new Map<number, number>();
    others.set(sample, known);
    people.set(sample, attributed.nonMatedSecond[row]!);
    raise(known, attributed.nonMatedFirst[row]!, scores.nonMated[row]!);
  }
  const ranks = [...mates].map(([sample, score]) => 1 + [...(others.get(sample)?.values() ?? [])].filter((other) => other >= score).length);
  const strangers = [...others].filter(([sample]) => !mates.has(sample));
  const results = {
    enrolledCount: enrolled.size, mateScores: Float64Array.from(mates.values()), mateRanks: Uint32Array.from(ranks),
    topScores: Float64Array.from(strangers, ([, best]) => [...best.values()].reduce((top, score) => Math.max(top, score), -Infinity)),
  };
  return {
    results,
    matedSubjects: Int32Array.from(mates.keys(), (sample) => people.get(sample)!),
    nonMatedSubjects: Int32Array.from(strangers, ([sample]) => people.get(sample)!),
  };
}

function raise(best: Map<number, number>, key: number, score: number): void {
  if (!(score <= (best.get(key) ?? NaN))) best.set(key, score);
}
