/** Version 10: of an evaluation with too many comparisons to keep, some; the others follow from its templates. */
export const keptPairs = `
CREATE TABLE evaluation_pairs (
  evaluation_id TEXT PRIMARY KEY REFERENCES evaluations (id) ON DELETE CASCADE,
  mated INTEGER NOT NULL,
  drawn INTEGER NOT NULL,
  first BLOB NOT NULL,
  second BLOB NOT NULL,
  scores BLOB NOT NULL
) STRICT;
`;
