import { describe, expect, it } from 'vitest';
import type { Protection } from '../../contract/requests/protection.ts';
import type { DeskState } from '../../contract/requests/desk.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { Desk } from '../../contract/wire/desk.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { job, laboratory } from '../test-support/laboratory.ts';

const open: Protection = { by: 'key-file', isLocked: false, bySystem: false, hasSystem: false, lockAfterMinutes: 15, keysChangedAt: null };
const kept: Protection = { ...open, by: 'passphrase' };
const templates = { transform: 'none', since: null, changingTo: null } as const;
const stateWith = (protection: Protection) => () => ({ protection, templates }) as unknown as DeskState;

/** A desk that waits for "correct horse battery". */
function lockedLaboratory(env: Record<string, string>): Laboratory {
  let isLocked = true;
  const lab = laboratory(
    {
      'desk.state': stateWith(kept),
      'protection.unlock': ({ passphrase }) => {
        if (passphrase !== 'correct horse battery') throw new RequestError('wrong-passphrase', 'This is not the passphrase.');
        isLocked = false;
        return kept;
      },
      'subjects.list': () => {
        if (isLocked) throw new RequestError('locked', 'The store is locked.');
        return { total: 0, subjects: [] };
      },
    },
    { env },
  );
  (lab.desk as { -readonly [Key in keyof Desk]: Desk[Key] }).isLocked = () => isLocked;
  return lab;
}

describe('a command on a locked store', () => {
  it('unlocks it with LIKENESS_PASSPHRASE', async () => {
    const lab = lockedLaboratory({ LIKENESS_PASSPHRASE: 'correct horse battery' });
    expect(await lab.run('subjects', 'list')).toBe(0);
    expect(lab.stdout()).toBe('Nobody is enrolled.');
  });

  it('says what to do without a passphrase, and with a wrong one', async () => {
    const without = lockedLaboratory({});
    expect(await without.run('subjects', 'list', '--json')).toBe(1);
    expect(JSON.parse(without.stdout())).toMatchObject({ error: { code: 'locked', message: expect.stringMatching(/Set LIKENESS_PASSPHRASE/) } });
    const wrong = lockedLaboratory({ LIKENESS_PASSPHRASE: 'wrong' });
    expect(await wrong.run('subjects', 'list', '--json')).toBe(1);
    expect(JSON.parse(wrong.stdout())).toMatchObject({ error: { code: 'wrong-passphrase' } });
  });
});

describe('likeness protect', () => {
  it('says how the store is protected', async () => {
    const { run, stdout } = laboratory({ 'desk.state': stateWith(open) });
    expect(await run('protect', 'status')).toBe(0);
    expect(stdout()).toMatch(/a key kept beside the data.*\n.*likeness protect init/);
  });

  it('sets a passphrase in one step, from the environment', async () => {
    const given: unknown[] = [];
    const { run, stdout } = laboratory(
      { 'desk.state': stateWith(open), 'protection.protect': (input) => { given.push(input); return kept; } },
      { env: { LIKENESS_NEW_PASSPHRASE: 'correct horse battery' } },
    );
    expect(await run('protect', 'init')).toBe(0);
    expect(given).toEqual([{ current: null, next: 'correct horse battery', usesSystem: false }]);
    expect(stdout()).toMatch(/^Protected\. The store is locked at every start/);
  });

  it('says that a new passphrase is too short before it asks for anything else', async () => {
    const { run, stderr } = laboratory({ 'desk.state': stateWith(open) }, { env: { LIKENESS_NEW_PASSPHRASE: 'elevenchars' } });
    expect(await run('protect', 'init')).toBe(1);
    expect(stderr()).toMatch(/The new passphrase is too short: it needs at least 12 characters.*Nothing was changed/);
  });

  it('rotates with the passphrase that the store has', async () => {
    const given: unknown[] = [];
    const { run } = laboratory({ 'desk.state': stateWith(kept), 'protection.rotate': (input) => { given.push(input); return kept; } }, { env: { LIKENESS_PASSPHRASE: 'correct horse battery' } });
    expect(await run('protect', 'rotate')).toBe(0);
    expect(given).toEqual([{ passphrase: 'correct horse battery' }]);
  });
});

describe('likeness protect --transform and --reissue', () => {
  const changed = { 'desk.state': () => ({ threshold: null, templates: { transform: 'bio-hash', since: 1, changingTo: null } }) as unknown as DeskState, 'jobs.get': () => job('done', { message: 'The templates of 3 people are under BioHashing with a new key.' }) };

  it('changes the transform, says what came of it, and that a hash needs a threshold of its own', async () => {
    const given: unknown[] = [];
    const { run, stdout } = laboratory({ ...changed, 'cancelable.protect': (input) => { given.push(input); return { jobId: 'job-1' }; } });
    expect(await run('protect', '--transform', 'bio-hash')).toBe(0);
    expect(given).toEqual([{ transform: 'bio-hash' }]);
    expect(stdout()).toMatch(/^The templates of 3 people are under BioHashing[^]*likeness evaluate --transform bio-hash/);
  });

  it('gives a new key to the transform there is, and takes one wish at a time', async () => {
    const { run, stdout } = laboratory({ ...changed, 'cancelable.reissue': () => ({ jobId: 'job-1' }) });
    expect(await run('protect', '--reissue')).toBe(0);
    expect(await run('protect', '--reissue', '--measure')).toBe(1);
    expect(await run('protect', '--transform', 'rot13')).toBe(2);
    expect(stdout()).toMatch(/new key/);
  });

  it('says in the status what the templates are under', async () => {
    const { run, stdout } = laboratory({ 'desk.state': () => ({ protection: kept, templates: { transform: 'bio-hash', since: 1, changingTo: 'mlp-hash' } }) as unknown as DeskState });
    expect(await run('protect', 'status')).toBe(0);
    expect(stdout()).toMatch(/Templates: under BioHashing; being put under MLP-Hash with a new key/);
  });
});
