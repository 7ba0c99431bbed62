import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReplaceableDesk } from './replaceable-desk.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, putFace, refusal, trainModel } from './test-support/laboratory.ts';

const passphrase = 'correct horse battery';
let laboratory: Laboratory;
let file: string;
beforeEach(async () => {
  laboratory = await openLaboratory({}, openReplaceableDesk);
  file = join(laboratory.home, 'lab.backup');
  await trainModel(laboratory);
  await enrol('anna');
});
afterEach(() => laboratory.leave());

const enrol = async (name: string): Promise<unknown> => laboratory.ask('enrol.images', { subject: { name }, imageIds: [await putFace(laboratory, name, 1)] });
const names = async (ask = laboratory.ask): Promise<string[]> => (await ask('subjects.list', {})).subjects.map(({ name }) => name);
const backUp = async (): Promise<unknown> => laboratory.finished((await laboratory.ask('backup.write', { file, passphrase })).jobId);

/** Resolves once the desk has been opened again. */
async function restore(input: { file: string; passphrase: string; own?: string }): Promise<void> {
  const replaced = laboratory.next((event) => event.type === 'changed' && event.topic === 'thresholds');
  await laboratory.ask('backup.restore', input);
  await replaced;
}

describe('a backup made in the window', () => {
  it('is written with progress, verified, and restored while the window is open: everybody keeps the seat', async () => {
    const { ask, finished, desk } = laboratory;
    const seat = desk.seat();
    expect(await backUp()).toMatchObject({ kind: 'backup', state: 'done', unit: 'MB', result: { file }, message: expect.stringMatching(/holds \d+ files, .* MB, and was read back whole/) });
    expect(await refusal(ask('backup.write', { file, passphrase }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/exists already/) });
    const verified = await finished((await ask('backup.verify', { file, passphrase })).jobId);
    expect(verified).toMatchObject({ state: 'done', message: expect.stringMatching(/is whole and unchanged/) });
    await enrol('bob');
    expect(await names()).toEqual(['anna', 'bob']);
    await restore({ file, passphrase });
    expect(await names()).toEqual(['anna']);
    expect((await seat.handlers['subjects.list']({ search: '', offset: 0, limit: 10 }) as { total: number }).total).toBe(1);
    expect(await ask('audit.verify', {})).toMatchObject({ isWhole: true });
    expect((await ask('audit.list', { action: 'restore' })).total).toBe(1);
    expect(readdirSync(laboratory.home).filter((name) => name.startsWith('.re') || name.startsWith('restore'))).toEqual([]);
    // It works on.
    await enrol('carla');
    expect((await ask('identify.search', { probe: await putFace(laboratory, 'carla', 2) })).candidates[0]).toMatchObject({ name: 'carla' });
  });

  it('that is damaged, of another passphrase or cancelled changes nothing, and says what to do', async () => {
    const { ask, finished } = laboratory;
    await backUp();
    await enrol('bob');
    const bytes = readFileSync(file);
    bytes[bytes.length - 1000]! ^= 1;
    writeFileSync(`${file}.damaged`, bytes);
    const ended = async (asked: Promise<{ jobId: string }>) => finished((await asked).jobId);
    for (const name of ['backup.verify', 'backup.restore'] as const) {
      expect(await ended(ask(name, { file, passphrase: 'wrong horse battery' }))).toMatchObject({ state: 'failed', error: { code: 'wrong-passphrase' } });
      expect(await ended(ask(name, { file: `${file}.damaged`, passphrase }))).toMatchObject({ state: 'failed', error: { message: expect.stringMatching(/damaged/) } });
      const { jobId } = await ask(name, { file, passphrase });
      await ask('jobs.cancel', { jobId });
      expect(await finished(jobId)).toMatchObject({ state: 'cancelled' });
    }
    const { jobId } = await ask('backup.write', { file: `${file}.second`, passphrase });
    expect(await refusal(ask('backup.verify', { file, passphrase }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/Wait until that has ended/) });
    await ask('jobs.cancel', { jobId });
    expect(await finished(jobId)).toMatchObject({ state: 'cancelled' });
    expect([existsSync(`${file}.second`), existsSync(`${file}.second.part`), existsSync(join(laboratory.home, '.restoring'))]).toEqual([false, false, false]);
    expect(await names()).toEqual(['anna', 'bob']);
  });

  it('that cannot be put in its place leaves everything as it was, and the desk that opens again says so', async () => {
    await backUp();
    await enrol('bob');
    // In the way of the journal, which is written when everything is proved and the desk is closed.
    const stop = laboratory.desk.subscribe((event) => {
      if (event.type === 'job' && event.job.kind === 'backup' && event.job.state === 'done') mkdirSync(join(laboratory.home, 'restore.journal.part'));
    });
    await restore({ file, passphrase });
    stop();
    expect(await laboratory.ask('jobs.list', {})).toContainEqual(expect.objectContaining({
      kind: 'backup', state: 'failed', error: { code: 'storage', message: expect.stringMatching(/could not be restored .* as it was.*then restore again/) },
    }));
    expect(await names()).toEqual(['anna', 'bob']);
  });

  it('is restored by whoever knows the passphrase of the store, and is locked as it was', async () => {
    const { ask } = laboratory;
    const ofStore = 'the one of the store';
    await ask('protection.protect', { next: ofStore });
    await backUp();
    expect(await refusal(ask('backup.restore', { file, passphrase }))).toMatchObject({ code: 'wrong-passphrase' });
    expect(await refusal(ask('backup.restore', { file, passphrase, own: 'not the passphrase' }))).toMatchObject({ code: 'wrong-passphrase' });
    await enrol('bob');
    await restore({ file, passphrase, own: ofStore });
    expect(await refusal(ask('subjects.list', {}))).toMatchObject({ code: 'locked' });
    await ask('protection.unlock', { passphrase: ofStore });
    expect(await names()).toEqual(['anna']);
    expect((await ask('audit.list', { action: 'restore' })).lines).toMatchObject([{ operator: null, details: { at: expect.any(Number) } }]);
  });

  it('is not restored under another window, nor by a desk that cannot change its store', async () => {
    await backUp();
    const other = await openLaboratory({ home: laboratory.home, host: 'terminal' });
    const { jobId } = await laboratory.ask('backup.restore', { file, passphrase });
    expect(await laboratory.finished(jobId)).toMatchObject({ state: 'failed', error: { code: 'conflict', message: expect.stringMatching(/Close its windows/) } });
    expect(await refusal(other.ask('backup.restore', { file, passphrase }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/likeness restore FILE/) });
    await other.desk.close();
    expect(await names()).toEqual(['anna']);
  });
});
