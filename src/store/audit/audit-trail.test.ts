import { createHmac } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rekeyStore } from '../protection/rekey.ts';
import { macOf } from './audit-chain.ts';
import type { Store } from '../store.ts';
import { openStore } from '../store.ts';
import { temporaryHome } from '../test-support/temporary-home.ts';

function openWithLines(home: string, count = 8): Store {
  const store = openStore(home);
  for (let index = 1; index <= count; index++) store.audit.append({ action: index % 2 === 0 ? 'verify' : 'enrol', subjectId: `subject-${index}`, details: { score: index / 10 }, operator: index === 4 ? 'Ann' : null });
  return store;
}

/** Somebody with a database browser and no key. */
const tampered: Record<string, { sql: string; problem: object }> = {
  'a line whose text was changed': { sql: `UPDATE audit_lines SET details = '{"score":0.9}' WHERE sequence = 3`, problem: { sequence: 3, kind: 'changed' } },
  'a line whose time was changed': { sql: 'UPDATE audit_lines SET at = at + 1 WHERE sequence = 5', problem: { sequence: 5, kind: 'changed' } },
  'a line that was given to another person': { sql: `UPDATE audit_lines SET subject_id = NULL WHERE sequence = 4`, problem: { sequence: 4, kind: 'changed' } },
  'a line that somebody else is said to have written': { sql: `UPDATE audit_lines SET operator = 'Bob' WHERE sequence = 6`, problem: { sequence: 6, kind: 'changed' } },
  'a line whose writer was taken away': { sql: `UPDATE audit_lines SET operator = NULL WHERE sequence = 4`, problem: { sequence: 4, kind: 'changed' } },
  'a line that was removed': { sql: 'DELETE FROM audit_lines WHERE sequence = 4', problem: { sequence: 5, kind: 'removed' } },
  'the first lines removed': { sql: 'DELETE FROM audit_lines WHERE sequence < 3', problem: { sequence: 3, kind: 'removed' } },
  'a removed line whose gap was closed': { sql: 'DELETE FROM audit_lines WHERE sequence = 4; UPDATE audit_lines SET sequence = sequence - 1 WHERE sequence > 4', problem: { sequence: 4, kind: 'changed' } },
  'two lines that changed places': { sql: 'UPDATE audit_lines SET sequence = -1 WHERE sequence = 3; UPDATE audit_lines SET sequence = 3 WHERE sequence = 6; UPDATE audit_lines SET sequence = 6 WHERE sequence = -1', problem: { sequence: 3, kind: 'changed' } },
  'a line that does not follow the one before': { sql: 'UPDATE audit_lines SET previous = zeroblob(32) WHERE sequence = 7', problem: { sequence: 7, kind: 'changed' } },
  'a line that was made up': { sql: `INSERT INTO audit_lines SELECT 9, at, action, subject_id, details, key, mac, mac, operator FROM audit_lines WHERE sequence = 8`, problem: { sequence: 9, kind: 'changed' } },
  'the last lines cut off': { sql: 'DELETE FROM audit_lines WHERE sequence > 6', problem: { sequence: 6, kind: 'truncated' } },
  'all lines gone': { sql: 'DELETE FROM audit_lines', problem: { sequence: 0, kind: 'truncated' } },
};

describe('the audit', () => {
  it('hangs together, across a restart and a rotation of the keys', async () => {
    using home = temporaryHome();
    const store = openWithLines(home.path);
    expect(store.audit.verify()).toMatchObject({ lines: 8, problem: null, head: { sequence: 8 } });
    await rekeyStore(store.database, store.vault, { passphrase: null, usesSystem: false });
    store.audit.append({ action: 'rotate' });
    store.close();
    const again = openStore(home.path);
    again.audit.append({ action: 'verify' });
    expect(again.audit.verify()).toMatchObject({ lines: 10, problem: null });
    expect(new Set(again.database.prepare('SELECT key FROM audit_lines').pluck().all())).toEqual(new Set([1, 2]));
    expect(again.audit.list({ action: 'verify', subjectId: null, offset: 1, limit: 2 })).toMatchObject({ total: 5, lines: [{ sequence: 8, details: { score: 0.8 } }, { sequence: 6 }] });
    again.close();
  });

  it('computes the hash of a line from before there were operators as it was computed then', () => {
    const [secret, previous] = [new Uint8Array(32).fill(7), new Uint8Array(32)];
    const then = createHmac('sha256', secret).update(previous).update('[3,1700000000000,"verify","subject-1","{}",1]').digest();
    const line = { sequence: 3, at: 1_700_000_000_000, action: 'verify', subjectId: 'subject-1', details: '{}', key: 1 };
    expect(macOf(secret, previous, { ...line, operator: null })).toEqual(then);
    expect(macOf(secret, previous, { ...line, operator: 'Ann' })).not.toEqual(then);
  });

  it.each(Object.entries(tampered))('finds %s', (_name, { sql, problem }) => {
    using home = temporaryHome();
    const store = openWithLines(home.path);
    store.database.exec(sql);
    expect(store.audit.verify().problem).toMatchObject(problem);
    // Lines that are written afterwards do not heal it.
    store.audit.append({ action: 'verify' });
    expect(store.audit.verify().problem).not.toBeNull();
    store.close();
  });

  it('finds a cut with an anchor that was taken away, made up, or put back', () => {
    using home = temporaryHome();
    const store = openWithLines(home.path);
    const anchor = join(home.path, 'audit.head');
    const written = store.audit.verify().head!;
    copyFileSync(anchor, `${anchor}.old`);
    store.audit.append({ action: 'verify' });
    store.database.exec('DELETE FROM audit_lines WHERE sequence > 6');
    rmSync(anchor);
    expect(store.audit.verify().problem).toMatchObject({ kind: 'no-anchor' });
    writeFileSync(anchor, readFileSync(`${anchor}.old`, 'utf8').replace('"sequence":8', '"sequence":6'));
    expect(store.audit.verify().problem).toMatchObject({ kind: 'no-anchor' });
    copyFileSync(`${anchor}.old`, anchor);
    expect(store.audit.verify().problem).toMatchObject({ kind: 'truncated' });
    // Whoever puts back log and anchor together is found by the head that was written down.
    expect(store.audit.macOf(written.sequence)).toBeNull();
    store.close();
  });

  it('allows an anchor that lags, as after a crash between the line and it', () => {
    using home = temporaryHome();
    const store = openWithLines(home.path);
    const anchor = join(home.path, 'audit.head');
    copyFileSync(anchor, `${anchor}.old`);
    store.audit.append({ action: 'verify' });
    copyFileSync(`${anchor}.old`, anchor);
    expect(store.audit.verify()).toMatchObject({ lines: 9, problem: null });
    store.audit.append({ action: 'verify' });
    expect(store.audit.verify()).toMatchObject({ lines: 10, problem: null });
    store.close();
  });

  it('is written by two processes in turn', () => {
    using home = temporaryHome();
    const [one, other] = [openWithLines(home.path, 1), openStore(home.path)];
    for (let turn = 0; turn < 5; turn++) for (const { audit } of [one, other]) audit.append({ action: 'verify' });
    expect(one.audit.verify()).toMatchObject({ lines: 11, problem: null });
    one.close();
    other.close();
  });
});
