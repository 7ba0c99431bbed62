import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

/** Runs statements in another process, which ends of its own accord; `store` and `deskLock` are the modules of this room. Returns what it printed. */
export function inAnotherProcess(statements: string): string {
  const load = (name: string): string => `await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '..', name)).href)})`;
  const script = `const store = ${load('store.ts')}, deskLock = ${load('desk-lock.ts')};\n${statements}`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
}
