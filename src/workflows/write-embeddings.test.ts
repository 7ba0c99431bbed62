import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, trainModel, writePeople } from './test-support/laboratory.ts';

let laboratory: Laboratory;
let pictures: string;
let file: string;
beforeEach(async () => {
  laboratory = await openLaboratory();
  await trainModel(laboratory);
  pictures = writePeople(join(laboratory.home, 'folder'), 50, 4);
  file = join(laboratory.home, 'vectors.csv');
});
afterEach(() => laboratory.leave());

const write = async () => laboratory.finished((await laboratory.ask('embeddings.write', { paths: [pictures], file, format: 'csv' })).jobId);

describe('embedding a folder', () => {
  it('goes on where it was interrupted, sees again what changed meanwhile, and leaves no journal', async () => {
    const { engines, ask } = laboratory;
    const embeds = new Set<number>();
    for (let call = 1; call <= 9; call++) engines.at('embed', call, () => embeds.add(call));
    engines.at('embed', 3, async () => ask('jobs.cancel', { jobId: (await ask('jobs.list', {}))[0]!.id }));
    expect(await write()).toMatchObject({ state: 'cancelled' });
    expect(existsSync(file)).toBe(false);
    expect(statSync(`${file}.part`).mode & 0o777).toBe(0o600);
    const before = readFileSync(`${file}.part`, 'utf8').trim().split('\n').length - 1;
    expect(before).toBe(128);
    writeFileSync(join(pictures, 'p1', '1.png'), 'garbage');
    const job = await write();
    expect(job).toMatchObject({ state: 'done', result: { pictures: 200, embedded: 199, failedToAcquire: 1, failureToAcquireRate: 1 / 200 } });
    expect(job.log.join('\n')).toMatch(/127 pictures were embedded before an interruption[^]*p1.1\.png: It is not a picture/);
    // 73 pictures were left, in batches of 64.
    expect([...embeds]).toEqual([1, 2, 3, 4, 5]);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(200);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('does not believe a journal of another model, nor a line that was half written', async () => {
    writeFileSync(`${file}.part`, `${JSON.stringify({ journal: 'likeness-embeddings-1', weightsHash: 'another' })}\n{"path":"${join(pictures, 'p1', '1.png')}","si`);
    const job = await write();
    expect(job).toMatchObject({ state: 'done', result: { embedded: 200 } });
    expect(job.log).toEqual([]);
  });
});
