import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../store/statement.ts';
import { openStore } from '../store/store.ts';
import { temporaryHome } from '../store/test-support/temporary-home.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, putFace, refusal, trainModel } from './test-support/laboratory.ts';

const passphrase = 'correct horse battery';
const dayMs = 24 * 60 * 60_000;
let laboratory: Laboratory;
let trained: Awaited<ReturnType<typeof trainModel>>;
beforeEach(async () => {
  laboratory = await openLaboratory();
  trained = await trainModel(laboratory);
});
afterEach(() => laboratory.leave());

async function enrol(name: string, which: number, consent: { scope: string; expiresAt?: number | null } | null = null) {
  return laboratory.ask('enrol.images', { subject: { name }, imageIds: [await putFace(laboratory, name.toLowerCase(), which)], consent });
}

/** The clock cannot be turned, so the day is. */
function expireNow(home: string, subjectId: string): void {
  const store = openStore(home);
  sql(store.database, 'UPDATE subjects SET expires_at = 1 WHERE id = @subjectId').run({ subjectId });
  store.close();
}

describe('consent', () => {
  it('is recorded at enrolment with the text in force, and where the lab requires it nobody is enrolled without', async () => {
    const { ask } = laboratory;
    await ask('consent.setPolicy', { text: 'I agree.', isRequired: true, retentionDays: null });
    expect(await refusal(enrol('Anna', 1))).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/without a consent.*--consent SCOPE/) });
    const expiresAt = Date.now() + 30 * dayMs;
    const { subject } = await enrol('Anna', 1, { scope: 'Access to building 3', expiresAt });
    expect(await ask('subjects.get', { subjectId: subject!.id })).toMatchObject({ consent: { textVersion: 2, text: 'I agree.', scope: 'Access to building 3', expiresAt }, expiresAt });
    expect((await enrol('Anna', 2)).outcomes[0]!.accepted).toBe(true);
    expect(await ask('consent.record', { subjectId: subject!.id, consent: null })).toMatchObject({ consent: null, expiresAt });
    expect((await refusal(enrol('Bob', 1, { scope: 'x', expiresAt: 5 }))).code).toBe('invalid-input');
    expect(await refusal(enrol('Anna', 3, { scope: 'Study 7' }))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/enrolled already.*likeness subjects consent/) });
  });

  it('that moves the day on which the data go is asked about, longer or shorter, and keeps what it replaced', async () => {
    const { ask } = laboratory;
    const [soon, late] = [Date.now() + 30 * dayMs, Date.now() + 60 * dayMs];
    const subjectId = (await enrol('Anna', 1, { scope: 'Building 3', expiresAt: soon })).subject!.id;
    const record = (scope: string, expiresAt: number | null, replaces = false) => ask('consent.record', { subjectId, consent: { scope, expiresAt }, replaces });
    expect(await refusal(record('Building 3', late))).toMatchObject({ code: 'conflict', message: expect.stringMatching(/^Anna is kept until .* so far, and would be kept until .*, which is longer\. .*--replace/) });
    expect((await refusal(record('Building 3', null))).message).toMatch(/until somebody deletes the person with this consent, which is longer/);
    expect((await refusal(record('Building 3', soon - 2 * dayMs))).message).toMatch(/which is shorter/);
    expect(await ask('subjects.get', { subjectId })).toMatchObject({ consent: { scope: 'Building 3' }, expiresAt: soon, formerly: [] });
    expect(await record('Building 4', soon)).toMatchObject({ consent: { scope: 'Building 4' }, replaced: { consent: { scope: 'Building 3' }, expiresAt: soon } });
    expect(await record('Building 4', late, true)).toMatchObject({ expiresAt: late, replaced: { consent: { scope: 'Building 4' }, expiresAt: soon } });
    await ask('subjects.setRetention', { subjectId, expiresAt: null });
    await ask('subjects.rename', { subjectId, name: 'Anne' });
    const { formerly } = await ask('subjects.get', { subjectId });
    expect(formerly.map(({ consent, expiresAt }) => [consent?.scope, expiresAt])).toEqual([['Building 3', soon], ['Building 4', soon], ['Building 4', late]]);
    const { folder } = await ask('subjects.export', { subjectId });
    expect(JSON.parse(readFileSync(join(folder, 'person.json'), 'utf8'))).toMatchObject({
      person: { consent: { scope: 'Building 4' }, formerly: formerly.map(({ consent, expiresAt }) => ({ consent: { scope: consent!.scope }, expiresAt: new Date(expiresAt!).toISOString() })) },
    });
    const { lines } = await ask('audit.list', { subjectId });
    expect(lines.map(({ details }) => details)).toEqual(expect.arrayContaining([
      expect.objectContaining({ isGiven: true, expiresAt: late, wasGiven: true, formerlyExpiresAt: soon }), { expiresAt: null, formerlyExpiresAt: late },
    ]));
    expect(JSON.stringify(lines)).not.toContain('Building');
  });
});

