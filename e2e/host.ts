import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export const root = resolve(import.meta.dirname, '..');

export interface BrowserHost {
  /** To be opened once. */
  address: string;
  /** Where the window lies, without the token. */
  origin: string;
  home: string;
  /** Kills the engine processes as a crash of native code would: kill -9. Resolves with how many there were. */
  killEngines(): Promise<number>;
  /** Ends it, and leaves its data folder. */
  close(): Promise<void>;
  /** Ends it, and removes the folder if it was made for it. */
  stop(): Promise<void>;
}

/**
 * The browser host, as `npm start` runs it.
 *
 * @param kept a data folder to open; else it is a fresh one, which is removed at the end.
 * @param store where the gallery lies, if not where it was moved to.
 */
export async function startBrowserHost(kept?: string, store?: string): Promise<BrowserHost> {
  return openHost(kept ?? (await freshFolder()), { isOurs: kept === undefined, store });
}

const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'likeness-e2e-'));

/** @param isOurs whether the folder is removed at the end. */
async function openHost(home: string, { isOurs, store }: { isOurs: boolean; store?: string | undefined }): Promise<BrowserHost> {
  const host = spawn(process.execPath, [join(root, 'src', 'server', 'index.ts'), '--home', home, '--no-open', '--json'], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...(store === undefined ? {} : { LIKENESS_STORE: store }) },
  });
  let errors = '';
  host.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
  const address = await Promise.race([
    firstLine(host),
    once(host, 'exit').then(() => Promise.reject(new Error(`The browser host ended at its start: ${errors}`))),
  ]);
  const close = async (): Promise<void> => {
    if (host.exitCode !== null || host.signalCode !== null) return;
    host.kill('SIGTERM');
    await once(host, 'exit');
  };
  const stop = async (): Promise<void> => {
    await close();
    if (isOurs) await rm(home, { recursive: true, force: true });
  };
  return { address, origin: new URL(address).origin, home, killEngines: () => killEngines(host), close, stop };
}

/** A data folder whose demo has been made, for the other journeys of the same run: Playwright empties the folder above at its start. */
const madeDemo = join(root, 'test-results', 'journeys', 'made-demo');

/** Closes a host whose demo has made itself, and leaves a copy of its data to the journeys that start with a demo. */
export async function leaveDemo(host: BrowserHost): Promise<void> {
  await host.close();
  await cp(host.home, madeDemo, { recursive: true });
}

/** A host of one's own with a demo: as the first journey left it, or, where that was not run, made anew. */
export async function startDemoHost(): Promise<BrowserHost> {
  const home = await freshFolder();
  if (existsSync(madeDemo)) await cp(madeDemo, home, { recursive: true });
  return openHost(home, { isOurs: true });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  const lines = createInterface({ input: stdout! });
  const [line] = (await once(lines, 'line')) as [string];
  return (JSON.parse(line) as { address: string }).address;
}

async function killEngines({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const engines = stdout.split('\n').flatMap((line) => {
    const [, id, parent, words] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === pid && words?.includes('engine/index.ts') === true ? [Number(id)] : [];
  });
  for (const engine of engines) process.kill(engine, 'SIGKILL');
  return engines.length;
}
