import type { AttributedScores } from '../../src/evaluation/attributed-scores.ts';
import { bootstrapIntervals } from '../../src/evaluation/bootstrap.ts';
import type { Interval } from '../../src/evaluation/bootstrap.ts';
import { fuseScores } from '../../src/evaluation/fuse-scores.ts';
import type { FusionRule } from '../../src/evaluation/fuse-scores.ts';
import { seededRandom } from '../../src/evaluation/random.ts';
import { equalErrorFigure, fnmrAtTarget } from '../../src/evaluation/resampled-figures.ts';
import type { Row, Sensor } from './rows.ts';

/** Which rows are compared with which. */
export interface Experiment {
  title: string;
  sensors: readonly [Sensor, Sensor];
  belongs: (row: Row) => boolean;
}

/** Rows [first, second] of a comparison, each once, a row never with one of its own picture. */
export type Pair = readonly [number, number];

export function pairsOf(rows: readonly Row[], { sensors: [one, other], belongs }: Experiment): Pair[] {
  const [firsts, seconds] = [one, other].map((sensor) => [...rows.keys()].filter((index) => belongs(rows[index]!) && rows[index]!.sensor === sensor)) as [number[], number[]];
  return firsts.flatMap((first) => seconds.flatMap((second): Pair[] => ((one === other && second <= first) || rows[first]!.path === rows[second]!.path ? [] : [[first, second]])));
}

export const isMated = (rows: readonly Row[], [first, second]: Pair): boolean => rows[first]!.finger === rows[second]!.finger;

export interface Scored {
  isMated: boolean;
  score: number;
  /** Who is compared, for resampling: fingers, or hands. */
  of: readonly [string, string];
}

/** One score a comparison of single fingers. */
export function singles(rows: readonly Row[], pairs: readonly Pair[], scoreOf: (pair: Pair) => number): Scored[] {
  return pairs.map((pair) => ({ isMated: isMated(rows, pair), score: scoreOf(pair), of: [rows[pair[0]]!.finger, rows[pair[1]]!.finger] }));
}

/** One score a comparison of what was taken at once of two hands: like fingers are compared, and their scores fused. */
export function hands(rows: readonly Row[], pairs: readonly Pair[], { scoreOf, rule }: { scoreOf: (pair: Pair) => number; rule: FusionRule }): Scored[] {
  const sources = sourcesOfHands(rows, pairs, scoreOf);
  const fused = fuseScores(sources.scores, rule);
  return sources.of.map((of, index) => ({ isMated: of[0] === of[1], score: fused[index]!, of }));
}

const NAMES = ['Index', 'Middle', 'Ring', 'Little'];

export function sourcesOfHands(rows: readonly Row[], pairs: readonly Pair[], scoreOf: (pair: Pair) => number): { scores: Float64Array[]; of: (readonly [string, string])[] } {
  const captures = Map.groupBy(pairs.filter(([first, second]) => rows[first]!.name === rows[second]!.name), ([first, second]) => `${rows[first]!.capture} | ${rows[second]!.capture}`);
  const groups = [...captures.values()];
  const handOf = (row: Row): string => `${row.person} ${row.hand}`;
  return {
    scores: NAMES.map((name) => Float64Array.from(groups, (group) => Math.max(-Infinity, ...group.filter(([first]) => rows[first]!.name === name).map(scoreOf)))),
    of: groups.map((group) => [handOf(rows[group[0]![0]]!), handOf(rows[group[0]![1]]!)] as const),
  };
}

export interface Figures {
  mated: number;
  nonMated: number;
  eer: Interval;
  fnmr: Interval;
}

/** EER and FNMR at an FMR of 1e-2 with 95 % intervals over whoever is compared; null where a kind is missing. */
export function figuresOf(scored: readonly Scored[]): Figures | null {
  const numbers = new Map([...new Set(scored.flatMap(({ of }) => of))].map((name, number) => [name, number]));
  const mated = scored.filter((one) => one.isMated);
  const nonMated = scored.filter((one) => !one.isMated);
  if (mated.length === 0 || nonMated.length === 0 || numbers.size < 2) return null;
  const column = (some: readonly Scored[], side: 0 | 1): Int32Array => Int32Array.from(some, ({ of }) => numbers.get(of[side])!);
  const scores: AttributedScores = {
    mated: Float64Array.from(mated, ({ score }) => score), nonMated: Float64Array.from(nonMated, ({ score }) => score),
    matedSubjects: column(mated, 0), nonMatedFirst: column(nonMated, 0), nonMatedSecond: column(nonMated, 1),
  };
  const { eer, fnmr } = bootstrapIntervals(scores, { eer: equalErrorFigure, fnmr: fnmrAtTarget(1e-2) }, { replicates: 1000, confidence: 0.95, random: seededRandom(1) });
  return { mated: mated.length, nonMated: nonMated.length, eer, fnmr };
}
