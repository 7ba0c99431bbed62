import type { OperatingPoints } from './error-rates.ts';
import type { MateRanks } from './mate-ranks.ts';
import type { PairSamplePlan, SampledPairs } from './sampled-pairs.ts';
import type { ScoreTiles } from './score-tiles.ts';
import type { Progress } from './steps.ts';
import { rocStudy } from './all-pairs-roc.ts';
import { pairSampleStudy } from './sampled-pairs.ts';
import { walkTwice } from './score-tiles.ts';
import { mateRanksStudy } from './tiled-mate-ranks.ts';

/** What is known of all comparisons of a template set without keeping them. */
export interface PairSurvey {
  /** As `allPairsRoc` has them: exact at the EER and the targets, within 2^-15 of the whole curve elsewhere. */
  readonly points: OperatingPoints;
  /** Under the ROC curve, exact. */
  readonly area: number;
  readonly ranks: readonly MateRanks[];
  readonly sample: SampledPairs;
}

export interface PairSurveyPlan {
  readonly targets: readonly number[];
  readonly sample: PairSamplePlan;
}

/** Operating points, ranks of mates and some of the pairs of all comparisons, in two walks and bounded memory. Yields its progress in comparisons. */
export function* surveyPairs(tiles: ScoreTiles, { targets, sample }: PairSurveyPlan): Generator<Progress, PairSurvey> {
  const roc = rocStudy(tiles.subjects, targets);
  const ranks = mateRanksStudy(tiles.subjects);
  const pairs = pairSampleStudy(tiles.subjects, sample);
  yield* walkTwice(tiles, [roc, ranks, pairs]);
  return { ...roc.result(), ranks: ranks.result(), sample: pairs.result() };
}
