import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { insertModel } from './models.ts';
import { openStore } from './store.ts';
import { aModel } from './test-support/sample-rows.ts';
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
