/** Why rows took no part as anchors. */
export interface Skipped {
  /** Rows without another row of their class. */
  noPositive: number;
  /** Rows without a row (or proxy) of another class. */
  noNegative: number;
  /** Rows whose mined pairs were not enough to make an item. */
  notMined: number;
  /** Rows of length zero, which have no direction. */
  zeroVector: number;
}

/** What one batch told about the loss, as data. */
export interface LossDiagnostics {
  /** Pairs, triplets, anchors or rows that entered the loss, and how many of them cost anything. */
  readonly items: number;
  readonly activeShare: number;
  readonly skipped: Skipped;
  /** Roots of the mean squared Euclidean distances of all pairs (to proxies, for proxy losses); null without any. */
  readonly meanPositiveDistance: number | null;
  readonly meanNegativeDistance: number | null;
  /** Mean length of the raw embeddings. */
  readonly meanNorm: number;
  /** The items that cost most, dearest first. */
  readonly costliest: readonly MeasuredItem[];
}

/**
 * One item of the loss. Rows of the batch by index; from `batch size` on, positive and negative are rows of the
 * memory. With proxies, `negative` is null and `rival` the class of the nearest other proxy.
 */
export interface CostlyItem {
  readonly loss: number;
  readonly anchor: number;
  readonly positive: number | null;
  readonly negative: number | null;
  readonly rival: number | null;
}

/** The same with how like the anchor both sides were: cosines, of the nearest proxies for proxy losses. */
export interface MeasuredItem extends CostlyItem {
  readonly positiveCosine: number | null;
  readonly negativeCosine: number | null;
}

export const noneSkipped = (): Skipped => ({ noPositive: 0, noNegative: 0, notMined: 0, zeroVector: 0 });

/** How many items are listed. */
export const listed = 8;

/** Keeps the dearest items it is offered. */
export interface Costliest {
  /** Offers below this are not kept: look before building an item. */
  threshold: number;
  readonly items: CostlyItem[];
}

export const noneCostly = (): Costliest => ({ threshold: 0, items: [] });

/** Takes the item in when it is among the dearest so far. */
export function offer(costliest: Costliest, item: CostlyItem): void {
  if (!(item.loss > costliest.threshold)) return;
  const { items } = costliest;
  const place = items.findIndex(({ loss }) => loss < item.loss);
  items.splice(place < 0 ? items.length : place, 0, item);
  if (items.length > listed) items.pop();
  if (items.length === listed) costliest.threshold = items[listed - 1]!.loss;
}
