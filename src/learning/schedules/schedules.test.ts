import { expect, test } from 'vitest';
import { learningRateShare } from './schedules.ts';

const at = (changes: { step?: number; epoch?: number; history?: number[] }) => ({ step: 0, totalSteps: 100, epoch: 0, history: [], ...changes });

test('constant stays', () => {
  expect(learningRateShare({ name: 'constant' }, at({ step: 99, epoch: 9 }))).toBe(1);
});

test('step falls by its factor after every so many epochs', () => {
  const schedule = { name: 'step', everyEpochs: 3, factor: 0.1 } as const;
  expect([0, 2, 3, 6].map((epoch) => learningRateShare(schedule, at({ epoch })))).toEqual([1, 1, 0.1, 0.1 ** 2]);
});

test('cosine falls from the whole to its final share, half-way at half', () => {
  const schedule = { name: 'cosine', finalShare: 0.2 } as const;
  const [first, middle, last] = [0, 50, 100].map((step) => learningRateShare(schedule, at({ step })));
  expect([first, last]).toEqual([1, 0.2]);
  expect(middle).toBeCloseTo(0.6, 12);
});

test('plateau waits for more than its patience, and begins to wait anew after each fall', () => {
  const schedule = { name: 'plateau', patience: 2, factor: 0.5 } as const;
  const share = (...history: number[]) => learningRateShare(schedule, at({ history }));
  expect(share()).toBe(1);
  expect(share(5, 4, 4, 4)).toBe(1);
  expect(share(5, 4, 4, 4, 4)).toBe(0.5);
  expect(share(5, 4, 4, 4, 4, 4, 4)).toBe(0.5);
  expect(share(5, 4, 4, 4, 4, 4, 4, 4)).toBe(0.25);
  expect(share(5, 4, 4, 3, 3, 3)).toBe(1);
});
