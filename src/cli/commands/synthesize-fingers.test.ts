import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { job, laboratory } from '../test-support/laboratory.ts';

it('asks for what was named, and says where the synthetic pictures are', async () => {
  const asked: unknown[] = [];
  const lab = laboratory({
    'fingers.synthesize': (order) => {
      asked.push(order);
      return { jobId: 'job-1' };
    },
    'jobs.get': () => job('done', { message: 'There they are.' }),
  });
  expect(await lab.run('synthesize-fingers', 'made-up', '--subjects', '3', '--samples', '2', '--seed', '9')).toBe(0);
  expect(asked).toEqual([{ folder: resolve('/work', 'made-up'), subjects: 3, samples: 2, seed: 9 }]);
  expect(lab.stdout()).toContain('There they are.');
  expect(await lab.run('synthesize-fingers', 'made-up', '--subjects', '0')).toBe(2);
});
