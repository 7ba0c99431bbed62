import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';
import { sql, transaction } from './statement.ts';
import { writeSetting, readSetting } from './settings.ts';
import { temporaryHome } from './test-support/temporary-home.ts';

const storage = (message: RegExp): unknown => expect.objectContaining({ code: 'storage', message: expect.stringMatching(message) });

describe('the database', () => {
  it('is opened durable, checked, and wiping what it deletes', () => {
    using home = temporaryHome();
    const database = openDatabase(join(home.path, 'deep', 'likeness.sqlite'));
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'temp_store'].map((name) => [name, database.pragma(name, { simple: true })]);
    expect(Object.fromEntries(settings)).toEqual({ journal_mode: 'wal', synchronous: 2, foreign_keys: 1, secure_delete: 1, temp_store: 2 });
    database.close();
  });

  it('is readable by its owner alone', () => {
    using home = temporaryHome();
    openDatabase(join(home.path, 'own', 'likeness.sqlite')).close();
    expect(statSync(join(home.path, 'own')).mode & 0o777).toBe(0o700);
    expect(statSync(join(home.path, 'own', 'likeness.sqlite')).mode & 0o777).toBe(0o600);
  });

  it('serves two connections that write in turn', () => {
    using home = temporaryHome();
    const file = join(home.path, 'likeness.sqlite');
    const [one, other] = [openDatabase(file), openDatabase(file)];
    writeSetting(one, 'from', 'one');
    expect(readSetting(other, 'from')).toBe('one');
    writeSetting(other, 'from', 'other');
    expect(readSetting(one, 'from')).toBe('other');
    one.close();
    other.close();
  });

  it('says that a file is no database', () => {
    using home = temporaryHome();
    const file = join(home.path, 'likeness.sqlite');
    writeFileSync(file, 'This is a letter to my grandmother, long enough to be read as a database header by somebody who is not careful.');
    expect(() => openDatabase(file)).toThrow(storage(/is not a Likeness database.*Put a backup in its place/));
  });

  it('says that a file is damaged', () => {
    using home = temporaryHome();
    const file = join(home.path, 'likeness.sqlite');
    const whole = openDatabase(file);
    for (let index = 0; index < 200; index++) writeSetting(whole, `key ${index}`, 'x'.repeat(300));
    whole.close();
    const size = statSync(file).size;
    writeFileSync(file, Buffer.alloc(size - 4096, 7), { flag: 'r+' });
    expect(() => openDatabase(file)).toThrow(storage(/damaged/));
  });

  it('says that the disk is full, and keeps nothing half written', () => {
    using home = temporaryHome();
    const database = openDatabase(join(home.path, 'likeness.sqlite'));
    database.pragma(`max_page_count = ${(database.pragma('page_count', { simple: true }) as number) + 4}`);
    const fill = (): void =>
      transaction(database, () => {
        for (let index = 0; index < 100; index++) writeSetting(database, `key ${index}`, 'x'.repeat(3000));
      });
    expect(fill).toThrow(storage(/is full.*free some space and try again/));
    expect(sql<{ count: number }>(database, 'SELECT count(*) AS count FROM settings').get()!.count).toBe(0);
    writeSetting(database, 'small', 1);
    expect(readSetting(database, 'small')).toBe(1);
    database.close();
  });

  it('says that a folder cannot be made', () => {
    using home = temporaryHome();
    writeFileSync(join(home.path, 'file'), '');
    expect(() => openDatabase(join(home.path, 'file', 'likeness.sqlite'))).toThrow(storage(/cannot be made.*choose another data folder/));
  });

  it.skipIf(process.platform === 'win32')('says that a folder is read-only, whether the desk is new or known', () => {
    using home = temporaryHome();
    chmodSync(home.path, 0o755);
    const [fresh, known] = ['new', 'known'].map((name) => join(home.path, name)) as [string, string];
    mkdirSync(fresh);
    openDatabase(join(known, 'likeness.sqlite')).close();
    for (const folder of [fresh, known]) chmodSync(folder, 0o555);
    chmodSync(join(known, 'likeness.sqlite'), 0o444);
    expect(openedByNobody(fresh)).toMatch(/storage: The data folder .*new cannot be opened or written to/);
    expect(openedByNobody(known)).toMatch(/storage: Likeness may not write to .*known/);
  });
});

/** Root may write anywhere, so the folder is opened by somebody who may not. */
function openedByNobody(folder: string): string {
  const isRoot = process.getuid!() === 0;
  const code = `
    import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, 'open-database.ts'))};
    try { openDatabase(process.argv[1]); console.log('opened'); } catch (error) { console.log(error.code + ': ' + error.message); }`;
  const nobody = 65534;
  if (isRoot) chownSync(folder, nobody, nobody);
  return execFileSync(process.execPath, ['--input-type=module', '-e', code, join(folder, 'likeness.sqlite')], {
    encoding: 'utf8', ...(isRoot && { uid: nobody, gid: nobody }),
  });
}
