import { describeEmpty } from './loss-describe.ts';
import type { CheckedBatch } from './loss-batch.ts';
import type { LossDiagnostics, MeasuredItem } from './loss-report.ts';

/** Numbers before the items, and numbers of an item, as native/loss-story.h writes them. */
const HEAD = 10;
const OF_ITEM = 6;

/** What a kernel told of a loss over pairs. */
export interface LossStory {
  readonly value: number;
  readonly items: number;
  readonly active: number;
  readonly notMined: number;
  readonly noPositive: number;
  readonly noNegative: number;
  /** Roots of the mean squared distances on the sphere; null without pairs. */
  readonly positiveDistance: number | null;
  readonly negativeDistance: number | null;
  /** By rows and columns of the table, dearest first. */
  readonly costliest: readonly MeasuredItem[];
}

export function readStory(numbers: Float64Array): LossStory {
  const [value, items, active, notMined, noPositive, noNegative, near, far, nearCount, farCount] = numbers as unknown as number[];
  const root = (sum: number, count: number) => (count > 0 ? Math.sqrt(Math.max(0, sum / count)) : null);
  const costliest: MeasuredItem[] = [];
  for (let at = HEAD; at < numbers.length; at += OF_ITEM) costliest.push(readItem(numbers.subarray(at, at + OF_ITEM)));
  return {
    value: value!, items: items!, active: active!, notMined: notMined!, noPositive: noPositive!, noNegative: noNegative!,
    positiveDistance: root(near!, nearCount!), negativeDistance: root(far!, farCount!), costliest,
  };
}

function readItem([loss, anchor, positive, negative, positiveCosine, negativeCosine]: Float64Array): MeasuredItem {
  const [hasPositive, hasNegative] = [positive! >= 0, negative! >= 0];
  return {
    loss: loss!, anchor: anchor!, rival: null,
    positive: hasPositive ? positive! : null, negative: hasNegative ? negative! : null,
    positiveCosine: hasPositive ? positiveCosine! : null, negativeCosine: hasNegative ? negativeCosine! : null,
  };
}

/** The same as `describePairs` says of the loss without a kernel. */
export function describeStory(batch: CheckedBatch, story: LossStory): LossDiagnostics {
  const empty = describeEmpty(batch);
  const { noPositive, noNegative, notMined } = story;
  return {
    ...empty, meanPositiveDistance: story.positiveDistance, meanNegativeDistance: story.negativeDistance,
    items: story.items, activeShare: story.items > 0 ? story.active / story.items : 0,
    skipped: { ...empty.skipped, noPositive, noNegative, notMined },
    costliest: story.costliest,
  };
}
