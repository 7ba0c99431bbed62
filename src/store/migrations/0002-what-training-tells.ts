/** Version 2: norms, spread and alarms of the steps of a run, and the comparisons that cost it most. */
export const whatTrainingTells = `
ALTER TABLE run_steps ADD COLUMN mean_norm REAL;
ALTER TABLE run_steps ADD COLUMN mean_cosine REAL;
ALTER TABLE run_steps ADD COLUMN alarm TEXT;
ALTER TABLE runs ADD COLUMN costliest TEXT CHECK (json_valid(costliest));
`;
