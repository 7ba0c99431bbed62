CREATE INDEX audit_lines_by_subject ON audit_lines (subject_id, sequence);

CREATE INDEX dataset_samples_by_subject ON dataset_samples (dataset_id, subject, position);

CREATE UNIQUE INDEX dataset_samples_in_order ON dataset_samples (dataset_id, position);

CREATE INDEX jobs_by_age ON jobs (created_at);

CREATE UNIQUE INDEX samples_by_content ON samples (content_tag, subject_id);

CREATE INDEX samples_by_subject ON samples (subject_id, created_at);

CREATE INDEX subject_changes_by_revision ON subject_changes (revision);

CREATE INDEX subjects_by_revision ON subjects (revision);

CREATE INDEX templates_by_model ON templates (model_id, weights_hash, size);

CREATE TABLE audit_lines (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  subject_id TEXT,
  details TEXT NOT NULL CHECK (json_valid(details)),
  key INTEGER NOT NULL,
  previous BLOB NOT NULL,
  mac BLOB NOT NULL
, operator TEXT) STRICT;

CREATE TABLE dataset_samples (
  id TEXT PRIMARY KEY,
  dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  subject TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('train', 'validation', 'test')),
  sha256 TEXT NOT NULL,
  pixel_hash TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  metadata TEXT NOT NULL CHECK (json_valid(metadata))
) STRICT;

CREATE TABLE datasets (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  modality TEXT NOT NULL CHECK (modality IN ('face', 'finger')),
  layout TEXT NOT NULL CHECK (layout IN ('auto', 'folders', 'orl', 'csv')),
  path TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('importing', 'ready', 'failed')),
  split TEXT NOT NULL CHECK (json_valid(split)),
  columns TEXT NOT NULL CHECK (json_valid(columns)),
  findings TEXT NOT NULL CHECK (json_valid(findings)),
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  credit TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE deletion_receipts (
  subject_id TEXT PRIMARY KEY,
  deleted_at INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  templates INTEGER NOT NULL,
  rows_left INTEGER NOT NULL
, files_scanned INTEGER, files_left INTEGER, key INTEGER, signature BLOB, scan TEXT CHECK (json_valid(scan))) STRICT;

CREATE TABLE evaluation_maps (
  evaluation_id TEXT NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
  projection TEXT NOT NULL CHECK (projection IN ('pca', 'umap')),
  explained TEXT CHECK (json_valid(explained)),
  points BLOB NOT NULL,
  PRIMARY KEY (evaluation_id, projection)
) STRICT;

CREATE TABLE evaluation_pairs (
  evaluation_id TEXT PRIMARY KEY REFERENCES evaluations (id) ON DELETE CASCADE,
  mated INTEGER NOT NULL,
  drawn INTEGER NOT NULL,
  first BLOB NOT NULL,
  second BLOB NOT NULL,
  scores BLOB NOT NULL
) STRICT;

CREATE TABLE evaluation_scores (
  evaluation_id TEXT NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
  system TEXT NOT NULL CHECK (system IN ('model', 'untrained', 'raw-pixels')),
  scores BLOB NOT NULL,
  PRIMARY KEY (evaluation_id, system)
) STRICT;

CREATE TABLE evaluation_templates (
  evaluation_id TEXT PRIMARY KEY REFERENCES evaluations (id) ON DELETE CASCADE,
  size INTEGER NOT NULL CHECK (size > 0),
  vectors BLOB NOT NULL
, sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1))) STRICT;

CREATE TABLE evaluations (
  id TEXT PRIMARY KEY,
  model_id TEXT NOT NULL,
  dataset_id TEXT NOT NULL,
  report TEXT NOT NULL CHECK (json_valid(report)),
  samples TEXT NOT NULL CHECK (json_valid(samples)),
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  desk_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  subject_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  done REAL NOT NULL,
  total REAL,
  unit TEXT NOT NULL,
  rate REAL,
  remaining_ms REAL,
  message TEXT NOT NULL,
  error_code TEXT,
  error_message TEXT,
  cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  created_at INTEGER NOT NULL,
  ended_at INTEGER
, result TEXT CHECK (json_valid(result))) STRICT;

