/** Version 5: templates under a keyed transform, as in SQLite (0013-cancelable-galleries.ts). The keys are sealed by the stations. */
export const cancelableGalleries = `
ALTER TABLE likeness.templates ADD COLUMN protection text NOT NULL DEFAULT '';

CREATE TABLE likeness.template_protections (
  state text PRIMARY KEY CHECK (state IN ('current', 'next')),
  id text NOT NULL UNIQUE,
  transform text NOT NULL CHECK (transform IN ('none', 'random-orthogonal', 'bio-hash', 'mlp-hash')),
  key bytea,
  created_at bigint NOT NULL,
  CHECK ((transform = 'none') = (key IS NULL)),
  CHECK ((transform = 'none') = (id = ''))
);
INSERT INTO likeness.template_protections (state, id, transform, key, created_at) VALUES ('current', '', 'none', NULL, 0);

CREATE TABLE likeness.next_templates (
  sample_id text COLLATE "C" NOT NULL REFERENCES likeness.samples (id) ON DELETE CASCADE,
  model_id text NOT NULL,
  weights_hash text NOT NULL,
  size integer NOT NULL,
  protection text NOT NULL,
  vector bytea NOT NULL CHECK (length(vector) = 4 * size + 29),
  PRIMARY KEY (sample_id, model_id),
  FOREIGN KEY (model_id, weights_hash, size) REFERENCES likeness.models (id, weights_hash, embedding_size) ON DELETE CASCADE
);
ALTER TABLE likeness.next_templates ALTER COLUMN vector SET STORAGE EXTERNAL;
ALTER TABLE likeness.next_templates ALTER COLUMN vector SET STATISTICS 0;
ALTER TABLE likeness.template_protections ALTER COLUMN key SET STATISTICS 0;
`;
