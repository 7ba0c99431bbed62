import type { AllPairsRoc } from './all-pairs-roc.ts';
import type { RetrievalFigures } from './retrieval.ts';
import type { ScoreTiles } from './score-tiles.ts';
import type { Progress } from './steps.ts';
import { rocStudy } from './all-pairs-roc.ts';
import { retrievalOfRanks } from './retrieval.ts';
import { walkTwice } from './score-tiles.ts';
import { finish } from './steps.ts';
import { mateRanksStudy } from './tiled-mate-ranks.ts';

export interface AllPairsFigures {
  readonly roc: AllPairsRoc;
  readonly retrieval: RetrievalFigures;
}

export interface AllPairsPlan {
  /** FMRs at which an exact FNMR is wanted. */
  readonly targets: readonly number[];
  /** The k of recall@k. */
  readonly ks: readonly number[];
}

/**
 * Verification and retrieval figures of all pairs of templates in the same two walks, in bounded memory: no matrix, and no
 * list of scores but the mated ones.
 *
 * @throws EvaluationError as `allPairsRoc` and `retrievalFigures`.
 */
export function allPairsFigures(tiles: ScoreTiles, plan: AllPairsPlan): AllPairsFigures {
  return finish(allPairsFiguresSteps(tiles, plan));
}

/** `allPairsFigures` with its progress in comparisons of both walks. */
export function* allPairsFiguresSteps(tiles: ScoreTiles, { targets, ks }: AllPairsPlan): Generator<Progress, AllPairsFigures> {
  const roc = rocStudy(tiles.subjects, targets);
  const ranks = mateRanksStudy(tiles.subjects);
  yield* walkTwice(tiles, [roc, ranks]);
  return { roc: roc.result(), retrieval: retrievalOfRanks({ ranks: ranks.result(), subjects: tiles.subjects }, ks) };
}
