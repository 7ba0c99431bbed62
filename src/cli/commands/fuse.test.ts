import { expect, it } from 'vitest';
import { job, laboratory } from '../test-support/laboratory.ts';

it('fuse asks for two files before it begins, and tells what was learnt', async () => {
  const asked: unknown[] = [];
  const lab = (): ReturnType<typeof laboratory> => laboratory({
    'scores.fuse': (order) => { asked.push(order); return { jobId: 'job-1' }; },
    'jobs.get': () => ({ ...job('done'), message: '4 comparisons in fused.csv.', result: { weights: [2, 0.5], learntFrom: 9 } }),
  });
  const one = lab();
  expect(await one.run('fuse', 'one.csv', '--out', 'fused.csv')).toBe(2);
  expect(one.stderr()).toMatch(/name two score files or more/);
  expect(asked).toEqual([]);
  const two = lab();
  expect(await two.run('fuse', 'one.csv', 'two.csv', '--rule', 'logistic', '--out', 'fused.csv')).toBe(0);
  expect(asked).toMatchObject([{ paths: ['/work/one.csv', '/work/two.csv'], rule: 'logistic', out: '/work/fused.csv' }]);
  expect(two.stdout()).toMatch(/4 comparisons in fused\.csv\.\nWeights 2\.000, 0\.5000, learnt from 9 comparisons/);
});
