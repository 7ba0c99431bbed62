import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, refusal } from './test-support/laboratory.ts';

let laboratory: Laboratory;
afterEach(() => laboratory.leave());

it('writes synthetic fingers that say so, in a manifest that is a dataset, and never over a folder', async () => {
  laboratory = await openLaboratory();
  const { ask, finished, home } = laboratory;
  const order = { folder: join(home, 'made-up'), subjects: 12, samples: 3, seed: 5 };
  const { message } = await finished((await ask('fingers.synthesize', order)).jobId);
  expect(message).toContain('36 synthetic pictures of 12 fingers that nobody has');
  const [heading, first, ...rest] = (await readFile(join(order.folder, 'MANIFEST.csv'), 'utf8')).trim().split('\n');
  expect(heading).toBe('path,subject,finger,hand,sensor,sample,synthetic');
  expect(first).toBe('synthetic-0001/phone-1.png,synthetic-0001,index,left,phone,1,yes');
  expect(rest).toHaveLength(35);
  expect(await readFile(join(order.folder, 'README.txt'), 'utf8')).toContain('synthetic');
  expect(await readFile(join(order.folder, 'synthetic-0012', 'phone-3.png'), 'utf8')).toBe('face 5-12 2');
  expect(await refusal(ask('fingers.synthesize', order))).toMatchObject({ code: 'conflict' });
});
