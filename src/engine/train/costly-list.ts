import type { CostlyComparison } from '../../contract/engine-port.ts';
import { listed } from '../../learning/loss-report.ts';

/** The comparisons that cost most in an epoch, dearest first; never more than a loss lists for one batch. */
export interface CostlyList {
  readonly items: readonly CostlyComparison[];
  take(offered: readonly CostlyComparison[]): void;
}

export function createCostlyList(): CostlyList {
  let items: readonly CostlyComparison[] = [];
  return {
    get items() {
      return items;
    },
    take(offered) {
      items = [...items, ...offered].sort((one, other) => other.cost - one.cost).filter(isNews).slice(0, listed);
    },
  };
}

/** One bad picture costs in many triplets, and a pair from both its ends: each is listed once, where it cost most. */
function isNews(item: CostlyComparison, index: number, all: readonly CostlyComparison[]): boolean {
  const pair = pairOf(item);
  return all.slice(0, index).every((dearer) => (item.anchor.sample === null || dearer.anchor.sample !== item.anchor.sample) && (pair === null || pairOf(dearer) !== pair));
}

/** The two pictures that were confused, whichever was the anchor; null where they are not both known pictures. */
function pairOf({ anchor, positive, negative }: CostlyComparison): string | null {
  const other = negative ?? positive;
  if (anchor.sample === null || other === null || other.isProxy || other.sample === null) return null;
  return [anchor.sample, other.sample].sort((one, another) => one - another).join();
}
