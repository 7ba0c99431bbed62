/**
 * Version 4: what exploring an evaluation needs. The templates it compared (not those of gallery people) and the maps drawn of them;
 * the labels of a dataset that somebody found wrong (subject null: the sample is to be left out).
 */
export const exploring = `
CREATE TABLE evaluation_templates (
  evaluation_id TEXT PRIMARY KEY REFERENCES evaluations (id) ON DELETE CASCADE,
  size INTEGER NOT NULL CHECK (size > 0),
  vectors BLOB NOT NULL
) STRICT;

CREATE TABLE evaluation_maps (
  evaluation_id TEXT NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
  projection TEXT NOT NULL CHECK (projection IN ('pca', 'umap')),
  explained TEXT CHECK (json_valid(explained)),
  points BLOB NOT NULL,
  PRIMARY KEY (evaluation_id, projection)
) STRICT;

CREATE TABLE label_marks (
  dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  subject TEXT,
  marked_at INTEGER NOT NULL,
  PRIMARY KEY (dataset_id, path)
) STRICT, WITHOUT ROWID;
`;
