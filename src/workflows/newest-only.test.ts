import { expect, it } from 'vitest';
import { newestOnly } from './newest-only.ts';

it('makes one call at a time, and of those that wait only the newest', async () => {
  const made: number[] = [];
  let [running, most] = [0, 0];
  const look = newestOnly(async (frame: number) => {
    made.push(frame);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    return frame * 10;
  });
  const answers = await Promise.allSettled([1, 2, 3, 4].map(look));
  expect(made).toEqual([1, 4]);
  expect(most).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(answers[1]).toMatchObject({ reason: { code: 'cancelled' } });
});

it('goes on after a call that failed', async () => {
  const look = newestOnly((frame: number) => (frame === 1 ? Promise.reject(new Error('dark')) : Promise.resolve(frame)));
  const first = look(1);
  const second = look(2);
  await expect(first).rejects.toThrow('dark');
  await expect(second).resolves.toBe(2);
  await expect(look(3)).resolves.toBe(3);
});
