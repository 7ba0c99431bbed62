/** Version 11: the templates that an evaluation keeps are templates too, and are sealed; those of earlier versions at the next start. */
export const sealedEvaluations = `
ALTER TABLE evaluation_templates ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1));
`;
