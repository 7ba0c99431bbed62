import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestName } from '../contract/requests.ts';
import { requestTable } from '../contract/requests.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, putFace, refusal, smallRecipe, trainModel } from './test-support/laboratory.ts';

const passphrase = 'correct horse battery';
let laboratory: Laboratory;
beforeEach(async () => (laboratory = await openLaboratory()));
afterEach(() => laboratory.leave());

async function enrolAnna(): Promise<string> {
  const { ask } = laboratory;
  const { subject } = await ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [await putFace(laboratory, 'anna', 1)] });
  return subject!.id;
}

describe('a desk', () => {
  it('asks no question at first, and says that its key lies beside the data', async () => {
    expect((await laboratory.ask('desk.state', {})).protection).toEqual({ by: 'key-file', isLocked: false, bySystem: false, hasSystem: false, lockAfterMinutes: 15, keysChangedAt: null });
    expect(await refusal(laboratory.ask('protection.lock', {}))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/no passphrase yet.*likeness protect init/) });
  });

  it('is locked on start once it has a passphrase, and answers nothing but how to unlock it', async () => {
    await trainModel(laboratory);
    const subjectId = await enrolAnna();
    expect(await laboratory.ask('protection.protect', { next: passphrase })).toMatchObject({ by: 'passphrase', isLocked: false });
    laboratory = await laboratory.reopen();
    const { ask, desk } = laboratory;
    expect(desk.isLocked()).toBe(true);
    expect((await ask('desk.state', {})).protection).toMatchObject({ by: 'passphrase', isLocked: true });
    const open = new Set<RequestName>(['session.state', 'session.signIn', 'session.signOut', 'desk.state', 'device.report', 'protection.unlock', 'protection.unlockBySystem', 'protection.lock', 'protection.touch']);
    for (const name of Object.keys(requestTable) as RequestName[]) {
      if (open.has(name)) continue;
      const handler = desk.handlers[name] as (input: unknown) => unknown;
      expect(await refusal(Promise.resolve().then(() => handler({}))), name).toMatchObject({ code: 'locked' });
    }
    expect(await refusal(desk.image('sample-1', 64))).toMatchObject({ code: 'locked' });
    expect(await refusal(ask('protection.unlock', { passphrase: 'wrong horse battery' }))).toMatchObject({ code: 'wrong-passphrase' });
    expect(await ask('protection.unlock', { passphrase })).toMatchObject({ isLocked: false });
    expect((await ask('subjects.get', { subjectId })).subject.name).toBe('Anna');
  });

  it('forgets what it knew when it is locked, and a training goes on', async () => {
    const { datasetId } = await trainModel(laboratory);
    await enrolAnna();
    const { ask, desk, engines } = laboratory;
    await ask('protection.protect', { next: passphrase });
    const shelved = await putFace(laboratory, 'anna', 2);
    const { jobId } = await ask('runs.start', { datasetId, recipe: smallRecipe(3) });
    await ask('identify.search', { probe: shelved });
    let isUnloaded = false;
    engines.at('gallery.update', 1, () => { isUnloaded = true; });
    await ask('protection.lock', {});
    expect(isUnloaded).toBe(true);
    expect(await refusal(desk.image(shelved, 64))).toMatchObject({ code: 'locked' });
    await vi.waitFor(async () => {
      await ask('protection.unlock', { passphrase });
      expect(await ask('jobs.get', { jobId })).toMatchObject({ state: 'done' });
    }, { timeout: 20_000, interval: 300 });
    expect((await refusal(ask('verify.compare', { probe: shelved, reference: { imageId: shelved } }))).code).toBe('not-found');
  });

  it('locks itself when nobody was there for the set time', async () => {
    const { ask, desk } = laboratory;
    await ask('protection.protect', { next: passphrase });
    expect(await ask('protection.setLockAfter', { minutes: 1 })).toMatchObject({ lockAfterMinutes: 1 });
    const now = performance.now.bind(performance);
    const later = vi.spyOn(performance, 'now').mockImplementation(() => now() + 50_000);
    await new Promise((resolve) => setTimeout(resolve, 1300));
    expect(desk.isLocked()).toBe(false);
    later.mockImplementation(() => now() + 61_000);
    await vi.waitFor(() => { expect(desk.isLocked()).toBe(true); }, { timeout: 5000 });
    later.mockRestore();
  });

  it('wants the passphrase for a new one and for new keys', async () => {
    const { ask } = laboratory;
    expect((await refusal(ask('protection.protect', { current: 'there is none', next: passphrase }))).code).toBe('invalid-input');
    await ask('protection.rotate', {});
    await ask('protection.protect', { next: passphrase });
    expect((await refusal(ask('protection.protect', { next: 'another long one' }))).code).toBe('wrong-passphrase');
    expect((await refusal(ask('protection.rotate', { passphrase: 'wrong horse battery' }))).code).toBe('wrong-passphrase');
    await ask('protection.rotate', { passphrase });
    await ask('protection.protect', { current: passphrase, next: 'another long one' });
    await ask('protection.lock', {});
    expect((await refusal(ask('protection.unlock', { passphrase }))).code).toBe('wrong-passphrase');
    await ask('protection.unlock', { passphrase: 'another long one' });
    await expect(ask('protection.protect', { current: 'another long one', next: 'short' })).rejects.toThrow(/at least 12 characters/);
  });
});
