/**
 * Version 6: a statement that changes many templates raises the revision once, not once for each row. Within one transaction every raise leaves an
 * old version of that one row, which the next has to pass by: ten thousand templates took seconds, a hundred thousand minutes, with the gallery
 * locked. What replaces a single template (an upsert) is still told row by row.
 */
export const oneRevisionAStatement = `
DROP TRIGGER templates_changed ON likeness.templates;
CREATE TRIGGER templates_changed AFTER UPDATE OF model_id, weights_hash, size ON likeness.templates
  FOR EACH ROW EXECUTE FUNCTION likeness.templates_changed();

CREATE FUNCTION likeness.many_templates_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_at bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM changed) THEN RETURN NULL; END IF;
  UPDATE likeness.revisions SET value = value + 1 WHERE name = 'gallery' RETURNING value INTO now_at;
  INSERT INTO likeness.subject_changes (subject_id, revision)
    SELECT DISTINCT subject_id, now_at FROM changed JOIN likeness.samples ON samples.id = changed.sample_id
    ON CONFLICT (subject_id) DO UPDATE SET revision = excluded.revision;
  RETURN NULL;
END $$;
CREATE TRIGGER templates_came AFTER INSERT ON likeness.templates REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION likeness.many_templates_changed();
CREATE TRIGGER templates_left AFTER DELETE ON likeness.templates REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION likeness.many_templates_changed();

-- A sample takes its templates along, and then nobody could say any more whose they were.
DROP TRIGGER samples_leave ON likeness.samples;
DROP FUNCTION likeness.samples_leave();
CREATE FUNCTION likeness.samples_left() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_at bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM gone) THEN RETURN NULL; END IF;
  UPDATE likeness.revisions SET value = value + 1 WHERE name = 'gallery' RETURNING value INTO now_at;
  INSERT INTO likeness.subject_changes (subject_id, revision) SELECT DISTINCT subject_id, now_at FROM gone
    ON CONFLICT (subject_id) DO UPDATE SET revision = excluded.revision;
  RETURN NULL;
END $$;
CREATE TRIGGER samples_left AFTER DELETE ON likeness.samples REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION likeness.samples_left();

DROP TRIGGER subjects_removed ON likeness.subjects;
CREATE TRIGGER subjects_removed AFTER DELETE ON likeness.subjects
  FOR EACH STATEMENT EXECUTE FUNCTION likeness.subjects_removed();
`;
