import { expect, it } from 'vitest';
import { PATIENCE_STEPS, watchCollapse } from './watch-collapse.ts';

const times = <Value>(count: number, make: () => Value): Value[] => Array.from({ length: count }, make);

it('raises the alarm within an epoch, once, when embeddings have coincided for some steps', () => {
  const watch = watchCollapse();
  const told = times(PATIENCE_STEPS + 30, () => watch(0.995));
  expect(told.findIndex((alarm) => alarm !== null)).toBe(PATIENCE_STEPS - 1);
  expect(told.filter((alarm) => alarm !== null)).toHaveLength(1);
  expect(told[PATIENCE_STEPS - 1]).toMatch(/mean cosine 0\.995.*learning rate/);
});

it('lets a network begin close together, and starts counting again when embeddings part', () => {
  const watch = watchCollapse();
  const almost = times(PATIENCE_STEPS - 1, () => watch(0.99));
  expect([...almost, watch(0.9), watch(null), ...times(PATIENCE_STEPS - 1, () => watch(0.99))].every((alarm) => alarm === null)).toBe(true);
  expect(watch(0.99)).not.toBeNull();
});
