/**
 * Version 5: what is about people is sealed (docs/decisions/0007-key-hierarchy.md). The tables in plain text keep their rows under
 * another name until the store's first start with a key moves them, sealed, into the new ones (`seal-plain-rows.ts`), and are empty
 * from then on. `name_tag` and `content_tag` are keyed hashes; an envelope is 29 bytes longer than what it holds.
 */
export const sealedGallery = `
CREATE TABLE keyring (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  store_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  slots TEXT NOT NULL CHECK (json_valid(slots)),
  changed_at INTEGER NOT NULL
) STRICT;

DROP TRIGGER templates_added;
DROP TRIGGER templates_changed;
DROP TRIGGER templates_removed;
DROP INDEX samples_by_content;
DROP INDEX samples_by_subject;
DROP INDEX subjects_by_name;
DROP INDEX templates_by_model;
ALTER TABLE subjects RENAME TO plain_subjects;
ALTER TABLE samples RENAME TO plain_samples;
ALTER TABLE templates RENAME TO plain_templates;
ALTER TABLE job_lines RENAME TO plain_job_lines;

CREATE TABLE subjects (
  id TEXT PRIMARY KEY,
  name_tag BLOB NOT NULL UNIQUE,
  key BLOB NOT NULL,
  details BLOB NOT NULL,
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX subjects_by_revision ON subjects (revision);

CREATE TABLE samples (
  id TEXT PRIMARY KEY,
  subject_id TEXT NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
  content_tag BLOB NOT NULL,
  details BLOB NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  created_at INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX samples_by_subject ON samples (subject_id, created_at);
CREATE UNIQUE INDEX samples_by_content ON samples (content_tag, subject_id);

CREATE TABLE templates (
  sample_id TEXT NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
  model_id TEXT NOT NULL,
  weights_hash TEXT NOT NULL,
  size INTEGER NOT NULL,
  vector BLOB NOT NULL,
  CHECK (length(vector) = 4 * size + 29),
  PRIMARY KEY (sample_id, model_id),
  FOREIGN KEY (model_id, weights_hash, size) REFERENCES models (id, weights_hash, embedding_size) ON DELETE CASCADE
) STRICT;
CREATE INDEX templates_by_model ON templates (model_id, weights_hash, size);

CREATE TRIGGER templates_added AFTER INSERT ON templates
  BEGIN UPDATE revisions SET value = value + 1 WHERE name = 'gallery'; END;
CREATE TRIGGER templates_changed AFTER UPDATE ON templates
  BEGIN UPDATE revisions SET value = value + 1 WHERE name = 'gallery'; END;
CREATE TRIGGER templates_removed AFTER DELETE ON templates
  BEGIN UPDATE revisions SET value = value + 1 WHERE name = 'gallery'; END;

INSERT INTO revisions (name, value) VALUES ('subjects', 0);
CREATE TRIGGER subjects_removed AFTER DELETE ON subjects
  BEGIN UPDATE revisions SET value = value + 1 WHERE name = 'subjects'; END;

CREATE TABLE job_lines (
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  text TEXT,
  sealed BLOB,
  about BLOB,
  CHECK ((text IS NULL) <> (sealed IS NULL)),
  CHECK (about IS NULL OR sealed IS NOT NULL),
  PRIMARY KEY (job_id, line)
) STRICT, WITHOUT ROWID;
`;
