import type { CollectedScores } from '../../evaluation/score-rows.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import type { PeopleSearched } from '../detail/search-scores.ts';
import { columnOf } from './studied-columns.ts';

/**
 * The rows as 1:N searches: sample_b is searched for among the subjects of subject_a, each scoring its best row. A mate that was not
 * compared is not enrolled for that search.
 *
 * @throws EvaluationError row-unreadable without those columns, and for a search that not everybody else who is enrolled was compared
 * with, as where every pair of a set stands once: among few it is easy to be first, and N would be a lie.
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
  refuseIncomplete(people, { enrolled, others });
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

interface Compared {
  readonly enrolled: ReadonlySet<number>;
  /** Of each sample: the best score of each subject that is not its own. */
  readonly others: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

function refuseIncomplete(people: ReadonlyMap<number, number>, { enrolled, others }: Compared): void {
  const missing = [...people].filter(([sample, subject]) => (others.get(sample)?.size ?? 0) < enrolled.size - (enrolled.has(subject) ? 1 : 0)).length;
  if (missing === 0) return;
  throw new EvaluationError('row-unreadable', `${missing} of ${people.size} searches were not compared with all ${enrolled.size} subjects of subject_a, so their ranks would flatter. Compare each sample_b with somebody of every subject_a.`);
}

function raise(best: Map<number, number>, key: number, score: number): void {
  if (!(score <= (best.get(key) ?? NaN))) best.set(key, score);
}
