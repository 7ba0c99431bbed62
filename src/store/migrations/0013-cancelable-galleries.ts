/**
 * Version 13: templates under a keyed transform (docs/decisions/0013-cancelable-galleries.md). A template names the protection that it was made
 * under, '' where there is none. While a gallery gets another, the new templates lie beside the old ones until all are there. Thresholds are of
 * a model and a transform.
 */
export const cancelableGalleries = `
ALTER TABLE templates ADD COLUMN protection TEXT NOT NULL DEFAULT '';

CREATE TABLE template_protections (
  state TEXT PRIMARY KEY CHECK (state IN ('current', 'next')),
  id TEXT NOT NULL UNIQUE,
  transform TEXT NOT NULL CHECK (transform IN ('none', 'random-orthogonal', 'bio-hash', 'mlp-hash')),
  key BLOB,
  created_at INTEGER NOT NULL,
  CHECK ((transform = 'none') = (key IS NULL)),
  CHECK ((transform = 'none') = (id = ''))
) STRICT, WITHOUT ROWID;
INSERT INTO template_protections (state, id, transform, key, created_at) VALUES ('current', '', 'none', NULL, 0);

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

CREATE TABLE thresholds_of_transforms (
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
INSERT INTO thresholds_of_transforms (model_id, threshold, target_fmr, fmr, fnmr, non_mated_comparisons, dataset_name, evaluation_id, chosen_at)
  SELECT model_id, threshold, target_fmr, fmr, fnmr, non_mated_comparisons, dataset_name, evaluation_id, chosen_at FROM thresholds;
DROP TABLE thresholds;
ALTER TABLE thresholds_of_transforms RENAME TO thresholds;
`;
