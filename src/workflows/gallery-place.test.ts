import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnServer } from '../store/test-support/on-server.ts';
import { openLaboratory, putFace, refusal, trainModel } from './test-support/laboratory.ts';


describeOnServer('a gallery that is moved to a server', (postgres) => {
  it('serves a second station, which takes the model over, and comes back', async () => {
    const address = await postgres().freshDatabase();
    const first = await openLaboratory({ host: 'terminal' });
    const { modelId } = await trainModel(first);
    await first.ask('enrol.images', { subject: { name: 'anna' }, imageIds: [await putFace(first, 'anna', 1)] });
    expect(await first.ask('gallery.move', { to: address })).toMatchObject({ server: address, subjects: 1, samples: 1, templates: 1 });
    const moved = await first.reopen();
    expect(await moved.ask('gallery.where', {})).toEqual({ server: address, subjects: 1, samples: 1 });
    expect(await moved.ask('desk.state', {})).toMatchObject({ project: { server: address } });
    expect((await moved.ask('audit.list', { action: 'gallery.move' })).lines).toMatchObject([{ details: { to: new URL(address).host, subjects: 1, samples: 1, templates: 1 } }]);

    const home = mkdtempSync(join(tmpdir(), 'likeness-station-'));
    copyFileSync(join(moved.home, 'store.key'), join(home, 'store.key'));
    const second = await openLaboratory({ home, host: 'terminal', galleryServer: address });
    expect(await second.ask('models.list', {})).toMatchObject([{ id: modelId, inUse: true, templates: 1 }]);
    expect((await second.ask('desk.state', {})).counts).toMatchObject({ subjects: 1, samples: 1 });
    const probe = await putFace(second, 'anna', 2);
    expect(await second.ask('identify.search', { probe })).toMatchObject({ searched: 1, candidates: [{ name: 'anna' }] });
    // What one station enrols and deletes, the next search of the other sees.
    await moved.ask('enrol.images', { subject: { name: 'bob' }, imageIds: [await putFace(moved, 'bob', 1)] });
    expect(await second.ask('identify.search', { probe })).toMatchObject({ searched: 2 });
    const { subjects } = await moved.ask('subjects.list', { search: 'anna' });
    await moved.ask('subjects.delete', { subjectId: subjects[0]!.id, typedName: 'anna' });
    expect(await second.ask('identify.search', { probe })).toMatchObject({ searched: 1, candidates: [{ name: 'bob' }] });
    // New keys at one station: the other locks itself and says which file it needs.
    await second.ask('protection.rotate', {});
    expect(await second.ask('identify.search', { probe })).toMatchObject({ searched: 1, candidates: [{ name: 'bob' }] });
    await expect.poll(async () => (await moved.ask('desk.state', {})).protection.isLocked).toBe(true);
    expect(await refusal(moved.ask('subjects.list', { search: '' }))).toMatchObject({ code: 'locked', message: expect.stringMatching(/Copy its file store\.key/) });
    copyFileSync(join(home, 'store.key'), join(moved.home, 'store.key'));
    expect(await moved.ask('subjects.list', { search: '' })).toMatchObject({ total: 1 });
    await second.leave();

    expect(await moved.ask('gallery.move', { to: 'local' })).toMatchObject({ server: null, subjects: 1 });
    const back = await moved.reopen();
    expect((await back.ask('desk.state', {})).project.server).toBeNull();
    expect((await back.ask('audit.list', { action: 'gallery.move' })).lines).toMatchObject([{ details: { to: 'the data folder' } }, {}]);
    expect(await back.ask('gallery.where', {})).toEqual({ server: null, subjects: 1, samples: 1 });
    expect(await refusal(back.ask('gallery.move', { to: 'local' }))).toMatchObject({ code: 'conflict' });
    expect(await refusal(back.ask('gallery.move', { to: 'elsewhere' }))).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/postgres:\/\/user@host/) });
    await back.leave();
    rmSync(home, { recursive: true, force: true });
  });

  it('gives a second station its model once it is unlocked, where the gallery has a passphrase', async () => {
    const address = await postgres().freshDatabase();
    const passphrase = 'correct horse battery';
    const first = await openLaboratory({ host: 'terminal' });
    const { modelId } = await trainModel(first);
    await first.ask('enrol.images', { subject: { name: 'anna' }, imageIds: [await putFace(first, 'anna', 1)] });
    await first.ask('protection.protect', { next: passphrase });
    await first.ask('gallery.move', { to: address });
    const second = await openLaboratory({ host: 'terminal', galleryServer: address });
    expect(await refusal(second.ask('models.list', {}))).toMatchObject({ code: 'locked' });
    await second.ask('protection.unlock', { passphrase });
    expect(await second.ask('models.list', {})).toMatchObject([{ id: modelId, inUse: true, templates: 1 }]);
    expect(await second.ask('identify.search', { probe: await putFace(second, 'anna', 2) })).toMatchObject({ searched: 1, candidates: [{ name: 'anna' }] });
    // Another passphrase at one station: the other, which starts meanwhile, says why the former one opens nothing.
    await second.ask('protection.protect', { current: passphrase, next: 'another battery horse' });
    const again = await first.reopen();
    expect((await again.ask('desk.state', {})).protection).toMatchObject({ isLocked: true, keysChangedAt: expect.any(Number) });
    expect(await refusal(again.ask('subjects.list', {}))).toMatchObject({ code: 'locked', message: expect.stringMatching(/changed by another window or station/) });
    expect(await refusal(again.ask('protection.unlock', { passphrase }))).toMatchObject({ code: 'wrong-passphrase', message: expect.stringMatching(/changed by another window or station/) });
    expect(await again.ask('protection.unlock', { passphrase: 'another battery horse' })).toMatchObject({ isLocked: false, keysChangedAt: null });
    await again.leave();
    await second.leave();
  });

  it('is moved by the terminal alone, while nothing else is open', async () => {
    const address = await postgres().freshDatabase();
    const window = await openLaboratory();
    expect(await refusal(window.ask('gallery.move', { to: address }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/in the terminal/) });
    const terminal = await openLaboratory({ home: window.home, host: 'terminal' });
    expect(await refusal(terminal.ask('gallery.move', { to: address }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/Close it/) });
    await terminal.desk.close();
    await window.leave();
  });
});
