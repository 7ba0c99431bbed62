import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate, migrations, schemaVersion } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import type { Database } from './statement.ts';
import { temporaryHome } from './test-support/temporary-home.ts';

/** What a desk of each earlier version may hold; a new migration needs the rows of the version before it. */
const rowsOfVersion: Record<number, string> = {
  0: '',
  1: `INSERT INTO runs (id, name, dataset_name, recipe, state, created_at) VALUES ('run-1', 'Faces', 'ORL', '{}', 'done', 1);
      INSERT INTO run_steps (run_id, step, epoch, loss, learning_rate, skipped) VALUES ('run-1', 0, 0, 0.5, 0.1, '{}');`,
  2: `INSERT INTO runs (id, name, dataset_name, recipe, state, created_at) VALUES ('run-1', 'Faces', 'ORL', '{}', 'done', 1);
      INSERT INTO run_samples (run_id, position, path, subject, part, pixel_hash, metadata) VALUES ('run-1', 0, '/a.png', 's1', 'train', 'a', '{}');`,
  3: `INSERT INTO evaluations (id, model_id, dataset_id, report, samples, is_demo, created_at) VALUES ('evaluation-1', 'm', 'd', '{}', '[]', 0, 1);`,
  4: `INSERT INTO models (id, name, source, recipe, embedding_size, trained_on, licence, weights_hash, created_at)
        VALUES ('model-1', 'Faces', 'trained-here', '{}', 1, 'ORL', 'own', 'w', 1);
      INSERT INTO subjects (id, name, note, is_demo, created_at) VALUES ('subject-1', 'Anna', '', 0, 1);
      INSERT INTO samples (id, subject_id, file_name, width, height, sha256, is_demo, created_at, bytes) VALUES ('sample-1', 'subject-1', 'a.png', 1, 1, 'x', 0, 1, x'00');
      INSERT INTO templates (sample_id, model_id, weights_hash, size, vector) VALUES ('sample-1', 'model-1', 'w', 1, x'00000000');
      INSERT INTO jobs (id, desk_id, kind, title, state, done, unit, message, created_at) VALUES ('job-1', 'desk-1', 'enrol-folder', 't', 'done', 1, 'images', '', 1);
      INSERT INTO job_lines (job_id, line, text, about) VALUES ('job-1', 1, 'Anna/2.png: dark', 'Anna');`,
  5: `INSERT INTO evaluations (id, model_id, dataset_id, report, samples, is_demo, created_at) VALUES ('evaluation-1', 'm', 'd', '{}', '[]', 0, 1);
      INSERT INTO evaluation_templates (evaluation_id, size, vectors) VALUES ('evaluation-1', 2, x'0000000000000000');`,
  6: `INSERT INTO subjects (id, name_tag, key, details, is_demo, created_at, revision) VALUES ('subject-1', x'01', x'02', x'03', 0, 1, 1);
      INSERT INTO samples (id, subject_id, content_tag, details, width, height, is_demo, created_at, bytes) VALUES ('sample-1', 'subject-1', x'04', x'05', 1, 1, 0, 1, x'06');`,
  7: `INSERT INTO jobs (id, desk_id, kind, title, state, done, unit, message, created_at) VALUES ('job-1', 'desk-1', 'embed', 't', 'done', 1, 'images', '', 1);`,
  8: `INSERT INTO deletion_receipts (subject_id, deleted_at, samples, templates, rows_left) VALUES ('subject-9', 1, 2, 2, 0);
      INSERT INTO subjects (id, name_tag, key, details, is_demo, created_at, revision) VALUES ('subject-1', x'01', x'02', x'03', 0, 1, 1);`,
  9: `INSERT INTO evaluations (id, model_id, dataset_id, report, samples, is_demo, created_at) VALUES ('evaluation-1', 'm', 'd', '{}', '[]', 0, 1);
      INSERT INTO measurements (id, kind, scores_file, report, sides, created_at) VALUES ('scores-1', 'scores', '/s.csv', '{}', '[]', 1);`,
  10: `INSERT INTO audit_lines (sequence, at, action, details, key, previous, mac) VALUES (1, 1, 'verify', '{}', 1, x'00', x'01');
      INSERT INTO evaluations (id, model_id, dataset_id, report, samples, is_demo, created_at) VALUES ('evaluation-1', 'm', 'd', '{}', '[]', 0, 1);
      INSERT INTO evaluation_templates (evaluation_id, size, vectors) VALUES ('evaluation-1', 2, x'0000000000000000');`,
  11: `INSERT INTO audit_lines (sequence, at, action, details, key, previous, mac) VALUES (1, 1, 'verify', '{}', 1, x'00', x'01');`,
  12: `INSERT INTO models (id, name, source, recipe, embedding_size, trained_on, licence, weights_hash, created_at)
        VALUES ('model-1', 'Faces', 'trained-here', '{}', 1, 'ORL', 'own', 'w', 1);
      INSERT INTO subjects (id, name_tag, key, details, is_demo, created_at, revision) VALUES ('subject-1', x'01', x'02', x'03', 0, 1, 1);
      INSERT INTO samples (id, subject_id, content_tag, details, width, height, is_demo, created_at, bytes) VALUES ('sample-1', 'subject-1', x'04', x'05', 1, 1, 0, 1, x'06');
      INSERT INTO templates (sample_id, model_id, weights_hash, size, vector) VALUES ('sample-1', 'model-1', 'w', 1, zeroblob(33));
      INSERT INTO thresholds (model_id, threshold, target_fmr, fmr, fnmr, non_mated_comparisons, dataset_name, chosen_at)
        VALUES ('model-1', 0.5, 0.01, '{}', '{}', 100, 'ORL', 1);`,
  13: `INSERT INTO deletion_receipts (subject_id, deleted_at, samples, templates, rows_left, files_scanned, files_left, key, signature)
        VALUES ('subject-9', 1, 2, 2, 0, 4, 0, 1, x'00');`,
};

