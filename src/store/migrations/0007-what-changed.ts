/**
 * Version 7: whose templates changed at which revision, so that a search takes over what is new and not everything again. Of a person
 * who was deleted the identifier stays, as it does in the receipt.
 */
export const whatChanged = `
CREATE TABLE subject_changes (
  subject_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX subject_changes_by_revision ON subject_changes (revision);

DROP TRIGGER templates_added;
DROP TRIGGER templates_changed;
DROP TRIGGER templates_removed;
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
-- A sample takes its templates along, and then nobody could say any more whose they were.
CREATE TRIGGER samples_leave BEFORE DELETE ON samples BEGIN
  UPDATE revisions SET value = value + 1 WHERE name = 'gallery';
  INSERT INTO subject_changes (subject_id, revision)
    SELECT OLD.subject_id, revisions.value FROM revisions WHERE revisions.name = 'gallery'
    ON CONFLICT (subject_id) DO UPDATE SET revision = excluded.revision;
END;
`;
