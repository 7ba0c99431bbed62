import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { holdDeskLock } from './desk-lock.ts';
import { insertModel } from './models.ts';
import { openStore } from './store.ts';
import { inAnotherProcess } from './test-support/another-process.ts';
import { aModel, anEnrolment, randomBytes, subjectIdOf } from './test-support/sample-rows.ts';
import { temporaryHome } from './test-support/temporary-home.ts';

const each = 15;

/** Resolves with what another process has acknowledged, once it is so many enrolments, and ends it. */
async function enrolElsewhere(home: string, seed: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-support', 'killed-store.ts'), home, 'enrol', String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const enrolled: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('enrolled ')) enrolled.push(line.slice('enrolled '.length));
    if (enrolled.length === each) break;
  }
  child.kill('SIGKILL');
  await ended;
  return enrolled;
}

it('two processes enrol into one store at once, and nothing that either has acknowledged is lost', async () => {
  using home = temporaryHome();
  const store = openStore(home.path);
  insertModel(store.database, aModel());
  const acknowledged = (await Promise.all([enrolElsewhere(home.path, 1), enrolElsewhere(home.path, 2)])).flat();
  console.log(`two processes: ${String(acknowledged.length)} enrolments acknowledged`);
  const { subjects } = await store.gallery.listSubjects({ search: '', offset: 0, limit: 1000, modelId: 'model-1' });
  expect(acknowledged).toHaveLength(2 * each);
  expect(subjects.map(({ name }) => name)).toEqual(expect.arrayContaining(acknowledged));
  expect(subjects.every(({ samples, templates }) => samples === 1 && templates === 1)).toBe(true);
  expect(store.audit.verify().problem).toBeNull();
  store.close();
});

it('a deletion scans the files and keeps this process its locks: another one neither removes the log nor takes the desk for dead', async () => {
  using home = temporaryHome();
  const desks = join(home.path, 'desks');
  const store = openStore(home.path);
  const lock = holdDeskLock(desks, 'desk-1');
  insertModel(store.database, aModel());
  const enrol = (name: string, seed: number) => store.gallery.enrol(anEnrolment(name, randomBytes(seed, 3000)));
  await enrol('Ann', 1);
  await enrol('Bob', 2);
  await store.gallery.deleteSubject(subjectIdOf('Ann'), 1);
  const answer = inAnotherProcess(`
    const opened = store.openStore(${JSON.stringify(home.path)});
    opened.audit.append({ action: 'settings' });
    await opened.close();
    console.log(deskLock.isDeskAlive(${JSON.stringify(desks)}, 'desk-1'));
  `);
  expect(answer.trim()).toBe('true');
  // Whoever takes a database for closed by everybody else removes its log.
  expect(existsSync(join(home.path, 'likeness.sqlite-wal'))).toBe(true);
  for (let seed = 3; seed < 10; seed++) await enrol(`Person ${seed}`, seed);
  await store.close();
  lock.release();
  const again = openStore(home.path);
  expect(again.database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect((await again.gallery.listSubjects({ search: '', offset: 0, limit: 100, modelId: null })).subjects).toHaveLength(8);
  expect(again.audit.verify()).toMatchObject({ problem: null, lines: 1 });
  await again.close();
});
