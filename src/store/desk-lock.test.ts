import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clearDeadLocks, holdDeskLock, isDeskAlive } from './desk-lock.ts';
import { temporaryHome } from './test-support/temporary-home.ts';

describe('the lock of a desk', () => {
  it('shows a desk alive until it says farewell', () => {
    using home = temporaryHome();
    const lock = holdDeskLock(home.path, 'desk-1');
    expect(isDeskAlive(home.path, 'desk-1')).toBe(true);
    expect(isDeskAlive(home.path, 'desk-2')).toBe(false);
    lock.release();
    expect(isDeskAlive(home.path, 'desk-1')).toBe(false);
    expect(readdirSync(home.path)).toEqual([]);
  });

  it('shows a desk alive in another process, and dead once that is killed', async () => {
    using home = temporaryHome();
    const code = `
      import { holdDeskLock } from ${JSON.stringify(join(import.meta.dirname, 'desk-lock.ts'))};
      holdDeskLock(process.argv[1], 'desk-1');
      console.log('held');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, home.path], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(isDeskAlive(home.path, 'desk-1')).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isDeskAlive(home.path, 'desk-1')).toBe(false);
  });

  it('is cleared away when its desk is dead and it is not brand new', () => {
    using home = temporaryHome();
    const alive = holdDeskLock(home.path, 'desk-alive');
    for (const name of ['desk-dead.lock', 'desk-new.lock']) writeFileSync(join(home.path, name), '');
    const now = Date.now();
    for (const name of ['desk-dead.lock', 'desk-alive.lock']) utimesSync(join(home.path, name), now / 1000 - 100, now / 1000 - 100);
    clearDeadLocks(home.path, now);
    expect(readdirSync(home.path).filter((name) => name.endsWith('.lock')).sort()).toEqual(['desk-alive.lock', 'desk-new.lock']);
    alive.release();
    expect(existsSync(join(home.path, 'desk-alive.lock'))).toBe(false);
  });
});