describe('retention', () => {
  it('does not take a day that is over, and a consent that is taken back keeps nobody for longer', async () => {
    const { ask } = laboratory;
    const subjectId = (await enrol('Anna', 1)).subject!.id;
    expect(await refusal(ask('subjects.setRetention', { subjectId, expiresAt: Date.now() - dayMs }))).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/This day is over/) });
    expect((await ask('subjects.get', { subjectId })).expiresAt).toBeNull();
    const expiresAt = Date.now() + dayMs;
    await ask('subjects.setRetention', { subjectId, expiresAt });
    await ask('consent.setPolicy', { text: 'I agree.', isRequired: false, retentionDays: 10 });
    expect(await ask('consent.record', { subjectId, consent: null })).toMatchObject({ consent: null, expiresAt });
  });

  it('deletes on time, with receipt and audit line, also what a policy of days says', async () => {
    const { ask, home } = laboratory;
    await ask('consent.setPolicy', { text: 'I agree.', isRequired: false, retentionDays: 10 });
    const { subject } = await enrol('Anna', 1);
    const { expiresAt } = await ask('subjects.get', { subjectId: subject!.id });
    expect(Math.abs(expiresAt! - Date.now() - 10 * dayMs)).toBeLessThan(60_000);
    expect(await ask('retention.run', {})).toEqual({ deleted: 0 });
    expireNow(home, subject!.id);
    expect(await ask('retention.run', {})).toEqual({ deleted: 1 });
    expect((await ask('subjects.list', {})).total).toBe(0);
    expect((await ask('audit.list', { action: 'retention' })).lines).toMatchObject([{ subjectId: subject!.id, details: { samples: 1, rowsLeft: 0, filesLeft: 0 } }]);
    expect(await ask('receipts.verify', {})).toMatchObject([{ receipt: { subjectId: subject!.id }, isGenuine: true }]);
  });

  it('needs no passphrase: a locked store deletes at its start, and signs when it is unlocked', async () => {
    const { subject } = await enrol('Anna', 1);
    await laboratory.ask('protection.protect', { next: passphrase });
    await laboratory.desk.close();
    expireNow(laboratory.home, subject!.id);
    laboratory = await openLaboratory({ home: laboratory.home });
    const { ask, desk } = laboratory;
    expect(desk.isLocked()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await ask('desk.state', {})).counts.subjects).toBe(0);
    await ask('protection.unlock', { passphrase });
    expect(await ask('receipts.verify', {})).toMatchObject([{ receipt: { subjectId: subject!.id, samples: 1, rowsLeft: 0 }, isGenuine: true }]);
    expect((await ask('audit.list', { action: 'retention' })).lines).toMatchObject([{ details: { whileLocked: true } }]);
  });
});

describe('the export of a person', () => {
  it('holds all that is known: words, consent, pictures, templates, audit', async () => {
    const { ask } = laboratory;
    const { subject } = await enrol('Anna', 1, { scope: 'Study 7' });
    const { folder, files } = await ask('subjects.export', { subjectId: subject!.id });
    expect(readdirSync(folder).sort()).toEqual([...files].sort());
    const person = JSON.parse(readFileSync(join(folder, 'person.json'), 'utf8')) as Record<string, unknown>;
    expect(person).toMatchObject({
      person: { name: 'Anna', consent: { scope: 'Study 7' } }, samples: [{ fileName: 'anna-1.png', file: 'picture-01.png', createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }],
      templates: [{ model: { id: trained.modelId } }], audit: [{ action: 'enrol' }],
    });
    expect(JSON.stringify(person)).not.toContain('hasTemplate');
    expect(readFileSync(join(folder, 'picture-01.png'), 'utf8')).toBe('face anna 1');
    expect((await ask('audit.list', { action: 'export' })).lines).toMatchObject([{ subjectId: subject!.id }]);
  });

  it('is told when the person is deleted: those in the data folder by their files, those elsewhere by the audit', async () => {
    const { ask } = laboratory;
    const { subject } = await enrol('Anna', 1);
    using elsewhere = temporaryHome();
    await ask('subjects.export', { subjectId: subject!.id });
    await ask('subjects.export', { subjectId: subject!.id, folder: elsewhere.path });
    const { remains, exportsElsewhere, filesScanned } = await ask('subjects.delete', { subjectId: subject!.id, typedName: 'Anna' });
    expect(remains).toEqual([{ file: expect.stringMatching(/^exports\/person-.*\/person\.json$/), holds: ['name', 'reference'] }]);
    expect([exportsElsewhere, filesScanned! > 5]).toEqual([1, true]);
    expect((await ask('audit.list', { action: 'delete' })).lines).toMatchObject([{ details: { filesLeft: 0, filesWithName: 1, exportsElsewhere: 1 } }]);
  });
});

describe('the guards of enrolment', () => {
  it('warn of a duplicate or refuse it, name the candidate, and flag a sample unlike the others', async () => {
    const { ask, finished } = laboratory;
    const { evaluationId, jobId } = await ask('evaluations.start', { modelId: trained.modelId, datasetId: trained.datasetId });
    await finished(jobId);
    await ask('thresholds.choose', { evaluationId, targetFmr: 0.1 });
    await ask('guards.set', { duplicates: 'warn', fpir: 0.5 });
    await enrol('Anna', 1);
    const other = async (name: string, which: number) => (await ask('enrol.images', { subject: { name }, imageIds: [await putFace(laboratory, 'anna', which)] })).outcomes[0]!;
    expect(await other('Somebody', 2)).toMatchObject({ accepted: true, warnings: [expect.stringMatching(/^It looks like Anna, who is enrolled already \(score/)] });
    await ask('guards.set', { duplicates: 'refuse', fpir: 0.5 });
    expect(await other('Somebody else', 3)).toMatchObject({ accepted: false, reason: expect.stringMatching(/^It looks like (Anna|Somebody)/) });
    await ask('guards.set', { duplicates: 'off', fpir: 0.5 });
    expect(await other('Anna', 4)).not.toHaveProperty('warnings');
    const mixedUp = await ask('enrol.images', { subject: { name: 'Anna' }, imageIds: [await putFace(laboratory, 'stranger', 1)] });
    expect(mixedUp.outcomes[0]).toMatchObject({ accepted: true, warnings: [expect.stringMatching(/unlike the person's other samples/)] });
  });
});
