/**
 * Version 6: runs of protocols and imported score files. Their scores stay in the file they came in; `report` is what was read from it,
 * `sides` what was compared with what (of a protocol: names, subjects and images).
 */
export const measurements = `
CREATE TABLE measurements (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('protocol', 'scores')),
  scores_file TEXT NOT NULL,
  report TEXT NOT NULL CHECK (json_valid(report)),
  sides TEXT NOT NULL CHECK (json_valid(sides)),
  created_at INTEGER NOT NULL
) STRICT;
`;
