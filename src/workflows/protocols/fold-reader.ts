import type { FoldAccuracy } from '../../evaluation/fold-accuracy.ts';
import { foldAccuracy } from '../../evaluation/fold-accuracy.ts';
import { growingFloats, growingIntegers } from '../../evaluation/growing-column.ts';
import { pairGuard } from '../../evaluation/pair-guard.ts';
import { isDevelopment } from '../guarded-scores.ts';
import type { ComparisonList } from './comparison-list.ts';
import type { ScoredPair } from './score-comparisons.ts';

export interface FoldReader {
  readonly take: (pair: ScoredPair) => void;
  readonly result: () => FoldAccuracy | null;
}

/** Accuracy over the folds of a protocol, of the comparisons that do not flatter; beside it what all of them give a threshold chosen on themselves. */
export function foldReader({ pairs }: ComparisonList): FoldReader {
  const names = foldsOf(pairs());
  if (names === null) return { take: () => undefined, result: () => null };
  const guard = pairGuard();
  const [honest, all] = [columns(), columns()];
  return {
    take: (pair) => {
      const fold = names.indexOf(pair.split);
      all.push(pair, fold);
      if (guard.check(pair) === null) honest.push(pair, fold);
    },
    result: () => {
      const counted = honest.finish();
      if (new Set(counted.folds).size < names.length) return null;
      return { ...foldAccuracy(counted), naive: foldAccuracy(all.finish()).naive };
    },
  };
}

/** Null where there is one fold only, a comparison without a fold, or a development part. */
function foldsOf(pairs: Iterable<{ split: string }>): string[] | null {
  const names = new Set<string>();
  for (const { split } of pairs) {
    if (split === '' || isDevelopment(split)) return null;
    names.add(split);
  }
  return names.size < 2 ? null : [...names];
}

function columns() {
  const [scores, mated, folds] = [growingFloats(), growingIntegers(), growingIntegers()];
  return {
    push: ({ score, isMated }: ScoredPair, fold: number): void => {
      scores.push(score);
      mated.push(isMated ? 1 : 0);
      folds.push(fold);
    },
    finish: () => ({ scores: scores.finish(), isMated: Uint8Array.from(mated.finish()), folds: folds.finish() }),
  };
}
