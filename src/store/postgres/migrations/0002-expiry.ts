/** Version 2: when a person's data have to go, readable without keys, so that it happens on time. */
export const expiry = `
ALTER TABLE likeness.subjects ADD COLUMN expires_at bigint;
CREATE INDEX subjects_by_expiry ON likeness.subjects (expires_at) WHERE expires_at IS NOT NULL;
`;
