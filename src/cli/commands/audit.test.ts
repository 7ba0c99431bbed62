import { describe, expect, it } from 'vitest';
import { laboratory } from '../test-support/laboratory.ts';

describe('likeness audit verify', () => {
  it('says that the log is whole, and what to write down', async () => {
    const { run, stdout } = laboratory({ 'audit.verify': () => ({ isWhole: true, lines: 12, problem: null, head: '12:aGFzaA==' }) });
    expect(await run('audit', 'verify')).toBe(0);
    expect(stdout()).toBe('The audit is whole: 12 lines.\nTo write down elsewhere: 12:aGFzaA==');
  });

  it('ends with an error when it is not', async () => {
    const { run, stdout } = laboratory({ 'audit.verify': () => ({ isWhole: false, lines: 12, problem: { sequence: 4, kind: 'changed', message: 'Line 4 was changed.' }, head: null }) });
    expect(await run('audit', 'verify')).toBe(1);
    expect(stdout()).toBe('The audit is not whole. Line 4 was changed.');
  });
});

it('likeness audit list writes moments as such', async () => {
  const line = { sequence: 3, at: 0, action: 'sign-in.failed', operator: null, subjectId: null, name: null, details: { failures: 1, at: 86_400_000 } } as const;
  const { run, stdout } = laboratory({ 'audit.list': () => ({ total: 1, lines: [line], actions: [] }) });
  expect(await run('audit', 'list')).toBe(0);
  expect(stdout()).toContain('failures 1, at 1970-01-02T00:00:00.000Z');
});

describe('likeness receipts verify', () => {
  const receipt = { subjectId: 'subject-1', deletedAt: 0, samples: 1, templates: 1, rowsLeft: 0, filesScanned: 4, filesLeft: 0, scan: null, signature: 'c2ln' };

  it('says that there is none', async () => {
    const { run, stdout } = laboratory({ 'receipts.verify': () => [] });
    expect(await run('receipts', 'verify')).toBe(0);
    expect(stdout()).toBe('Nobody was deleted yet.');
  });

  it('tells genuine, changed and unsigned receipts apart', async () => {
    const good = laboratory({ 'receipts.verify': () => [{ receipt, isGenuine: true }, { receipt, isGenuine: null }] });
    expect(await good.run('receipts', 'verify')).toBe(0);
    expect(good.stdout()).toBe('1 receipt genuine.\n1 receipt of an earlier version, not signed.');
    const bad = laboratory({ 'receipts.verify': () => [{ receipt, isGenuine: true }, { receipt, isGenuine: false }] });
    expect(await bad.run('receipts', 'verify')).toBe(1);
    expect(bad.stdout()).toMatch(/^1 receipt changed or made up:\n {2}subject-1$/);
  });
});

describe('likeness receipts show', () => {
  const receipt = { subjectId: 'subject-1', deletedAt: 0, samples: 1, templates: 1, rowsLeft: 0, filesScanned: 4, filesLeft: 1, signature: 'c2ln' };
  const scan = { places: [{ place: 'exports', files: 4, withPieces: 1, withName: 2, withReference: 3 }], tables: [{ table: 'dataset_samples', rows: 5 }] };

  it('names what was scanned and where something was found', async () => {
    const { run, stdout } = laboratory({ 'receipts.verify': () => [{ receipt: { ...receipt, scan }, isGenuine: true }] });
    expect(await run('receipts', 'show', 'subject-1')).toBe(0);
    expect(stdout()).toContain('genuine (c2ln)');
    expect(stdout()).toMatch(/^exports +4 +1 +2 +3$/m);
    expect(stdout()).toMatch(/dataset_samples: 5 rows$/);
  });

  it('says when a receipt names no files, is not genuine, or is not there', async () => {
    const { run, stdout, stderr } = laboratory({ 'receipts.verify': () => [{ receipt: { ...receipt, scan: null }, isGenuine: false }] });
    expect(await run('receipts', 'show', 'subject-1')).toBe(1);
    expect(stdout()).toMatch(/NOT genuine.*\n\nWhich files were scanned is not in it/);
    expect(await run('receipts', 'show', 'subject-2')).toBe(1);
    expect(stderr()).toContain('likeness receipts list');
  });
});
