/** Version 3: a run may learn from several datasets; its samples say from which, counted from 0. */
export const mixedRuns = `
ALTER TABLE run_samples ADD COLUMN dataset INTEGER NOT NULL DEFAULT 0;
`;
