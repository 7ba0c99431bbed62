import type { GuardedMetrics, ScoreFilePlan } from '../../contract/requests/score-files.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { DEFAULT_COSTS, scoreMetrics, scoreMetricsSteps } from '../../evaluation/score-metrics.ts';
import type { Scores } from '../../evaluation/score-set.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { CollectedBoth } from '../guarded-scores.ts';
import { developmentFigures } from './development-figures.ts';

/** The figures of the honest comparisons, with intervals; those of all; and what rests on the development split. */
export function* guardedMetricsSteps({ honest, leftOut, findings, development }: CollectedBoth, plan: ScoreFilePlan): Generator<Progress, Omit<GuardedMetrics, 'studies'>> {
  const { targets, replicates, confidence, seed } = plan;
  const plain = { targets, costs: DEFAULT_COSTS };
  const metrics = yield* scoreMetricsSteps(honest, replicates === 0 ? plain : { ...plain, bootstrap: { replicates, confidence, random: seededRandom(seed) } });
  const rested = development === null ? null : yield* developmentFigures({ development, honest }, plan);
  if (findings.length === 0) return { ...metrics, guards: [], naive: null, development: rested };
  const scores = { mated: joined(honest.scores.mated, leftOut.scores.mated), nonMated: joined(honest.scores.nonMated, leftOut.scores.nonMated) };
  return { ...metrics, guards: findings, naive: scoreMetrics({ scores, attributed: undefined }, plain), development: rested };
}

function joined(one: Scores, other: Scores): Float64Array {
  const all = new Float64Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
