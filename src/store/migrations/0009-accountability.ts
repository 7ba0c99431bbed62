/**
 * Version 9: what was done, provably. Audit lines carry a keyed hash over themselves and the line before; deletion receipts a signature
 * and what a scan of the files found; a subject the day on which its data are to go (its consent itself is sealed).
 */
export const accountability = `
CREATE TABLE signing_keys (
  purpose TEXT NOT NULL CHECK (purpose IN ('audit', 'receipt')),
  number INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  public BLOB,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (purpose, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_lines (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  subject_id TEXT,
  details TEXT NOT NULL CHECK (json_valid(details)),
  key INTEGER NOT NULL,
  previous BLOB NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE INDEX audit_lines_by_subject ON audit_lines (subject_id, sequence);

ALTER TABLE deletion_receipts ADD COLUMN files_scanned INTEGER;
ALTER TABLE deletion_receipts ADD COLUMN files_left INTEGER;
ALTER TABLE deletion_receipts ADD COLUMN key INTEGER;
ALTER TABLE deletion_receipts ADD COLUMN signature BLOB;

ALTER TABLE subjects ADD COLUMN expires_at INTEGER;
`;
