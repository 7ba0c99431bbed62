import type { SystemDetail } from '../../contract/requests/system-detail.ts';
import type { AttributedScores } from '../../evaluation/attributed-scores.ts';
import type { Figure } from '../../evaluation/bootstrap.ts';
import { bootstrapSteps } from '../../evaluation/bootstrap.ts';
import { AS_THEY_ARE, costFigures, MOST_FOR_COSTS } from '../../evaluation/cost-figures.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { DEFAULT_COSTS } from '../../evaluation/score-metrics.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import type { StatedLimits } from '../../evaluation/stated-limits.ts';
import { statedLimits } from '../../evaluation/stated-limits.ts';
import type { Progress } from '../../evaluation/steps.ts';

/** 95 % limits of costs, by the key of the figure; none where there are too many comparisons, or too few subjects. */
export type CostLimits = Partial<Record<string, StatedLimits>>;

const replicates = 1000;

/** The calibration stays what the other identities made it; the least costs are looked for anew in each resample. */
export function* costLimits(scores: AttributedScores, { maps }: SystemDetail['calibration'], seed: number): Generator<Progress, CostLimits> {
  if (scores.mated.length + scores.nonMated.length > MOST_FOR_COSTS) return {};
  const logistic = maps.find(({ kind }) => kind === 'logistic');
  const map = logistic?.scale && logistic.scale > 0 ? { scale: logistic.scale, offset: logistic.offset ?? 0 } : null;
  const { minimumCost, minimumCllr, actualCost, cllr } = costFigures(DEFAULT_COSTS, map ?? AS_THEY_ARE);
  try {
    const figures: Record<string, Figure> = { minimumCost, minimumCllr, ...(map !== null && { actualCost, cllr }) };
    const intervals = yield* bootstrapSteps(scores, figures, { replicates, confidence: 0.95, random: seededRandom(seed) });
    return Object.fromEntries(Object.entries(intervals).flatMap(([name, interval]) => {
      const limits = statedLimits(interval);
      return limits === null ? [] : [[name, limits]];
    }));
  } catch (error) {
    if (!(error instanceof EvaluationError && error.code === 'too-few-subjects')) throw error;
    return {};
  }
}
