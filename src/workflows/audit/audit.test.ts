import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../store/store.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { openLaboratory, putFace, refusal, trainModel } from '../test-support/laboratory.ts';

const passphrase = 'correct horse battery';
let laboratory: Laboratory;
beforeEach(async () => {
  laboratory = await openLaboratory();
  await trainModel(laboratory);
});
afterEach(() => laboratory.leave());

describe('the audit', () => {
  it('has a line for everything that is done with people, and names nobody on the disk', async () => {
    const { ask, home } = laboratory;
    const { subject } = await ask('enrol.images', { subject: { name: 'Ottoline Farthing' }, imageIds: [await putFace(laboratory, 'otto', 1), await putFace(laboratory, 'otto', 2)] });
    const probe = await putFace(laboratory, 'otto', 3);
    await ask('verify.compare', { probe, reference: { subjectId: subject!.id } });
    await ask('identify.search', { probe });
    await ask('subjects.rename', { subjectId: subject!.id, name: 'Ottoline Penny' });
    await ask('policy.set', {});
    await ask('protection.protect', { next: passphrase });
    await ask('protection.lock', {});
    await refusal(ask('protection.unlock', { passphrase: 'wrong horse battery' }));
    await ask('protection.unlock', { passphrase });
    const { lines: before } = await ask('audit.list', {});
    expect(before.find(({ action }) => action === 'verify')).toMatchObject({ name: 'Ottoline Penny', subjectId: subject!.id });
    await ask('subjects.delete', { subjectId: subject!.id, typedName: 'Ottoline Penny' });
    const { lines, total, actions } = await ask('audit.list', {});
    expect(lines.map(({ action }) => action).reverse().filter((action) => action !== 'settings')).toEqual(['enrol', 'verify', 'identify', 'rename', 'protect', 'lock', 'unlock', 'delete']);
    expect(lines.find(({ action }) => action === 'enrol')).toMatchObject({ subjectId: subject!.id, name: null, details: { samples: 2 } });
    expect(lines.find(({ action }) => action === 'unlock')).toMatchObject({ details: { failuresBefore: 1 } });
    expect([total, actions.includes('settings')]).toEqual([lines.length, true]);
    expect(await ask('audit.verify', {})).toMatchObject({ isWhole: true, lines: total, problem: null });
    expect(await ask('receipts.verify', {})).toMatchObject([{ receipt: { subjectId: subject!.id, rowsLeft: 0, filesLeft: 0 }, isGenuine: true }]);
    const { file, lines: written } = await ask('audit.export', {});
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(written);
    expect(readFileSync(join(home, 'likeness.sqlite')).includes('Ottoline')).toBe(false);
  });

  it('finds what somebody changed in the database, and a log that was put back', async () => {
    const { ask, home } = laboratory;
    await ask('policy.set', {});
    await ask('policy.set', {});
    const { head } = await ask('audit.verify', {});
    expect(await ask('audit.verify', { head })).toMatchObject({ isWhole: true });
    expect(await ask('audit.verify', { head: `1${head!}` })).toMatchObject({ isWhole: false, problem: { kind: 'rolled-back' } });
    expect(await refusal(ask('audit.verify', { head: 'what?' }))).toMatchObject({ code: 'invalid-input' });
    const outside = openStore(home);
    outside.database.exec('UPDATE audit_lines SET at = at - 60000 WHERE sequence = (SELECT max(sequence) - 1 FROM audit_lines)');
    outside.close();
    expect(await ask('audit.verify', {})).toMatchObject({ isWhole: false, problem: { kind: 'changed' } });
  });
});