/** Tables whose rows wait under another name until the store's keys are there. */
const renamedIn5 = ['subjects', 'samples', 'templates', 'job_lines'];

const schemaOf = (database: Database): string =>
  (database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name').all() as { sql: string }[])
    .map(({ sql }) => `${sql};\n`)
    .join('\n');

describe('the schema', () => {
  it('is the one that was agreed on', async () => {
    using home = temporaryHome();
    const database = openDatabase(join(home.path, 'likeness.sqlite'));
    await expect(schemaOf(database)).toMatchFileSnapshot('./migrations/schema.snapshot.sql');
    database.close();
  });

  it('has only STRICT tables', () => {
    const database = new SQLite(':memory:');
    migrate(database);
    const tables = database.prepare(`SELECT name, "strict" AS isStrict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).all();
    expect(tables.length).toBeGreaterThan(15);
    expect(tables.filter((table) => (table as { isStrict: number }).isStrict !== 1)).toEqual([]);
  });
});

describe('migrations', () => {
  it.each([...migrations.keys()])('bring version %i to the newest schema and keep its rows', (version) => {
    const newest = new SQLite(':memory:');
    migrate(newest);
    const old = new SQLite(':memory:');
    migrate(old, version);
    expect(schemaVersion(old)).toBe(version);
    old.exec(rowsOfVersion[version]!);
    const before = rowsOf(old);
    delete before['revisions'];
    migrate(old);
    expect(schemaOf(old)).toBe(schemaOf(newest));
    expect(rowsOf(old)).toMatchObject(version >= 5 ? before : renamed(before));
    expect(old.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(old.pragma('foreign_key_check')).toEqual([]);
  });

  it('leave a current database alone', () => {
    const database = new SQLite(':memory:');
    migrate(database);
    const schema = schemaOf(database);
    migrate(database);
    expect(schemaOf(database)).toBe(schema);
  });

  it('leave the old version whole when one of them fails', () => {
    using home = temporaryHome();
    const database = new SQLite(join(home.path, 'broken.sqlite'));
    database.exec('CREATE TABLE datasets (id TEXT)');
    expect(() => migrate(database)).toThrow(/already exists/);
    expect(schemaVersion(database)).toBe(0);
    expect(schemaOf(database)).toBe('CREATE TABLE datasets (id TEXT);\n');
    database.close();
  });

  it('refuse a database of a newer Likeness, and say what to do', () => {
    using home = temporaryHome();
    const file = join(home.path, 'likeness.sqlite');
    const newer = new SQLite(file);
    newer.pragma(`user_version = ${migrations.length + 1}`);
    newer.close();
    expect(() => openDatabase(file)).toThrow(expect.objectContaining({
      code: 'storage',
      message: expect.stringMatching(/written by a newer Likeness.*Update Likeness, or choose another data folder/),
    }));
  });
});

function rowsOf(database: Database): Record<string, unknown[]> {
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).all() as { name: string }[];
  return Object.fromEntries(tables.map(({ name }) => [name, database.prepare(`SELECT * FROM ${name}`).all()]));
}

function renamed(rows: Record<string, unknown[]>): Record<string, unknown[]> {
  return Object.fromEntries(Object.entries(rows).map(([table, kept]) => [renamedIn5.includes(table) ? `plain_${table}` : table, kept]));
}
