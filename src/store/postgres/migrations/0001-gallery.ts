/**
 * Version 1: the gallery's rows as SQLite keeps them (0005-sealed-gallery.ts, 0007-what-changed.ts), sealed, in a schema of their own; with the
 * keyring and the models that the stations share. `position` tells the order of coming, as SQLite's rowid does.
 */
export const gallery = `
CREATE TABLE likeness.keyring (
  id integer PRIMARY KEY CHECK (id = 1),
  store_id text NOT NULL,
  epoch bigint NOT NULL,
  slots text NOT NULL,
  changed_at bigint NOT NULL
);

CREATE TABLE likeness.revisions (name text PRIMARY KEY, value bigint NOT NULL);
INSERT INTO likeness.revisions (name, value) VALUES ('gallery', 0), ('subjects', 0);

CREATE TABLE likeness.models (
  id text PRIMARY KEY,
  weights_hash text NOT NULL,
  embedding_size integer NOT NULL CHECK (embedding_size > 0),
  record text,
  weights bytea,
  UNIQUE (id, weights_hash, embedding_size)
);
-- Weights do not get smaller by compression.
ALTER TABLE likeness.models ALTER COLUMN weights SET STORAGE EXTERNAL;

CREATE TABLE likeness.subjects (
  id text COLLATE "C" PRIMARY KEY,
  name_tag bytea NOT NULL UNIQUE,
  key bytea NOT NULL,
  details bytea NOT NULL,
  is_demo boolean NOT NULL,
  created_at bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX subjects_by_revision ON likeness.subjects (revision);

CREATE TABLE likeness.samples (
  position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id text COLLATE "C" PRIMARY KEY,
  subject_id text COLLATE "C" NOT NULL REFERENCES likeness.subjects (id) ON DELETE CASCADE,
  content_tag bytea NOT NULL,
  details bytea NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  is_demo boolean NOT NULL,
  created_at bigint NOT NULL,
  bytes bytea NOT NULL
);
ALTER TABLE likeness.samples ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX samples_by_subject ON likeness.samples (subject_id, created_at, position);
CREATE UNIQUE INDEX samples_by_content ON likeness.samples (content_tag, subject_id);

CREATE TABLE likeness.templates (
  sample_id text COLLATE "C" NOT NULL REFERENCES likeness.samples (id) ON DELETE CASCADE,
  model_id text NOT NULL,
  weights_hash text NOT NULL,
  size integer NOT NULL,
  vector bytea NOT NULL CHECK (length(vector) = 4 * size + 29),
  PRIMARY KEY (sample_id, model_id),
  CONSTRAINT templates_are_of_a_model FOREIGN KEY (model_id, weights_hash, size)
    REFERENCES likeness.models (id, weights_hash, embedding_size) ON DELETE CASCADE
);
ALTER TABLE likeness.templates ALTER COLUMN vector SET STORAGE EXTERNAL;
CREATE INDEX templates_by_model ON likeness.templates (model_id, weights_hash, size);

CREATE TABLE likeness.subject_changes (subject_id text PRIMARY KEY, revision bigint NOT NULL);
CREATE INDEX subject_changes_by_revision ON likeness.subject_changes (revision);

-- Whoever changes the gallery holds the row of its revision until the commit, so revisions are committed in their order, and a reader that has
-- seen one has seen all before it.
CREATE FUNCTION likeness.templates_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_at bigint;
BEGIN
  UPDATE likeness.revisions SET value = value + 1 WHERE name = 'gallery' RETURNING value INTO now_at;
  INSERT INTO likeness.subject_changes (subject_id, revision)
    SELECT subject_id, now_at FROM likeness.samples WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.sample_id ELSE NEW.sample_id END
    ON CONFLICT (subject_id) DO UPDATE SET revision = excluded.revision;
  RETURN NULL;
END $$;
CREATE TRIGGER templates_changed AFTER INSERT OR UPDATE OR DELETE ON likeness.templates
  FOR EACH ROW EXECUTE FUNCTION likeness.templates_changed();

-- A sample takes its templates along, and then nobody could say any more whose they were.
CREATE FUNCTION likeness.samples_leave() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_at bigint;
BEGIN
  UPDATE likeness.revisions SET value = value + 1 WHERE name = 'gallery' RETURNING value INTO now_at;
  INSERT INTO likeness.subject_changes (subject_id, revision) VALUES (OLD.subject_id, now_at)
    ON CONFLICT (subject_id) DO UPDATE SET revision = excluded.revision;
  RETURN OLD;
END $$;
CREATE TRIGGER samples_leave BEFORE DELETE ON likeness.samples FOR EACH ROW EXECUTE FUNCTION likeness.samples_leave();

CREATE FUNCTION likeness.subjects_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE likeness.revisions SET value = value + 1 WHERE name = 'subjects';
  RETURN NULL;
END $$;
CREATE TRIGGER subjects_removed AFTER DELETE ON likeness.subjects FOR EACH ROW EXECUTE FUNCTION likeness.subjects_removed();

-- One message a transaction: PostgreSQL sends equal ones once.
CREATE FUNCTION likeness.tell_stations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('likeness_gallery', '');
  RETURN NULL;
END $$;
CREATE TRIGGER tell_stations AFTER UPDATE ON likeness.revisions FOR EACH STATEMENT EXECUTE FUNCTION likeness.tell_stations();
`;
