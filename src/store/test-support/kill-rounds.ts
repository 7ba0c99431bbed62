import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { writeBackup } from '../backup/write-backup.ts';
import { bytesOf } from '../blobs.ts';
import { migrate } from '../migrate.ts';
import { insertModel } from '../models.ts';
import type { Store } from '../store.ts';
import { openStore } from '../store.ts';
import { aModel, anEnrolment, randomBytes } from './sample-rows.ts';

export const killedWorks = ['enrol', 'delete', 'rotate', 'migrate', 'restore'] as const;
export type KilledWork = (typeof killedWorks)[number];

export interface KillCount {
  work: KilledWork;
  kills: number;
  /** Enrolments, deletions, rotations and restores that were acknowledged before a kill. */
  acknowledged: number;
  /** What was acknowledged and is not so: each a sentence. */
  lost: string[];
  /** What was found half done: each a sentence. */
  halfDone: string[];
}

const passphrase = 'correct horse battery';
const people = 40;
/** Within so long a time the kill comes: about as long as the work needs, so that it meets every moment of it. */
const longestMs: Record<KilledWork, number> = { enrol: 900, delete: 900, rotate: 900, migrate: 300, restore: 3000 };

/** Kills a process at work, again and again at a random moment, and looks each time at what is on the disk. */
export async function killRounds(work: KilledWork, kills: number, random: () => number): Promise<KillCount> {
  const folder = mkdtempSync(join(tmpdir(), 'likeness-kills-'));
  const count: KillCount = { work, kills: 0, acknowledged: 0, lost: [], halfDone: [] };
  try {
    const prepared = join(folder, 'prepared');
    await prepare(work, prepared, folder);
    for (let round = 0; round < kills; round++) {
      const home = join(folder, 'home');
      rmSync(home, { recursive: true, force: true });
      cpSync(prepared, home, { recursive: true });
      const said = await workUntilKilled(home, { work, seed: round + 1, waitMs: random() * longestMs[work] });
      count.kills++;
      const acknowledged = said.filter((line) => /^(enrolled|deleted|rotated|restored)/.test(line));
      count.acknowledged += acknowledged.length;
      await judge(home, acknowledged, count);
    }
    return count;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(work: KilledWork, home: string, folder: string): Promise<void> {
  mkdirSync(home);
  if (work === 'migrate') return plainStore(home);
  const store = openStore(home);
  insertModel(store.database, aModel());
  if (work !== 'enrol') for (let who = 0; who < people; who++) await store.gallery.enrol(anEnrolment(`Prepared ${who}`, randomBytes(who, 20_000)));
  if (work === 'restore') await writeBackup(home, store, { file: join(folder, 'backup'), passphrase });
  store.close();
}

/** Version 4, with its people in the clear. */
function plainStore(home: string): void {
  const database = new SQLite(join(home, 'likeness.sqlite'));
  database.pragma('journal_mode = WAL');
  migrate(database, 4);
  insertModel(database, aModel());
  const subject = database.prepare(`INSERT INTO subjects (id, name, note, is_demo, created_at) VALUES (?, ?, '', 0, 1)`);
  const sample = database.prepare(`INSERT INTO samples (id, subject_id, file_name, width, height, sha256, is_demo, created_at, bytes) VALUES (?, ?, 'a.png', 1, 1, ?, 0, 1, ?)`);
  const template = database.prepare(`INSERT INTO templates (sample_id, model_id, weights_hash, size, vector) VALUES (?, 'model-1', 'weights-1', 4, ?)`);
  for (let who = 0; who < people; who++) {
    subject.run(`subject-${who}`, `Prepared ${who}`);
    sample.run(`sample-${who}`, `subject-${who}`, `hash-${who}`, randomBytes(who, 20_000));
    template.run(`sample-${who}`, bytesOf(new Float32Array([1, 0, 0, 0])));
  }
  database.close();
}

function workUntilKilled(home: string, { work, seed, waitMs }: { work: KilledWork; seed: number; waitMs: number }): Promise<string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-store.ts'), home, work, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, errors, isTimed] = ['', '', false];
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { errors += chunk; });
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    // The clock starts when the work does, not when Node does.
    if (isTimed) return;
    isTimed = true;
    setTimeout(() => child.kill('SIGKILL'), waitMs);
  });
  return new Promise((settle, reject) => {
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`The process that was to be killed ended by itself: ${errors}`));
      else settle(text.split('\n').slice(0, -1));
    });
  });
}

async function judge(home: string, acknowledged: readonly string[], count: KillCount): Promise<void> {
  let store: Store;
  try {
    store = openStore(home);
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
    if (count.work !== 'enrol' && count.work !== 'delete' && subjects.length !== people) count.halfDone.push(`${subjects.length} people of ${people}`);
    for (const { id, name, samples, templates, portrait } of subjects) {
      const picture = portrait === null ? undefined : await store.gallery.readSample(portrait);
      const references = await store.gallery.listReferences(id, { modelId: 'model-1', weightsHash: 'weights-1', size: 4 });
      if (samples !== 1 || templates !== 1 || picture === undefined || references.length !== 1) count.halfDone.push(`${name} is not whole`);
    }
    if (store.database.pragma('integrity_check', { simple: true }) !== 'ok') count.halfDone.push('the database is damaged');
    const { problem } = store.audit.verify();
    if (problem !== null) count.halfDone.push(`the audit: ${problem.message}`);
    for (const leftover of ['.restoring', '.replaced', 'restore.journal']) if (existsSync(join(home, leftover))) count.halfDone.push(`${leftover} is left`);
  } catch (error) {
    count.halfDone.push(String(error));
  } finally {
    store.close();
  }
}
