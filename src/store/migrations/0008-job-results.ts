/** Version 8: the figures of a job, for programs. */
export const jobResults = `
ALTER TABLE jobs ADD COLUMN result TEXT CHECK (json_valid(result));
`;
