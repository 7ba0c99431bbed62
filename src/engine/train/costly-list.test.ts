import { expect, it } from 'vitest';
import type { CostlyComparison } from '../../contract/engine-port.ts';
import { createCostlyList } from './costly-list.ts';

const comparison = (cost: number, anchor: number, negative: number): CostlyComparison => ({
  cost, step: 0, anchor: { sample: anchor, label: anchor }, positive: null,
  negative: { sample: negative, label: negative, isProxy: false, cosine: 0.5 },
});
const pairs = (items: readonly CostlyComparison[]) => items.map(({ cost, anchor, negative }) => [cost, anchor.sample, negative?.sample]);

it('keeps the dearest of all batches, dearest first, and never more than eight', () => {
  const list = createCostlyList();
  for (let batch = 0; batch < 5; batch++) list.take(Array.from({ length: 8 }, (_, k) => comparison(10 * k + batch, 100 * batch + k, 1000 + 100 * batch + k)));
  expect(list.items).toHaveLength(8);
  expect(list.items.map(({ cost }) => cost)).toEqual([74, 73, 72, 71, 70, 64, 63, 62]);
});

it('lists an anchor once, and a pair once from whichever end it cost more', () => {
  const list = createCostlyList();
  list.take([comparison(3, 1, 2), comparison(2.5, 2, 1), comparison(2, 1, 7)]);
  list.take([comparison(4, 2, 1), comparison(1, 8, 9)]);
  expect(pairs(list.items)).toEqual([[4, 2, 1], [1, 8, 9]]);
});
