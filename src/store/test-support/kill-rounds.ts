import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../store.ts';
import { openChosenStore, openSharedStore, openStore } from '../store.ts';
import { prepareFolder, preparedPeople, prepareStation } from './killed-galleries.ts';
import { vectorUnder } from './sample-rows.ts';
import type { PostgresServer } from './postgres-server.ts';

/** With the gallery in the folder. */
export const killedWorks = ['enrol', 'delete', 'rotate', 'reissue', 'migrate', 'restore'] as const;
/** With the gallery on a server. 'server' is enrolling, with a process of the server killed besides. */
export const killedAtServer = ['enrol', 'delete', 'rotate', 'reissue', 'migrate', 'move', 'server'] as const;
export type KilledWork = (typeof killedWorks)[number] | (typeof killedAtServer)[number];

export interface KillCount {
  work: KilledWork;
  kills: number;
  /** Enrolments, deletions, rotations, moves and restores that were acknowledged before a kill. */
  acknowledged: number;
  /** What was acknowledged and is not so: each a sentence. */
  lost: string[];
  /** What was found half done: each a sentence. */
  halfDone: string[];
}

export interface KillOptions {
  random: () => number;
  /** Where the gallery lies; null: in the folder. */
  server: PostgresServer | null;
}

/** Within so long a time the kill comes: about as long as the work needs, so that it meets every moment of it. */
const longestMs: Record<KilledWork, number> = { enrol: 900, delete: 900, rotate: 900, reissue: 900, migrate: 300, restore: 3000, move: 1500, server: 900 };

/** Kills a process at work, again and again at a random moment, and looks each time at what is there. */
export async function killRounds(work: KilledWork, kills: number, { random, server }: KillOptions): Promise<KillCount> {
  const folder = mkdtempSync(join(tmpdir(), 'likeness-kills-'));
  const count: KillCount = { work, kills: 0, acknowledged: 0, lost: [], halfDone: [] };
  try {
    const prepared = join(folder, 'prepared');
    const origin = await server?.freshDatabase();
    await (origin === undefined ? prepareFolder(work, prepared, folder) : prepareStation(work, prepared, origin));
    for (let round = 0; round < kills; round++) {
      const home = join(folder, 'home');
      rmSync(home, { recursive: true, force: true });
      cpSync(prepared, home, { recursive: true });
      const address = origin === undefined ? undefined : await server!.copyOf(origin);
      const victim = { work, address, seed: round + 1, waitMs: random() * longestMs[work] };
      const said = await workUntilKilled(home, victim, async () => {
        if (work !== 'server') return;
        await server!.killBackend(address!, random);
        await sleep(random() * longestMs.server);
      });
      count.kills += work === 'server' ? 2 : 1;
      const acknowledged = said.filter((line) => /^(enrolled|deleted|rotated|reissued|restored|moved)/.test(line));
      count.acknowledged += acknowledged.length;
      await judge(() => open(home, work, address), { home, acknowledged, count });
    }
    return count;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(home: string, work: KilledWork, address: string | undefined): Promise<Store> {
  if (address === undefined) return openStore(home);
  return work === 'move' ? openChosenStore(home, null) : openSharedStore(home, address);
}

interface Victim {
  work: KilledWork;
  address: string | undefined;
  seed: number;
  waitMs: number;
}

/** What it has said until then. `before` is done at the random moment, and then the process is killed. */
function workUntilKilled(home: string, { work, address, seed, waitMs }: Victim, before: () => Promise<void>): Promise<string[]> {
  const script = join(import.meta.dirname, 'killed-store.ts');
  const child = spawn(process.execPath, [script, home, work, String(seed), ...(address === undefined ? [] : [address])], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, errors, isTimed] = ['', '', false];
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { errors += chunk; });
  return new Promise((settle, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      // The clock starts when the work does, not when Node does.
      if (isTimed) return;
      isTimed = true;
      sleep(waitMs).then(before).catch(reject).finally(() => child.kill('SIGKILL'));
    });
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`The process that was to be killed ended by itself: ${errors}`));
      else settle(text.split('\n').slice(0, -1));
    });
  });
}

interface Found {
  home: string;
  acknowledged: readonly string[];
  count: KillCount;
}

async function judge(reopen: () => Promise<Store>, { home, acknowledged, count }: Found): Promise<void> {
  let store: Store;
  try {
    store = await reopen();
  } catch (error) {
    count.halfDone.push(`the store does not open: ${String(error)}`);
    return;
  }
  try {
    const { subjects } = await store.gallery.listSubjects({ search: '', offset: 0, limit: 10_000, modelId: 'model-1' });
    const names = new Set(subjects.map(({ name }) => name));
    for (const line of acknowledged) {
      if (line.startsWith('enrolled ') && !names.has(line.slice('enrolled '.length))) count.lost.push(line);
      if (line.startsWith('deleted ') && names.has(line.slice('deleted '.length))) count.lost.push(line);
    }
    const isSettled = ['rotate', 'reissue', 'migrate', 'restore', 'move'].includes(count.work);
    if (isSettled && subjects.length !== preparedPeople) count.halfDone.push(`${subjects.length} people of ${preparedPeople}`);
    const { current, next } = await store.gallery.protections.read();
    for (const { id, name, samples, templates, portrait } of subjects) {
      const picture = portrait === null ? undefined : await store.gallery.readSample(portrait);
      const references = await store.gallery.listReferences(id, { modelId: 'model-1', weightsHash: 'weights-1', size: 4, protection: current.id });
      if (samples !== 1 || templates !== 1 || picture === undefined || references.length !== 1) count.halfDone.push(`${name} is not whole`);
      const isRight = references.every(({ vector }) => current.id === '' || vector.every((value, index) => value === vectorUnder(current.id)[index]));
      if (!isRight) count.halfDone.push(`${name} has a template of another key`);
    }
    if (next !== null && next.id === current.id) count.halfDone.push('a change of the protection is half taken over');
    if (store.database.pragma('integrity_check', { simple: true }) !== 'ok') count.halfDone.push('the database is damaged');
    const { problem } = store.audit.verify();
    if (problem !== null) count.halfDone.push(`the audit: ${problem.message}`);
    for (const leftover of ['.restoring', '.replaced', 'restore.journal']) if (existsSync(join(home, leftover))) count.halfDone.push(`${leftover} is left`);
  } catch (error) {
    count.halfDone.push(String(error));
  } finally {
    await store.close();
  }
}