CREATE TABLE keyring (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  store_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  slots TEXT NOT NULL CHECK (json_valid(slots)),
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE label_marks (
  dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  subject TEXT,
  marked_at INTEGER NOT NULL,
  PRIMARY KEY (dataset_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE measurements (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('protocol', 'scores')),
  scores_file TEXT NOT NULL,
  report TEXT NOT NULL CHECK (json_valid(report)),
  sides TEXT NOT NULL CHECK (json_valid(sides)),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE model_training_samples (
  model_id TEXT NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  pixel_hash TEXT NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (model_id, pixel_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('trained-here', 'shipped')),
  run_id TEXT REFERENCES runs (id) ON DELETE SET NULL,
  recipe TEXT NOT NULL CHECK (json_valid(recipe)),
  embedding_size INTEGER NOT NULL CHECK (embedding_size > 0),
  trained_on TEXT NOT NULL,
  licence TEXT NOT NULL,
  epoch INTEGER,
  validation_eer REAL,
  weights_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (id, weights_hash, embedding_size)
) STRICT;

CREATE TABLE next_templates (
  sample_id TEXT NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
  model_id TEXT NOT NULL,
  weights_hash TEXT NOT NULL,
  size INTEGER NOT NULL,
  protection TEXT NOT NULL,
  vector BLOB NOT NULL,
  CHECK (length(vector) = 4 * size + 29),
  PRIMARY KEY (sample_id, model_id),
  FOREIGN KEY (model_id, weights_hash, size) REFERENCES models (id, weights_hash, embedding_size) ON DELETE CASCADE
) STRICT;

CREATE TABLE "plain_job_lines" (
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  text TEXT NOT NULL,
  about TEXT,
  PRIMARY KEY (job_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE "plain_samples" (
  id TEXT PRIMARY KEY,
  subject_id TEXT NOT NULL REFERENCES "plain_subjects" (id) ON DELETE CASCADE,
  file_name TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  created_at INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE "plain_subjects" (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  note TEXT NOT NULL,
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE "plain_templates" (
  sample_id TEXT NOT NULL REFERENCES "plain_samples" (id) ON DELETE CASCADE,
  model_id TEXT NOT NULL,
  weights_hash TEXT NOT NULL,
  size INTEGER NOT NULL,
  vector BLOB NOT NULL,
  CHECK (length(vector) = 4 * size),
  PRIMARY KEY (sample_id, model_id),
  FOREIGN KEY (model_id, weights_hash, size) REFERENCES models (id, weights_hash, embedding_size) ON DELETE CASCADE
) STRICT;

CREATE TABLE revisions (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run_epochs (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  step INTEGER NOT NULL,
  mean_loss REAL NOT NULL,
  validation_eer REAL,
  learning_rate REAL NOT NULL,
  alarm TEXT,
  kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
  duration_ms REAL NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_samples (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  subject TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('train', 'validation')),
  pixel_hash TEXT NOT NULL,
  metadata TEXT NOT NULL CHECK (json_valid(metadata)), dataset INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_steps (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  loss REAL NOT NULL,
  learning_rate REAL NOT NULL,
  active_share REAL,
  positive_distance REAL,
  negative_distance REAL,
  skipped TEXT NOT NULL CHECK (json_valid(skipped)),
  images_per_second REAL, mean_norm REAL, mean_cosine REAL, alarm TEXT,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  dataset_id TEXT REFERENCES datasets (id) ON DELETE SET NULL,
  dataset_name TEXT NOT NULL,
  recipe TEXT NOT NULL CHECK (json_valid(recipe)),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  error TEXT,
  job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
  device TEXT,
  parameters INTEGER,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
, costliest TEXT CHECK (json_valid(costliest))) STRICT;

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

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_keys (
  purpose TEXT NOT NULL CHECK (purpose IN ('audit', 'receipt')),
  number INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  public BLOB,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (purpose, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE subject_changes (
  subject_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE subjects (
  id TEXT PRIMARY KEY,
  name_tag BLOB NOT NULL UNIQUE,
  key BLOB NOT NULL,
  details BLOB NOT NULL,
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  created_at INTEGER NOT NULL,
  revision INTEGER NOT NULL
, expires_at INTEGER) STRICT;

CREATE TABLE template_protections (
  state TEXT PRIMARY KEY CHECK (state IN ('current', 'next')),
  id TEXT NOT NULL UNIQUE,
  transform TEXT NOT NULL CHECK (transform IN ('none', 'random-orthogonal', 'bio-hash', 'mlp-hash')),
  key BLOB,
  created_at INTEGER NOT NULL,
  CHECK ((transform = 'none') = (key IS NULL)),
  CHECK ((transform = 'none') = (id = ''))
) STRICT, WITHOUT ROWID;

CREATE TABLE templates (
  sample_id TEXT NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
  model_id TEXT NOT NULL,
  weights_hash TEXT NOT NULL,
  size INTEGER NOT NULL,
  vector BLOB NOT NULL, protection TEXT NOT NULL DEFAULT '',
  CHECK (length(vector) = 4 * size + 29),
  PRIMARY KEY (sample_id, model_id),
  FOREIGN KEY (model_id, weights_hash, size) REFERENCES models (id, weights_hash, embedding_size) ON DELETE CASCADE
) STRICT;

CREATE TABLE "thresholds" (
  model_id TEXT NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  transform TEXT NOT NULL DEFAULT 'none' CHECK (transform IN ('none', 'bio-hash', 'mlp-hash')),
  threshold REAL NOT NULL,
  target_fmr REAL NOT NULL,
  fmr TEXT NOT NULL CHECK (json_valid(fmr)),
  fnmr TEXT NOT NULL CHECK (json_valid(fnmr)),
  non_mated_comparisons INTEGER NOT NULL,
  dataset_name TEXT NOT NULL,
  evaluation_id TEXT REFERENCES evaluations (id) ON DELETE SET NULL,
  chosen_at INTEGER NOT NULL,
  PRIMARY KEY (model_id, transform)
) STRICT;

CREATE TRIGGER samples_leave BEFORE DELETE ON samples BEGIN
  UPDATE revisions SET value = value + 1 WHERE name = 'gallery';
  INSERT INTO subject_changes (subject_id, revision)
    SELECT OLD.subject_id, revisions.value FROM revisions WHERE revisions.name = 'gallery'
    ON CONFLICT (subject_id) DO UPDATE SET revision = excluded.revision;
END;

CREATE TRIGGER subjects_removed AFTER DELETE ON subjects
  BEGIN UPDATE revisions SET value = value + 1 WHERE name = 'subjects'; END;

CREATE TRIGGER templates_added AFTER INSERT ON templates BEGIN
  UPDATE revisions SET value = value + 1 WHERE name = 'gallery';
  INSERT INTO subject_changes (subject_id, revision)
    SELECT samples.subject_id, revisions.value FROM samples, revisions WHERE samples.id = NEW.sample_id AND revisions.name = 'gallery'
    ON CONFLICT (subject_id) DO UPDATE SET revision = excluded.revision;
END;

CREATE TRIGGER templates_changed AFTER UPDATE ON templates BEGIN
  UPDATE revisions SET value = value + 1 WHERE name = 'gallery';
  INSERT INTO subject_changes (subject_id, revision)
    SELECT samples.subject_id, revisions.value FROM samples, revisions WHERE samples.id = NEW.sample_id AND revisions.name = 'gallery'
    ON CONFLICT (subject_id) DO UPDATE SET revision = excluded.revision;
END;

CREATE TRIGGER templates_removed AFTER DELETE ON templates BEGIN
  UPDATE revisions SET value = value + 1 WHERE name = 'gallery';
  INSERT INTO subject_changes (subject_id, revision)
    SELECT samples.subject_id, revisions.value FROM samples, revisions WHERE samples.id = OLD.sample_id AND revisions.name = 'gallery'
    ON CONFLICT (subject_id) DO UPDATE SET revision = excluded.revision;
END;
