import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { writeBackup } from '../backup/write-backup.ts';
import { bytesOf } from '../blobs.ts';
import { migrate } from '../migrate.ts';
import { insertModel } from '../models.ts';
import { serverPeople } from '../move/server-people.ts';
import { readPeople } from '../move/sqlite-people.ts';
import { readAddress } from '../postgres/address.ts';
import { migrateServer } from '../postgres/migrate-server.ts';
import { connect } from '../postgres/server.ts';
import { writeServerKeyring } from '../postgres/shared-keyring.ts';
import { publishModel } from '../postgres/shared-models.ts';
import { readKeyring } from '../protection/keyring.ts';
import type { Store } from '../store.ts';
import { openSharedStore, openStore } from '../store.ts';
import { listSubjectIds } from '../subjects.ts';
import { aModel, anEnrolment, randomBytes } from './sample-rows.ts';

export const backupPassphrase = 'correct horse battery';
/** So many are there before the work begins, but for that of enrolling. */
export const preparedPeople = 40;

async function fill(store: Store, people: number): Promise<void> {
  insertModel(store.database, aModel());
  for (let who = 0; who < people; who++) await store.gallery.enrol(anEnrolment(`Prepared ${who}`, randomBytes(who, 20_000)));
}

/** A data folder for a kind of work; its backup, where that is wanted, lies beside it. */
export async function prepareFolder(work: string, home: string, folder: string): Promise<void> {
  mkdirSync(home);
  if (work === 'migrate') return plainStore(home);
  const store = openStore(home);
  await fill(store, work === 'enrol' ? 0 : preparedPeople);
  if (work === 'restore') await writeBackup(home, store, { file: join(folder, 'backup'), passphrase: backupPassphrase });
  await store.close();
}

/** The same with the gallery on a server; for 'move' still in the folder. */
export async function prepareStation(work: string, home: string, address: string): Promise<void> {
  mkdirSync(home);
  const isAtHome = work === 'move' || work === 'migrate';
  const store = isAtHome ? openStore(home) : await openSharedStore(home, address);
  await fill(store, work === 'enrol' ? 0 : preparedPeople);
  if (work === 'migrate') await olderServer(store, address);
  await store.close();
}

/** A server's gallery as version 2 had it. */
async function olderServer({ database }: Store, address: string): Promise<void> {
  const server = connect(readAddress(address));
  await migrateServer(server, 2);
  await server.transaction(async (transaction) => {
    await writeServerKeyring(transaction, readKeyring(database)!);
    await publishModel(transaction, aModel());
    // Rows are written as today; version 2 did not know this column of theirs.
    await transaction.run(`ALTER TABLE likeness.templates ADD COLUMN protection text NOT NULL DEFAULT ''`);
    await serverPeople(transaction).insert(readPeople(database, listSubjectIds(database)));
    await transaction.run('ALTER TABLE likeness.templates DROP COLUMN protection');
  });
  await server.close();
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
  for (let who = 0; who < preparedPeople; who++) {
    subject.run(`subject-${who}`, `Prepared ${who}`);
    sample.run(`sample-${who}`, `subject-${who}`, `hash-${who}`, randomBytes(who, 20_000));
    template.run(`sample-${who}`, bytesOf(new Float32Array([1, 0, 0, 0])));
  }
  database.close();
}
